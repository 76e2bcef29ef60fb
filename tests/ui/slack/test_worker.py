"""What is answered when calls of Slack fail, in whatever order: once, and never not at all."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pydantic import SecretStr

from assistant.app import Assistant
from assistant.settings import Settings
from tests.ui.slack.fake import FakeSlack, Payload
from ui.slack.core import Core
from ui.slack.inbox.event_store import Inbox
from ui.slack.incoming.understood import understood
from ui.slack.outgoing.posting import Slack, Target, TryAgain, web_client
from ui.slack.types import Message, Ours
from ui.slack.worker import Workers

LOGS = "How long are Intune audit logs kept?"
_SOON_S = 30.0


def _slack(url: str, fake: FakeSlack, kind: type[Slack] = Slack) -> Slack:
    token = SecretStr(fake.bot_token)
    settings = Settings(slack_api_url=f"{url}/api/", slack_bot_token=token)
    return kind(web_client(settings), fake.bot_user())


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    """A Slack at which the bot did nothing wrong in the end."""
    with FakeSlack() as slack:
        yield slack
        assert slack.faults == []


@contextmanager
def _working(core: Core, slack: Slack, path: Path) -> Iterator[Inbox]:
    inbox = Inbox(path / "slack.sqlite")
    with Workers(core, slack, inbox).running():
        yield inbox
    inbox.close()


def _put(inbox: Inbox, fake: FakeSlack, told: Payload) -> str:
    arrival = understood(told.body, Ours(fake.bot_user())).arrival
    assert arrival
    assert inbox.put(arrival)
    return arrival.key


def _done(inbox: Inbox) -> None:
    end = time.monotonic() + _SOON_S
    while inbox.waiting():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("after", ["conversations.replies", "chat.stopStream", "chat.update"])
@pytest.mark.parametrize("lost", ["chat.startStream", "chat.stopStream"])
def test_a_limit_after_a_lost_reply_makes_no_second_answer(
    assistant: Assistant, fake: FakeSlack, tmp_path: Path, lost: str, after: str
) -> None:
    fake.trouble("dropped", lost, every=1, times=1)
    with _working(Core(assistant), _slack(fake.url, fake), tmp_path) as inbox:
        told = fake.dm("U0ANN", LOGS)
        key = _put(inbox, fake, told)
        fake.wait(lambda: fake.state()["struck"][0][1])
        fake.trouble("ratelimited", after, every=1, times=1)
        _done(inbox)
    assert fake.parts() == {(key, 1): 1}
    assert len([one for one in fake.messages("D0ANN") if one.own]) == 1


def test_nothing_is_posted_before_the_time_that_slack_named(fake: FakeSlack) -> None:
    slack, told = _slack(fake.url, fake), fake.post("C0ROOM", "U0ANN", "Hello.")
    target = Target("C0ROOM", told.body["event"]["ts"])
    fake.trouble("ratelimited", "chat.postMessage", every=1, times=1)
    for key in ("a", "b"):
        with pytest.raises(TryAgain) as turned_away:
            slack.post(target, Message("Hello."), key, 1, 1)
        assert turned_away.value.certain
        assert 0 < turned_away.value.seconds <= 1
    assert len(fake.calls("chat.postMessage")) == 1
    time.sleep(turned_away.value.seconds)
    slack.post(target, Message("Hello."), "b", 1, 1)
    assert [one.key for one in fake.answers("C0ROOM")] == ["b"]


def test_a_page_in_place_of_a_reply_is_no_reason_to_give_up(fake: FakeSlack) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>Sign in to the network</html>")

        def log_message(self, *told: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Page) as proxy:
        Thread(target=proxy.handle_request, daemon=True).start()
        slack = _slack(f"http://127.0.0.1:{proxy.server_port}", fake)
        with pytest.raises(TryAgain) as failed:
            slack.post(Target("C0ROOM"), Message("Hello."), "a", 1, 1)
    assert not failed.value.certain


class _Broken(Slack):
    """Fails as nobody expects, whatever is posted in one place."""

    def post(self, target: Target, message: Message, key: str, part: int, parts: int) -> str:
        if target.channel == "C0BROKEN":
            raise RuntimeError("nobody expects this")
        return super().post(target, message, key, part, parts)


def test_failures_that_nobody_expects_stop_nothing_else(
    assistant: Assistant, fake: FakeSlack, tmp_path: Path
) -> None:
    slack = _slack(fake.url, fake, _Broken)
    with _working(Core(assistant), slack, tmp_path) as inbox:
        for number in range(8):
            _put(inbox, fake, fake.mention(f"U{number}", "C0BROKEN", LOGS)[0])
        key = _put(inbox, fake, fake.mention("U0ANN", "C0ROOM", LOGS)[0])
        _done(inbox)
    assert fake.parts() == {(key, 1): 1}
