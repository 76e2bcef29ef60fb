"""Limits, failures and delays on either side: nothing is lost, and nothing is said twice."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.flows.slack.conftest import OVER_SOCKET, Bot, local_slack, running
from tests.flows.slack.seen import LOGS, answer_in, asked, stays_silent, texts
from tests.ui.slack.fake import FakeSlack
from ui.slack.inbox.types import FILE

_EACH = 2
_BOTH = 3
_ON_ITS_WAY_S = 0.3


@pytest.fixture(scope="module")
def limited(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot that answers little a minute, and that nobody helps."""
    fake = local_slack()
    limits = {
        "RESIDENCY_SLACK_QUESTIONS_PER_MINUTE": str(_EACH),
        "RESIDENCY_SLACK_CHANNEL_QUESTIONS_PER_MINUTE": str(_BOTH),
        "RESIDENCY_SLACK_PERSON_CHANNEL": "",
    }
    with running(untouched_home, tmp_path_factory.mktemp("limited"), fake, **limits) as bot:
        yield bot
        assert bot.traces() == []
        assert fake.faults == []
    fake.stop()


def test_one_who_asks_too_much_waits_and_nobody_else_does(limited: Bot, user: str) -> None:
    slack = limited.fake
    channel = f"D{user[1:]}"
    for _ in range(_EACH + 1):
        slack.deliver(slack.dm(user, LOGS))
    slack.wait(lambda: len(slack.answers(channel)) == _EACH)
    asked(slack, f"{user}3")
    slack.wait(lambda: limited.waiting() == 1)
    assert len(slack.answers(channel)) == _EACH
    slack.wait(lambda: len(slack.answers(channel)) == _EACH + 1, 60 / _EACH + 5)


def test_a_channel_in_which_too_much_is_asked_waits_and_no_other_does(
    limited: Bot, user: str
) -> None:
    slack = limited.fake
    room = slack.channel(f"C{user[1:]}", name="busy")
    for number in range(_BOTH + 1):
        slack.deliver(*slack.mention(f"{user}{number}", room, LOGS))
    slack.wait(lambda: len(slack.answers(room)) == _BOTH)
    other = slack.channel(f"C{user[1:]}1", name="calm")
    both = slack.mention(f"{user}{_BOTH}", other, LOGS)
    slack.deliver(*both)
    answer_in(slack, other, both[0].body["event"]["ts"])
    slack.wait(lambda: limited.waiting() == 1)
    assert len(slack.answers(room)) == _BOTH
    slack.wait(lambda: len(slack.answers(room)) == _BOTH + 1, 60 / _BOTH + 5)


def test_one_who_waited_for_long_is_told_when_to_ask_again(limited: Bot, user: str) -> None:
    slack = limited.fake
    channel = f"D{user[1:]}"
    for _ in range(_EACH + 1):
        slack.deliver(slack.dm(user, LOGS))
    slack.wait(lambda: len(slack.answers(channel)) == _EACH)
    slack.wait(lambda: limited.waiting() == 1)
    with closing(sqlite3.connect(limited.home / FILE)) as connection, connection:
        connection.execute("UPDATE arrivals SET came = came - 119, due = 0 WHERE NOT working")
    slack.wait(lambda: len(slack.answers(channel)) == _EACH + 1)
    (told,) = [one for one in slack.answers(channel) if "[1]" not in texts(one)]
    assert "Ask again in" in texts(told)


def test_without_anybody_who_helps_nobody_is_offered(limited: Bot, user: str) -> None:
    slack = limited.fake
    channel, _, answer = asked(slack, user)
    slack.press(user, channel, answer.ts, "feedback")
    with pytest.raises(LookupError):
        slack.press(user, channel, answer.ts, "person")


@OVER_SOCKET
def test_slack_s_own_limits_are_kept_to(slack: FakeSlack, user: str) -> None:
    slack.trouble("ratelimited", "chat.*", "respond", every=2, times=6, retry_after="2")
    both = [slack.mention(user, "C0ROOM", LOGS) for _ in range(4)]
    told = [slack.dm(user, LOGS) for _ in range(2)]
    slack.deliver(*[one for pair in both for one in pair], *told)
    slack.deliver(slack.command(user, "C0ROOM", LOGS))
    for mention, _ in both:
        answer_in(slack, "C0ROOM", mention.body["event"]["ts"])
    for one in told:
        answer_in(slack, f"D{user[1:]}", one.body["event"]["ts"])
    slack.wait(lambda: slack.ephemerals(user))
    slack.settle()
    limited = [call for call in slack.calls() if call.outcome == "ratelimited"]
    assert len(limited) == 6
    for early in (call for call in slack.calls() if call.early):
        # It was on its way when another was turned away.
        assert min(abs(early.at - call.at) for call in limited) < _ON_ITS_WAY_S
    assert len(slack.ephemerals(user)) == 1
    assert set(_parts(slack, [*[pair[0] for pair in both], *told]).values()) == {1}


def _parts(slack: FakeSlack, told: list[object]) -> Counter[tuple[str, int]]:
    """Return how often each part of the answers to some messages stands there."""
    stamps = [str(one.body["event"]["ts"]) for one in told]  # type: ignore[attr-defined]
    return Counter(
        {part: many for part, many in slack.parts().items() if part[0].endswith(tuple(stamps))}
    )


@OVER_SOCKET
def test_replies_that_are_lost_and_failures_lead_to_no_second_message(
    slack: FakeSlack, user: str
) -> None:
    slack.trouble("dropped", "chat.postMessage", every=2, times=2)
    slack.trouble("500", "chat.postMessage", every=3, times=2)
    slack.trouble("dropped", "chat.startStream", every=1, times=1)
    slack.trouble("dropped", "chat.stopStream", every=1, times=1)
    slack.trouble("500", "chat.stopStream", every=2, times=1)
    channel = f"D{user[1:]}"
    both = [slack.mention(user, "C0ROOM", LOGS) for _ in range(4)]
    told = [slack.dm(user, LOGS) for _ in range(3)]
    slack.deliver(*[one for pair in both for one in pair], *told)
    for mention, _ in both:
        answer_in(slack, "C0ROOM", mention.body["event"]["ts"])
    for one in told:
        answer_in(slack, channel, one.body["event"]["ts"])
    slack.settle()
    parts = _parts(slack, [*[pair[0] for pair in both], *told])
    assert len({key for key, _ in parts}) == 7
    assert set(parts.values()) == {1}
    assert len([one for one in slack.messages(channel) if one.own]) == 3


@OVER_SOCKET
def test_a_slow_slack_delays_no_acknowledgement(bot: Bot, slack: FakeSlack, user: str) -> None:
    slack.trouble("delay", "*", every=1, seconds=4)
    delivered = [slack.deliver(slack.dm(f"{user}{number}", LOGS)) for number in range(8)]
    assert max(one.seconds for one in delivered) < 3
    slack.calm()
    for number in range(8):
        slack.wait(lambda channel=f"D{user[1:]}{number}": slack.answers(channel), 40)  # type: ignore[misc]


@OVER_SOCKET
@pytest.mark.parametrize("ended", ["refresh", "cut"])
def test_a_lost_connection_is_made_anew_and_nothing_is_lost(
    slack: FakeSlack, user: str, ended: str
) -> None:
    opened = slack.state()["opened"]
    if ended == "refresh":
        slack.refresh(close_after_s=0.2)
    else:
        slack.cut()
    told = slack.dm(user, LOGS)
    slack.send(told)
    answer_in(slack, f"D{user[1:]}", str(told.body["event"]["ts"]))
    state = slack.state()
    assert state["opened"] > opened
    assert state["unacknowledged"] == 0
    stays_silent(slack, f"D{user[1:]}", 1)
