"""Over HTTP, what Slack did not sign, or signed long ago, or sent before, is not acted upon."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.flows.slack.conftest import Bot, local_slack, running
from tests.flows.slack.seen import LOGS, asked, owner
from tests.ui.slack.fake import FakeSlack, Retry, Signature
from tests.ui.slack.fake.payloads import challenge

_FORGED = {
    "no signature": Signature(present=False),
    "another secret": Signature(secret="not-the-secret"),
    "nothing": Signature(forged="v0="),
    "no hexadecimal": Signature(forged="v0=" + "ü" * 64),
    "another scheme": Signature(forged="v9=" + "0" * 64),
    "over five minutes old": Signature(age_s=301),
    "over five minutes ahead": Signature(age_s=-330),
    "a time that is no number": Signature(stamp="now"),
    "no time": Signature(stamp="0"),
    "a time beyond all": Signature(stamp="9" * 400),
}
_MALFORMED = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[1, 2]",
    "a number": "7",
    "null": "null",
    "an event without an event": '{"type": "event_callback", "team_id": "T0FAKE"}',
    "deep": "[" * 100_000,
    "a form in JSON": "payload=%7B%22type%22%3A%22block_actions%22%7D",
}


@pytest.fixture(scope="module")
def started(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot over HTTP."""
    fake = local_slack()
    folder = tmp_path_factory.mktemp("forged")
    with running(untouched_home, folder, fake, "--http", "--port", "0") as bot:
        yield bot
    fake.stop()


@pytest.fixture
def bot(started: Bot) -> Iterator[Bot]:
    """The bot; whatever it is sent, it lives and nothing of it failed."""
    started.fake.forget()
    yield started
    assert httpx.get(f"{_base(started)}/healthz", trust_env=False).text == "ok"
    assert started.fake.faults == []


@pytest.fixture
def slack(bot: Bot) -> FakeSlack:
    return bot.fake


def _base(bot: Bot) -> str:
    return bot.fake.bot_url.removesuffix("/slack/events")


def _nothing_is_done(bot: Bot, user: str) -> None:
    # What is to be done is stored before the reply.
    assert bot.waiting() == 0
    assert bot.fake.answers(f"D{user[1:]}") == []
    assert bot.fake.calls("chat.postMessage") == bot.fake.calls("chat.startStream") == []


@pytest.mark.parametrize("signature", _FORGED.values(), ids=_FORGED)
def test_what_is_not_well_signed_is_refused(
    bot: Bot, slack: FakeSlack, user: str, signature: Signature
) -> None:
    refused = slack.push(slack.dm(user, LOGS), signature=signature)
    assert refused.status == 401
    assert LOGS not in refused.body
    _nothing_is_done(bot, user)


@pytest.mark.parametrize("body", _MALFORMED.values(), ids=_MALFORMED)
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_what_is_malformed_is_neither_acted_upon_nor_a_failure(
    bot: Bot, slack: FakeSlack, user: str, body: str, kind: str
) -> None:
    assert slack.post_raw(body, kind, Signature(present=False)).status == 401
    assert slack.post_raw(body, kind).status in (200, 400, 404)
    assert slack.calls() == []


def test_bytes_that_are_no_text_are_refused(bot: Bot, slack: FakeSlack) -> None:
    headers = {
        "X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": "v0=00",
        "Content-Type": "application/json",
    }  # fmt: skip
    replied = httpx.post(slack.bot_url, content=b"\xff\xfe", headers=headers, trust_env=False)
    assert replied.status_code == 401


def test_a_request_that_is_sent_again_as_it_was_is_answered_once(
    bot: Bot, slack: FakeSlack, user: str
) -> None:
    told = slack.dm(user, LOGS)
    signature = Signature(stamp=str(int(time.time())))
    sent = [slack.push(told, signature=signature).status for _ in range(3)]
    sent.append(slack.push(told, retry=Retry(1, "http_timeout")).status)
    channel = f"D{user[1:]}"
    slack.wait(lambda: slack.answers(channel))
    sent.append(slack.push(told, signature=signature).status)
    slack.settle()
    assert sent == [200] * 5
    assert len(slack.answers(channel)) == 1


def test_a_press_that_is_sent_again_as_it_was_is_counted_once(
    bot: Bot, slack: FakeSlack, user: str
) -> None:
    from assistant.history.store import Kept

    channel, _, answer = asked(slack, user)
    press = slack.press(user, channel, answer.ts, "choose")
    signature = Signature(stamp=str(int(time.time())))
    for _ in range(3):
        assert slack.push(press, signature=signature).status == 200
    slack.wait(lambda: len(slack.answers(channel)) == 2)
    slack.settle()
    threads = Kept(bot.home).threads
    (mine,) = threads.conversations(owner(slack, user))
    assert (len(slack.answers(channel)), mine.turns) == (2, 2)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
def test_other_methods_are_not_allowed(bot: Bot, method: str) -> None:
    assert httpx.request(method, bot.fake.bot_url, trust_env=False).status_code == 405


@pytest.mark.parametrize("path", ["/", "/slack/install", "/slack/oauth_redirect", "/docs"])
def test_there_is_nothing_else(bot: Bot, path: str) -> None:
    assert httpx.get(f"{_base(bot)}{path}", trust_env=False).status_code == 404


def test_more_than_slack_sends_is_not_read(bot: Bot, slack: FakeSlack, user: str) -> None:
    large = json.dumps({"type": "event_callback", "x": "x" * 2**20})
    assert slack.post_raw(large).status == 413
    endless = httpx.post(
        slack.bot_url, content=(b"x" * 65_536 for _ in range(64)), trust_env=False, timeout=20
    )
    assert endless.status_code == 413
    _nothing_is_done(bot, user)


def test_the_address_is_confirmed_to_slack_alone(bot: Bot, slack: FakeSlack) -> None:
    confirmed = slack.push(challenge("word-of-the-day"))
    refused = slack.push(challenge("word-of-the-day"), signature=Signature(present=False))
    assert (confirmed.status, refused.status) == (200, 401)
    assert "word-of-the-day" in confirmed.body
    assert "word-of-the-day" not in refused.body
