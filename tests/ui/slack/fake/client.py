"""The fake Slack as tests hold it: in a thread, or in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.paths import ROOT
from tests.ui.slack.fake.payloads import Payload
from tests.ui.slack.fake.server import Server
from tests.ui.slack.fake.socket_mode import Envelope
from tests.ui.slack.fake.users import Users
from tests.ui.slack.fake.wire import SIGNING_SECRET, Delivered, Retry, Signature, Wire
from tests.ui.slack.fake.world import APP_TOKEN, BOT_TOKEN, SCOPES, TEAM, Call, Json, Shown

_WAIT_S = 90.0
_PAUSE_S = 0.02
_WELL_SIGNED = Signature()
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Message:
    """A message in a channel of the fake."""

    ts: str
    team: str
    channel: str
    user: str
    text: str
    thread: str
    own: bool
    """Whether the bot under test wrote it."""
    blocks: list[Json]
    metadata: Json | None
    streaming: str
    more: Json

    @property
    def key(self) -> str:
        """What the bot says it answers; empty where it does not say."""
        return str(((self.metadata or {}).get("event_payload") or {}).get("key", ""))


class FakeSlack(Users):
    """A Slack on a port of this machine, its users, and what a bot did there."""

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET
    team = TEAM

    def __init__(self, url: str = "", port: int = 0, apart: bool = False) -> None:
        """Start one in a thread, or in a process with `apart`; with a url, use the one there."""
        self._server: Server | None = None
        self._process: subprocess.Popen[str] | None = None
        self.bot_url = ""
        """Where pushes go; while it is empty `deliver` uses Socket Mode."""
        self.unfinished: Callable[[], int] = lambda: 0
        """How much the bot was told and has not done, where it can be asked."""
        if not url and apart:
            self._process = _process(port)
            url = _first_line(self._process)
        elif not url:
            self._server = Server(port)
            url = self._server.url
        self.url = url
        super().__init__(Wire(url))

    @property
    def api_url(self) -> str:
        """The base address for a WebClient."""
        return f"{self.url}/api/"

    def start(self) -> Self:
        """Take requests."""
        if self._server:
            self._server.start()
        return self

    def stop(self) -> None:
        """End the server, where it was started here."""
        self._wire.close()
        if self._server:
            self._server.stop()
        if self._process:
            self._process.terminate()
            self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    # What a bot did.

    def calls(self, method: str = "") -> list[Call]:
        """Return the calls of the Web API, in order of arrival."""
        return [Call(**one) for one in self._wire.look("calls", method=method)]

    @property
    def faults(self) -> list[str]:
        """What the bot should never have done."""
        return [str(one) for one in self._wire.look("faults")]

    def messages(self, channel: str = "", thread: str = "", team: str = "") -> list[Message]:
        """Return messages by anybody, oldest first."""
        asked = {"channel": channel, "thread": thread, "team": team}
        return [Message(**one) for one in self._wire.look("messages", **asked)]

    def answers(self, channel: str = "", thread: str = "", team: str = "") -> list[Message]:
        """Return what the bot posted; streams that still run are left out."""
        found = self.messages(channel, thread, team)
        return [one for one in found if one.own and one.streaming != "in_progress"]

    def parts(self) -> Counter[tuple[str, int]]:
        """Return how often each part of each answer stands in a channel, by key and number."""
        marked = [one for one in self.answers() if one.key]
        payloads = [(one.metadata or {})["event_payload"] for one in marked]
        return Counter((str(one["key"]), int(one.get("part", 0))) for one in payloads)

    def ephemerals(self, user: str = "") -> list[Shown]:
        """Return what single users were shown, by either way."""
        every = [Shown(**one) for one in self._wire.look("ephemerals")]
        return [one for one in every if user in ("", one.user)]

    def views(self) -> list[Json]:
        """Return the modals that were opened, as Slack completed them."""
        return list(self._wire.look("views"))

    def threads(self) -> list[Json]:
        """Return status and title of each thread that has one."""
        return list(self._wire.look("threads"))

    def prompts(self) -> list[Json]:
        """Return what was suggested last, for each direct conversation."""
        return list(self._wire.look("prompts"))

    def envelopes(self) -> list[Envelope]:
        """Return what was sent over Socket Mode, and when it was acknowledged."""
        return [Envelope(**one) for one in self._wire.look("envelopes")]

    def state(self) -> Json:
        """Return counts: connections, opened, calls, answers, faults, unacknowledged, struck.

        It costs little, and so is what to wait on where there are many answers.
        """
        return dict(self._wire.look("state"))

    # What it is told, and how.

    def deliver(self, *told: Payload, retry: Retry | None = None) -> Delivered:
        """Tell the bot over HTTP or, without its address, over Socket Mode; return the last."""
        return [self._deliver(one, retry) for one in told][-1]

    def push(
        self,
        payload: Payload,
        retry: Retry | None = None,
        signature: Signature = _WELL_SIGNED,
        url: str = "",
    ) -> Delivered:
        """Tell the bot over HTTP, or the one at a URL where there are several."""
        return self._wire.push(url or self.bot_url, payload, signature, retry)

    def post_raw(
        self,
        body: str,
        content_type: str = "application/json",
        signature: Signature = _WELL_SIGNED,
        retry: Retry | None = None,
    ) -> Delivered:
        """Send the bot any body, such as one that is no payload at all."""
        return self._wire.post(self.bot_url, body, content_type, signature, retry)

    def send(self, payload: Payload, retry: Retry | None = None) -> str:
        """Tell the bot over Socket Mode, and do not wait; return the id of the envelope.

        Where nobody is connected it waits for the next connection, as does one that was never
        acknowledged.
        """
        again = {"retry": retry.number, "reason": retry.reason} if retry else {}
        sent = self._wire.do("send", kind=payload.kind.value, payload=payload.body, **again)
        return str(sent["envelope"])

    def refresh(self, reason: str = "refresh_requested", close_after_s: float = 0.5) -> None:
        """Ask connections to be renewed, and close them after a time."""
        self._wire.do("refresh", reason=reason, close_after_s=close_after_s)

    def cut(self) -> None:
        """End every connection of Socket Mode without a word."""
        self._wire.do("cut")

    # The world around it.

    def workspace(self, team: str, token: str = "") -> str:
        """Install the app in another workspace; return its token."""
        return str(self._wire.do("workspace", team=team, token=token)["token"])

    def scopes(self, *scopes: str, team: str = TEAM) -> None:
        """Set the scopes of a token; none stands for all that the bot needs."""
        self._wire.do("workspace", team=team, scopes=scopes or SCOPES)

    def channel(self, channel: str, team: str = TEAM, **changes: Any) -> str:
        """Make or change a channel: `name`, `kind`, `member`, `archived`."""
        return str(self._wire.do("channel", team=team, channel=channel, **changes)["id"])

    def allow_mention(self, user: str) -> None:
        """Let the bot mention somebody who did not speak or press where it does."""
        self._wire.do("mentionable", user=user)

    def trigger_seconds(self, seconds: float) -> None:
        """Set for how long a trigger opens a view."""
        self._wire.do("triggers", seconds=seconds)

    def expire_streams(self) -> None:
        """End the streams that run, as Slack does with those that nobody adds to."""
        self._wire.do("expire")

    def trouble(self, kind: str, *methods: str, **rule: Any) -> None:
        """Make trouble: `ratelimited`, `500`, `dropped`, `refused`, `delay`; see trouble.py."""
        self._wire.do("trouble", kind=kind, methods=methods or ("*",), **rule)

    def calm(self) -> None:
        """End all trouble."""
        self._wire.do("calm")

    @contextmanager
    def troubled(self, kind: str, *methods: str, **rule: Any) -> Iterator[None]:
        """Make trouble until the block ends."""
        self.trouble(kind, *methods, **rule)
        try:
            yield
        finally:
            self.calm()

    def forget(self) -> None:
        """Forget calls, faults, ephemeral messages and envelopes; channels stay."""
        self._wire.do("forget")

    def wait(self, happened: Callable[[], T], seconds: float = _WAIT_S) -> T:
        """Return what a check returns once that is true; AssertionError when time is up."""
        end = time.monotonic() + seconds
        while not (found := happened()):
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds} s; {self.state()}; {self.faults}")
            time.sleep(_PAUSE_S)
        return found

    def settle(self) -> None:
        """Wait until the bot has done all that it was told: from then on it says nothing."""
        self.wait(lambda: not self.unfinished())

    def _deliver(self, payload: Payload, retry: Retry | None) -> Delivered:
        if self.bot_url:
            return self.push(payload, retry)
        began, name = time.monotonic(), self.send(payload, retry)
        while time.monotonic() - began < _WAIT_S:
            one = Envelope(**self._wire.look("envelope", name=name))
            if one.acknowledged is not None:
                return Delivered(200, str(one.answer or ""), one.acknowledged - one.sent[0])
            time.sleep(_PAUSE_S)
        return Delivered(0, "not acknowledged", time.monotonic() - began)


def _process(port: int) -> subprocess.Popen[str]:
    """Start a server that no signal to the test's own group ends."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.slack.fake", "--port", str(port)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
