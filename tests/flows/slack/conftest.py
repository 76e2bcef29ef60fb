"""A bot as a process of its own, over a home of its own, told things by a local Slack."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.ui.slack.fake import FakeSlack
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE
from ui.slack.setup.manifest import scopes

PERSONS = "C0PERSONS"
_READY = re.compile(r"residency: (?:connected|listening on (http://\S+?)); interrupt to stop")
_START_S = 180.0
OVER_SOCKET = pytest.mark.parametrize("bot", ["socket"], indirect=True)
"""For what is the same by whichever way the bot is told."""
_TRACE = "Traceback (most recent call last)"


@dataclass
class Bot:
    """A bot that can be killed and started again."""

    fake: FakeSlack
    home: Path
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    logs: list[Path] = field(default_factory=list)
    program: str = "ui.command_line.main"
    """Module that is run."""

    def __post_init__(self) -> None:
        # What is told is stored before it is acknowledged, and there until all of it is done.
        self.fake.unfinished = self.waiting

    def start(self) -> None:
        """Start it, and wait until it can be told things."""
        log = self.home.parent / f"bot-{len(self.logs)}.log"
        self.logs.append(log)
        settings = {
            "RESIDENCY_HOME": str(self.home),
            "RESIDENCY_SLACK_API_URL": self.fake.api_url,
            "RESIDENCY_SLACK_BOT_TOKEN": self.fake.bot_token,
            "RESIDENCY_SLACK_APP_TOKEN": self.fake.app_token,
            "RESIDENCY_SLACK_SIGNING_SECRET": self.fake.signing_secret,
            "RESIDENCY_SLACK_PERSON_CHANNEL": PERSONS,
            "RESIDENCY_SLACK_QUESTIONS_PER_MINUTE": "0",
            "RESIDENCY_SLACK_CHANNEL_QUESTIONS_PER_MINUTE": "0",
            **self.environment,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.program, "slack", *self.options],
            cwd=ROOT,
            text=True,
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            stderr=log.open("w"),
        )
        end = time.monotonic() + _START_S
        while not (ready := _READY.search(self.said())):
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.02)
        self.fake.bot_url = f"{ready[1]}/slack/events" if ready[1] else ""

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Tell it to stop; return how it ended."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(60)

    def waiting(self) -> int:
        """Return how many things it was told and has not done."""
        with closing(Inbox(self.home / FILE)) as inbox:
            return inbox.waiting()

    def said(self) -> str:
        """Return what it logged since it was started last."""
        return self.logs[-1].read_text(encoding="utf-8")

    def traces(self) -> list[str]:
        """Return the logs that tell of an error that nobody expected."""
        every = [log.read_text(encoding="utf-8") for log in self.logs]
        return [said for said in every if _TRACE in said or '"at": [' in said]


@contextmanager
def running(
    built: Path, folder: Path, fake: FakeSlack, *options: str, **environment: str
) -> Iterator[Bot]:
    """Run a bot over a copy of a built home for the time of a block; it must end in order."""
    home = folder / "home"
    shutil.copytree(built, home)
    bot = Bot(fake, home, options, environment)
    bot.start()
    try:
        yield bot
        assert bot.stop() == 0, bot.said()
    finally:
        if bot.process is not None and bot.process.poll() is None:
            bot.kill()


def local_slack() -> FakeSlack:
    """Return a Slack with a channel that the bot is in, and one where persons help."""
    fake = FakeSlack().start()
    fake.scopes(*scopes())
    fake.channel("C0ROOM", name="compliance")
    fake.channel(PERSONS, name="residency-help")
    return fake


@pytest.fixture(scope="package", params=["socket", "http"])
def bot(
    request: pytest.FixtureRequest, untouched_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bot]:
    """A bot over Socket Mode, then one over HTTP."""
    fake = local_slack()
    options = ("--http", "--port", "0") if request.param == "http" else ()
    with running(untouched_home, tmp_path_factory.mktemp("bot"), fake, *options) as started:
        yield started
    fake.stop()


@pytest.fixture
def slack(bot: Bot) -> Iterator[FakeSlack]:
    """The Slack of the bot; whatever a test does there, the bot does nothing wrong."""
    bot.fake.calm()
    bot.fake.forget()
    yield bot.fake
    assert bot.fake.faults == []
    assert bot.traces() == []


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """Somebody whom the bot has not met."""
    return f"U0{abs(hash(request.node.nodeid)) % 10**9}"
