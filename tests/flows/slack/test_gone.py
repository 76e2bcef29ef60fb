"""Places that go away while the answer is on its way: nothing is said there, others go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.flows.slack.conftest import OVER_SOCKET, Bot
from tests.flows.slack.seen import LOGS, answer_in, asked
from tests.ui.slack.fake import Call, FakeSlack, Payload
from ui.slack.setup.manifest import scopes

pytestmark = OVER_SOCKET
_STATUS = "assistant.threads.setStatus"
_HELD_S = 1.0
_POSTING = ("chat.postMessage", "chat.startStream", "chat.update")


@pytest.fixture
def room(slack: FakeSlack, user: str) -> str:
    """A channel of this test alone."""
    return slack.channel(f"C{user[1:]}", name=f"room-{user[2:]}")


@pytest.fixture
def held(slack: FakeSlack) -> Callable[[Payload], str]:
    """Tell the bot of a question, and return its time stamp while the bot works on it."""

    def hold(*told: Payload) -> str:
        slack.trouble("delay", _STATUS, every=1, times=1, seconds=_HELD_S)
        before = len(slack.calls(_STATUS))
        slack.deliver(*told)
        slack.wait(lambda: len(slack.calls(_STATUS)) > before)
        return str(told[0].body["event"]["ts"])

    return hold


@pytest.fixture
def reinstalled(slack: FakeSlack) -> Iterator[None]:
    """Bring the app back when a test is over."""
    yield
    slack.scopes(*scopes())


def _said_in(slack: FakeSlack, channel: str) -> list[Call]:
    return [
        call
        for method in _POSTING
        for call in slack.calls(method)
        if call.arguments.get("channel") == channel
    ]


def _all_is_done(bot: Bot, slack: FakeSlack) -> None:
    """Wait until nothing is left to do, and what was in work is over too."""
    slack.wait(lambda: bot.waiting() == 0, 8)
    time.sleep(_HELD_S + 0.2)


def _others_are_answered(slack: FakeSlack, user: str) -> None:
    asked(slack, f"{user}5", LOGS)


def test_nothing_is_said_in_a_channel_that_was_archived(
    bot: Bot, slack: FakeSlack, user: str, room: str, held: Callable[..., str]
) -> None:
    held(*slack.mention(user, room, LOGS))
    slack.deliver(slack.archive(room))
    _all_is_done(bot, slack)
    assert slack.answers(room) == []
    assert len(_said_in(slack, room)) <= 1
    _others_are_answered(slack, user)


def test_a_channel_that_was_archived_unheard_is_given_up_after_one_call(
    bot: Bot, slack: FakeSlack, user: str, room: str, held: Callable[..., str]
) -> None:
    held(*slack.mention(user, room, LOGS))
    slack.archive(room)
    _all_is_done(bot, slack)
    assert [call.outcome for call in _said_in(slack, room)] == ["is_archived"]
    _others_are_answered(slack, user)


def test_what_waits_for_a_channel_that_the_bot_left_is_dropped(
    bot: Bot, slack: FakeSlack, user: str, room: str, held: Callable[..., str]
) -> None:
    first = slack.mention(user, room, LOGS)
    ts = held(*first)
    slack.deliver(*slack.mention(user, room, "Where does Intune store data?", ts))
    slack.channel(room, member=False)
    left = slack.post(room, slack.bot_user(), "left")
    left.body["event"] = {"type": "member_left_channel", "user": slack.bot_user(), "channel": room}
    slack.deliver(left)
    _all_is_done(bot, slack)
    assert all(call.outcome != "ok" for call in _said_in(slack, room))
    assert len(_said_in(slack, room)) <= 1
    _others_are_answered(slack, user)


def test_a_workspace_without_the_app_is_left_alone_and_comes_back(
    bot: Bot, slack: FakeSlack, user: str, held: Callable[..., str], reinstalled: None
) -> None:
    held(slack.dm(user, LOGS))
    slack.deliver(slack.uninstall())
    _all_is_done(bot, slack)
    assert all(call.outcome == "account_inactive" for call in _said_in(slack, f"D{user[1:]}"))
    assert len(_said_in(slack, f"D{user[1:]}")) <= 1
    slack.scopes(*scopes())
    _others_are_answered(slack, user)


@pytest.mark.parametrize("heard", [True, False])
def test_a_question_that_was_deleted_is_not_answered(
    bot: Bot, slack: FakeSlack, user: str, room: str, held: Callable[..., str], heard: bool
) -> None:
    ts = held(*slack.mention(user, room, LOGS))
    deleted = slack.delete(room, ts)
    if heard:
        slack.deliver(deleted)
    _all_is_done(bot, slack)
    assert slack.answers(room) == []
    assert len(_said_in(slack, room)) <= 1
    _others_are_answered(slack, user)


def test_a_follow_up_that_was_deleted_is_not_answered_and_the_thread_goes_on(
    bot: Bot, slack: FakeSlack, user: str, room: str, held: Callable[..., str]
) -> None:
    first = slack.mention(user, room, LOGS)
    slack.deliver(*first)
    root = str(first[0].body["event"]["ts"])
    answer_in(slack, room, root)
    ts = held(slack.post(room, user, "Where does Intune store data?", root))
    slack.deliver(slack.delete(room, ts))
    _all_is_done(bot, slack)
    assert len(slack.answers(room, root)) == 1
    slack.deliver(slack.post(room, user, "Which regions does Intune store data in?", root))
    answer_in(slack, room, root, 2)


def test_a_direct_message_that_was_deleted_leaves_no_text_that_grows(
    bot: Bot, slack: FakeSlack, user: str, held: Callable[..., str]
) -> None:
    slack.trouble("delay", "chat.startStream", every=1, times=1, seconds=_HELD_S)
    told = slack.dm(user, LOGS)
    slack.deliver(told)
    slack.wait(lambda: slack.calls("chat.startStream"))
    channel = f"D{user[1:]}"
    slack.deliver(slack.delete(channel, str(told.body["event"]["ts"])))
    _all_is_done(bot, slack)
    assert [one for one in slack.messages(channel) if one.streaming == "in_progress"] == []
    _others_are_answered(slack, user)
