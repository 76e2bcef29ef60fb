"""The Slack bot under a crowd, killed again and again, on a network that loses replies.

`SLACK_EVENTS=2000 SLACK_KILLS=10 pytest tests/soak/test_slack.py -s` is the long run.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assistant.history.store import Kept
from tests.flows.slack.conftest import PERSONS, Bot
from tests.sizes import size
from tests.soak.slack_crowd import Crowd
from tests.soak.slack_figures import Figures, figures_of
from tests.ui.slack.fake import FakeSlack
from ui.slack.inbox.types import FILE
from ui.slack.setup.manifest import scopes

EVENTS = size("SLACK_EVENTS", 40, 500)
KILLS = size("SLACK_KILLS", 1, 5)
_SEED = int(os.environ.get("SOAK_SEED", "1"))
_PAUSE_S = 2.0 if EVENTS > 100 else 0.5
_LEFT_S = 240.0 + 2 * EVENTS
"""How long the bot may take for what it was told."""
_LIMITED, _LOST = 0.05, 0.02
"""Shares of calls that are turned away, and of those of which nobody hears what became of them."""
_POSTING = ("chat.postMessage", "chat.startStream", "chat.stopStream", "chat.update")


@pytest.mark.soak
@pytest.mark.timeout(300 + 2 * EVENTS)
def test_each_question_is_answered_once(
    untouched_home: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    started = time.monotonic()
    with _bot(untouched_home, tmp_path) as bot:
        crowd = Crowd(bot.fake, EVENTS, _SEED, _PAUSE_S)
        killer = Killer(bot)
        with killer.at_work():
            crowd.speak()
            bot.fake.wait(lambda: killer.done and not _waiting(bot.home), _LEFT_S)
        figures = figures_of(bot.fake, Kept(bot.home).threads, crowd.asked)
        took = crowd.heard.acknowledged_s()
        told = {
            "events": len(crowd.asked), "deliveries": len(crowd.heard.deliveries),
            "again": crowd.heard.again, "retried": crowd.heard.retried,
            "answered": len(crowd.asked) - len(figures.lost), "lost": len(figures.lost),
            "twice": len(figures.twice), "crossed": len(figures.crossed),
            "kills": killer.kills,
            "ack_p50_s": round(took[len(took) // 2], 3),
            "ack_p99_s": round(took[int(len(took) * 0.99)], 3), "ack_max_s": round(took[-1], 3),
            "troubled": bot.fake.state()["struck"],
            "early": sum(one.early for one in bot.fake.calls()),
            "seconds": round(time.monotonic() - started),
        }  # fmt: skip
        record_property("slack", told)
        sys.stdout.write(f"\n{json.dumps(told)}\n")
        assert figures == Figures()
        assert told["kills"] == KILLS
        assert told["ack_p99_s"] < 3
        assert bot.fake.faults == []
        assert bot.traces() == []


class Killer:
    """Ends the bot without a word when enough was answered, and starts it again."""

    def __init__(self, bot: Bot) -> None:
        self.kills = 0
        self._bot = bot
        self._chance = random.Random(_SEED)
        self._moments = sorted(self._chance.sample(range(EVENTS * 9 // 10), KILLS))
        self._ended = threading.Event()

    @property
    def done(self) -> bool:
        """Whether all kills are over."""
        return self.kills == KILLS

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Kill for the time of a block."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _run(self) -> None:
        for moment in self._moments:
            while self._bot.fake.state()["answers"] < moment:
                if self._ended.wait(0.1):
                    return
            time.sleep(self._chance.uniform(0, 0.5))
            self._bot.kill()
            time.sleep(self._chance.uniform(0, 1))
            self._bot.start()
            self.kills += 1


@contextmanager
def _bot(built: Path, folder: Path) -> Iterator[Bot]:
    """Run a bot on a port of its own beside a Slack that makes trouble."""
    shutil.copytree(built, folder / "home")
    with FakeSlack(apart=True) as fake:
        fake.scopes(*scopes())
        fake.channel(PERSONS, name="residency-help")
        bot = Bot(fake, folder / "home", ("--http", "--port", str(_free_port())))
        bot.start()
        fake.trouble("ratelimited", "chat.*", share=_LIMITED, seed=_SEED)
        fake.trouble("dropped", *_POSTING, share=_LOST, seed=_SEED + 1)
        fake.trouble("500", *_POSTING, share=_LOST, seed=_SEED + 2)
        try:
            yield bot
            assert bot.stop() == 0
        finally:
            if bot.process is not None and bot.process.poll() is None:
                bot.kill()


def _free_port() -> int:
    """Return a port that a bot may take each time that it is started."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _waiting(home: Path) -> int:
    """Return how much the bot was told and has not done."""
    with closing(sqlite3.connect(f"file:{home / FILE}?mode=ro", uri=True, timeout=30)) as inbox:
        [[count]] = inbox.execute("SELECT count(*) FROM arrivals").fetchall()
    return int(count)
