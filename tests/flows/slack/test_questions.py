"""Questions by every way, and what is no question."""

from __future__ import annotations

import pytest

from tests.flows.slack.conftest import Bot
from tests.flows.slack.seen import LOGS, answer_in, owner, stays_silent, texts
from tests.ui.slack.fake import FakeSlack


def test_a_direct_message_is_answered_in_its_thread(slack: FakeSlack, user: str) -> None:
    told = slack.dm(user, LOGS)
    delivered = slack.deliver(told)
    ts = told.body["event"]["ts"]
    answer = answer_in(slack, f"D{user[1:]}", ts)
    shown = texts(answer)
    assert delivered.status == 200
    assert delivered.seconds < 3
    assert "up to one year" in shown
    assert "Audit logs are retained for up to one year for security purposes." in shown
    assert "Data storage and processing in Intune" in shown
    assert "2025-06-25" in shown
    assert "https://github.com/MicrosoftDocs" in shown
    assert answer.thread == ts
    assert answer.streaming == "completed"
    assert [one for one in slack.threads() if one["status"]] or slack.calls(
        "assistant.threads.setStatus"
    )


def test_a_mention_is_answered_once_in_the_thread(slack: FakeSlack, user: str) -> None:
    both = slack.mention(user, "C0ROOM", LOGS)
    slack.deliver(*both)
    ts = both[0].body["event"]["ts"]
    answer = answer_in(slack, "C0ROOM", ts)
    assert "up to one year" in texts(answer)
    assert answer.thread == ts
    slack.settle()
    assert len(slack.answers("C0ROOM", ts)) == 1


def test_a_follow_up_leans_on_the_thread(slack: FakeSlack, user: str) -> None:
    both = slack.mention(user, "C0ROOM", "Are public folders supported in Multi-Geo?")
    slack.deliver(*both)
    ts = both[0].body["event"]["ts"]
    answer_in(slack, "C0ROOM", ts)
    slack.deliver(slack.post("C0ROOM", user, "and can they be moved to satellite locations?", ts))
    assert "satellite" in texts(answer_in(slack, "C0ROOM", ts, 2))


def test_somebody_else_in_the_thread_is_answered_when_asking(slack: FakeSlack, user: str) -> None:
    both = slack.mention(user, "C0ROOM", LOGS)
    slack.deliver(*both)
    ts = both[0].body["event"]["ts"]
    answer_in(slack, "C0ROOM", ts)
    other = f"{user}9"
    slack.deliver(slack.post("C0ROOM", other, "Good to know.", ts))
    slack.deliver(slack.post("C0ROOM", user, "thanks!", ts))
    slack.settle()
    assert len(slack.answers("C0ROOM", ts)) == 1
    slack.deliver(slack.post("C0ROOM", other, "Which regions does Intune store data in?", ts))
    assert "Intune" in texts(answer_in(slack, "C0ROOM", ts, 2))


def test_what_others_say_to_each_other_is_not_answered(slack: FakeSlack, user: str) -> None:
    before = len(slack.answers("C0ROOM"))
    first = slack.post("C0ROOM", user, LOGS)
    slack.deliver(first)
    slack.deliver(slack.post("C0ROOM", user, LOGS, first.body["event"]["ts"]))
    stays_silent(slack, "C0ROOM", before)


def test_bots_edits_and_the_bot_itself_are_not_answered(slack: FakeSlack, user: str) -> None:
    both = slack.mention(user, "C0ROOM", LOGS)
    slack.deliver(*both)
    ts = both[0].body["event"]["ts"]
    answer = answer_in(slack, "C0ROOM", ts)
    before = len(slack.answers("C0ROOM"))
    spoken = f"<@{slack.bot_user()}> {LOGS}"
    slack.deliver(slack.other_bot("C0ROOM", spoken))
    slack.deliver(slack.other_bot("C0ROOM", spoken, classic=True))
    slack.deliver(slack.own("C0ROOM", answer.ts))
    slack.deliver(slack.edit("C0ROOM", ts, spoken + " exactly"))
    stays_silent(slack, "C0ROOM", before)


def test_a_mention_without_words_is_told_what_can_be_asked(slack: FakeSlack, user: str) -> None:
    both = slack.mention(user, "C0ROOM", "")
    slack.deliver(*both)
    ts = both[0].body["event"]["ts"]
    helped = answer_in(slack, "C0ROOM", ts)
    slack.deliver(slack.press(user, "C0ROOM", helped.ts, "choose"))
    assert "[1]" in texts(answer_in(slack, "C0ROOM", ts, 2))


@pytest.mark.parametrize("pointing", ["can you answer that?", ""])
def test_a_question_of_the_thread_is_answered_when_somebody_points_at_it(
    slack: FakeSlack, user: str, pointing: str
) -> None:
    first = slack.post("C0ROOM", "U0COLLEAGUE", LOGS)
    ts = first.body["event"]["ts"]
    slack.deliver(slack.post("C0ROOM", "U0COLLEAGUE", "It is urgent.", ts))
    slack.deliver(*slack.mention(user, "C0ROOM", pointing, ts))
    shown = texts(answer_in(slack, "C0ROOM", ts))
    assert f"To “{LOGS}”" in shown
    assert "up to one year" in shown


def test_who_points_at_nothing_is_asked_which_question(slack: FakeSlack, user: str) -> None:
    both = slack.mention(user, "C0ROOM", "can you answer that?")
    slack.deliver(*both)
    ts = both[0].body["event"]["ts"]
    assert "Which question?" in texts(answer_in(slack, "C0ROOM", ts))


def test_a_file_without_words_is_told_what_can_be_asked(slack: FakeSlack, user: str) -> None:
    told = slack.file(f"D{user[1:]}", user, "")
    slack.deliver(told)
    answer_in(slack, f"D{user[1:]}", told.body["event"]["ts"])


def test_what_the_documents_do_not_say_looks_different(slack: FakeSlack, user: str) -> None:
    told = slack.dm(user, "Where does Slack keep its emoji?")
    slack.deliver(told)
    answer = answer_in(slack, f"D{user[1:]}", told.body["event"]["ts"])
    first = answer.blocks[0]
    assert first["type"] == "header"
    assert first["text"]["text"] == "The documents do not say"


def test_an_open_question_is_asked_back_with_buttons(slack: FakeSlack, user: str) -> None:
    told = slack.dm(user, "Where is my data?")
    slack.deliver(told)
    channel, ts = f"D{user[1:]}", told.body["event"]["ts"]
    asked_back = answer_in(slack, channel, ts)
    assert asked_back.blocks[0]["text"]["text"] == "Which do you mean?"
    slack.deliver(slack.press(user, channel, asked_back.ts, "choose"))
    assert "[1]" in texts(answer_in(slack, channel, ts, 2))


def test_a_command_is_answered_to_its_asker_alone(slack: FakeSlack, user: str) -> None:
    before = len(slack.answers("C0ROOM"))
    slack.deliver(slack.command(user, "C0ROOM", LOGS))
    shown = slack.wait(lambda: slack.ephemerals(user))
    assert any("one year" in str(one) for one in shown)
    assert len(slack.answers("C0ROOM")) == before


def test_a_claim_of_a_message_is_checked_for_one_alone(slack: FakeSlack, user: str) -> None:
    claim = slack.post("C0ROOM", "U0COLLEAGUE", "Public folders are supported in Multi-Geo.")
    ts = claim.body["event"]["ts"]
    slack.deliver(slack.shortcut(user, "C0ROOM", ts))
    shown = slack.wait(lambda: slack.ephemerals(user))
    assert any("Yes" in str(one) and "public folders" in str(one) for one in shown)


def test_who_opens_the_messages_is_offered_questions(slack: FakeSlack, user: str) -> None:
    slack.deliver(slack.opened(user, "home"), slack.opened(user))
    offered = slack.wait(slack.prompts)
    assert len(offered[-1]["prompts"]) == 4
    (call,) = slack.calls("assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in call.arguments


def test_a_message_of_forty_thousand_characters_is_told_its_limit(
    slack: FakeSlack, user: str
) -> None:
    told = slack.dm(user, "where " * 6_666)
    slack.deliver(told)
    answer = answer_in(slack, f"D{user[1:]}", told.body["event"]["ts"])
    assert "20,000 are read" in texts(answer)


@pytest.mark.parametrize(
    "text",
    [
        "&lt;!channel&gt; where is Intune data &lt;https://evil.example|https://good.example&gt;?",
        "*bold* _it_ ~no~ `code` &lt;@U0VICTIM&gt; where is Intune data?",
        "Where is Intune data 🧭 :tada: \u202egnihton?",
        "<!channel> <@U0VICTIM> where is <https://evil.example|https://good.example> Intune data?",
    ],
)
def test_markup_in_a_question_reaches_nobody(slack: FakeSlack, user: str, text: str) -> None:
    told = slack.dm(user, text)
    slack.deliver(told)
    answer_in(slack, f"D{user[1:]}", told.body["event"]["ts"])


def test_two_users_and_two_threads_are_kept_apart(bot: Bot, slack: FakeSlack, user: str) -> None:
    from assistant.history.store import Kept

    other = f"{user}8"
    first = slack.dm(user, LOGS)
    second = slack.dm(other, "Which regions does Intune store data in?")
    slack.deliver(first, second)
    for told, one in ((first, user), (second, other)):
        answer_in(slack, f"D{one[1:]}", told.body["event"]["ts"])
    threads = Kept(bot.home).threads
    for one, expected in ((user, LOGS), (other, "Which regions does Intune store data in?")):
        (mine,) = threads.conversations(owner(slack, one))
        assert [said.question for said in threads.messages(owner(slack, one), mine.thread)] == [
            expected
        ]
