"""What is pressed and submitted: passages, feedback, persons, choices."""

from __future__ import annotations

import pytest

from assistant.history.feedback import Feedback, Rating
from assistant.history.store import Kept
from tests.flows.slack.conftest import PERSONS, Bot
from tests.flows.slack.seen import (
    LOGS,
    SENTENCE,
    answer_in,
    asked,
    owner,
    read,
    stays_silent,
    texts,
)
from tests.ui.slack.fake import FakeSlack, Retry
from tests.ui.slack.fake.world import Json

_TRIGGER_S = 3.0


def _feedback(bot: Bot, slack: FakeSlack, user: str) -> list[Feedback]:
    return [one for one in Kept(bot.home).feedback.every() if one.owner == owner(slack, user)]


def _view(slack: FakeSlack, seen: int) -> Json:
    """Wait for a view beyond those that were seen; return it."""
    return slack.wait(lambda: slack.views()[seen:], _TRIGGER_S)[-1]


def _marked(view: Json) -> list[Json]:
    """Return the pieces of text that stand in a quote of a view."""
    return [
        piece
        for block in view["blocks"]
        for element in block.get("elements", [])
        if element.get("type") == "rich_text_quote"
        for piece in element["elements"]
    ]


def _quotes(bot: Bot, slack: FakeSlack, user: str) -> list[str]:
    """Return what the one answer that a user has is recorded to cite."""
    threads = Kept(bot.home).threads
    (mine,) = threads.conversations(owner(slack, user))
    (said,) = threads.messages(owner(slack, user), mine.thread)
    assert said.answer is not None
    return [one.quote for one in said.answer.citations]


def test_a_passage_is_shown_marked_while_the_press_is_fresh(
    bot: Bot, slack: FakeSlack, user: str
) -> None:
    channel, _, answer = asked(slack, user)
    seen = len(slack.views())
    delivered = slack.deliver(slack.press(user, channel, answer.ts, "passage"))
    view = _view(slack, seen)
    shown = "\n".join(read(view["blocks"]))
    assert delivered.seconds < _TRIGGER_S
    (quote,) = _quotes(bot, slack, user)
    assert SENTENCE in quote
    assert "".join(piece["text"] for piece in _marked(view)) == quote
    assert all(piece["style"]["bold"] for piece in _marked(view))
    assert "2025-06-25" in shown
    assert "https://github.com/MicrosoftDocs" in shown
    assert len(shown) > 10 * len(SENTENCE)


def test_somebody_else_sees_a_passage_of_a_channel_too(slack: FakeSlack, user: str) -> None:
    both = slack.mention(user, "C0ROOM", LOGS)
    slack.deliver(*both)
    answer = answer_in(slack, "C0ROOM", both[0].body["event"]["ts"])
    seen = len(slack.views())
    slack.deliver(slack.press(f"{user}7", "C0ROOM", answer.ts, "passage"))
    assert SENTENCE in "\n".join(read(_view(slack, seen)["blocks"]))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ('["no-such-document",0,9]', "not in the index any more"),
        ('["intune",99999998,99999999]', "no longer has the passage"),
    ],
)
def test_a_passage_that_is_gone_is_told_to_be(
    slack: FakeSlack, user: str, value: str, told: str
) -> None:
    channel, _, answer = asked(slack, user)
    press = slack.press(user, channel, answer.ts, "passage")
    press.body["actions"][0]["value"] = value
    seen = len(slack.views())
    slack.deliver(press)
    assert told in "\n".join(read(_view(slack, seen)["blocks"]))


def test_feedback_is_kept_where_that_of_the_web_page_is(
    bot: Bot, slack: FakeSlack, user: str
) -> None:
    channel, _, answer = asked(slack, user)
    slack.deliver(slack.press(user, channel, answer.ts, "feedback", "up"))
    (up,) = slack.wait(lambda: _feedback(bot, slack, user))
    assert up.rating is Rating.UP
    assert Kept(bot.home).records.get(up.answer, up.owner).question == LOGS
    seen = len(slack.views())
    slack.deliver(slack.press(user, channel, answer.ts, "feedback", "down"))
    slack.wait(lambda: _feedback(bot, slack, user)[0].rating is Rating.DOWN)
    slack.deliver(
        slack.submit(user, _view(slack, seen), reason="Too short.", correction="Two years.")
    )
    slack.wait(lambda: _feedback(bot, slack, user)[0].reason)
    (down,) = _feedback(bot, slack, user)
    assert (down.answer, down.rating) == (up.answer, Rating.DOWN)
    assert (down.reason, down.correction) == ("Too short.", "Two years.")


def test_a_press_of_somebody_else_changes_no_feedback(
    bot: Bot, slack: FakeSlack, user: str
) -> None:
    both = slack.mention(user, "C0ROOM", LOGS)
    slack.deliver(*both)
    answer = answer_in(slack, "C0ROOM", both[0].body["event"]["ts"])
    slack.deliver(slack.press(user, "C0ROOM", answer.ts, "feedback", "up"))
    (mine,) = slack.wait(lambda: _feedback(bot, slack, user))
    other = f"{user}6"
    seen = len(slack.views())
    slack.deliver(slack.press(other, "C0ROOM", answer.ts, "feedback", "down"))
    view = _view(slack, seen)
    slack.deliver(slack.submit(other, view, reason="No.", correction="No."))
    slack.settle()
    assert _feedback(bot, slack, user) == [mine]
    assert _feedback(bot, slack, other) == []


def test_a_person_is_asked_once_with_all_that_was_said(slack: FakeSlack, user: str) -> None:
    channel, thread, answer = asked(slack, user)
    before = len(slack.answers(PERSONS))
    press = slack.press(user, channel, answer.ts, "person")
    slack.deliver(press)
    confirmed = answer_in(slack, channel, thread, 2)
    slack.deliver(press, retry=Retry())
    slack.deliver(slack.press(user, channel, answer.ts, "person"))
    slack.settle()
    (handed,) = slack.answers(PERSONS)[before:]
    assert "passed on" in texts(confirmed)
    assert len(slack.answers(channel, thread)) == 2
    assert user in str(handed.blocks)
    for said in (LOGS, "up to one year", SENTENCE, "2025-06-25"):
        assert said in texts(handed)
    assert f"/archives/{channel}/p{thread.replace('.', '')}" in texts(handed)
    shown = slack.press(user, PERSONS, handed.ts, "passage")
    seen = len(slack.views())
    slack.deliver(shown)
    assert SENTENCE in "\n".join(read(_view(slack, seen)["blocks"]))


def test_a_person_is_asked_about_what_one_user_alone_saw(slack: FakeSlack, user: str) -> None:
    before = len(slack.answers(PERSONS))
    slack.deliver(slack.command(user, "C0ROOM", LOGS))
    (shown,) = slack.wait(lambda: slack.ephemerals(user))
    room = len(slack.answers("C0ROOM"))
    slack.deliver(slack.press(user, "C0ROOM", shown.ts, "person"))
    slack.wait(lambda: len(slack.ephemerals(user)) > 1)
    assert "passed on" in slack.ephemerals(user)[-1].text
    stays_silent(slack, "C0ROOM", room)
    (handed,) = slack.answers(PERSONS)[before:]
    assert SENTENCE in texts(handed)


def test_who_cannot_be_passed_on_is_told(slack: FakeSlack, user: str) -> None:
    channel, thread, answer = asked(slack, user)
    slack.channel(PERSONS, archived=True)
    slack.deliver(slack.press(user, channel, answer.ts, "person"))
    assert "not passed on" in texts(answer_in(slack, channel, thread, 2))
    slack.channel(PERSONS, archived=False)


def test_what_is_suggested_is_asked_in_the_same_thread(slack: FakeSlack, user: str) -> None:
    channel, thread, answer = asked(slack, user)
    press = slack.press(user, channel, answer.ts, "choose")
    slack.deliver(press)
    slack.deliver(press, retry=Retry())
    follows = answer_in(slack, channel, thread, 2)
    assert follows.thread == thread
    stays_silent(slack, channel, 2)


def test_a_choice_that_one_user_alone_saw_is_answered_to_them(slack: FakeSlack, user: str) -> None:
    slack.deliver(slack.command(user, "C0ROOM", "Where is my data?"))
    (shown,) = slack.wait(lambda: slack.ephemerals(user))
    room = len(slack.answers("C0ROOM"))
    slack.deliver(slack.press(user, "C0ROOM", shown.ts, "choose"))
    slack.wait(lambda: len(slack.ephemerals(user)) > 1)
    assert "[1]" in str(slack.ephemerals(user)[-1])
    stays_silent(slack, "C0ROOM", room)
