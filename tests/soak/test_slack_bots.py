"""Three Slack bots on one database under a crowd, killed again and again, on a network that loses
replies; in the middle the database ends without a word, and comes back.

`BOTS_EVENTS=2000 BOTS_KILLS=10 BOTS_OUTAGE_S=30 pytest tests/soak/test_slack_bots.py -s` is the
long run. Once the bots look for their answers, once those are at hand: a search costs more than
all else that is tested here.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.history.store import Kept
from assistant.history.thread_store import Threads
from index.home.database_server import DatabaseServer
from tests.flows.slack.conftest import PERSONS, Bot
from tests.postgresql_server import PostgresqlServer, running_server
from tests.sizes import size
from tests.soak.quick_bot import ANSWERS
from tests.soak.slack_crowd import QUESTIONS, Crowd
from tests.soak.slack_figures import Figures, figures_of
from tests.ui.slack.fake import FakeSlack
from ui.slack.inbox.event_store import Inbox
from ui.slack.setup.manifest import scopes

BOTS = 3
EVENTS = size("BOTS_EVENTS", 100, 2000)
KILLS = size("BOTS_KILLS", 2, 10)
SEARCHES = size("BOTS_SEARCHES", 30, 150)
OUTAGE_S = size("BOTS_OUTAGE_S", 4, 30)
_SEED = int(os.environ.get("SOAK_SEED", "1"))
_LIMITED, _LOST = 0.05, 0.02
"""Shares of calls that are turned away, and of those of which nobody hears what became of them."""
_POSTING = ("chat.postMessage", "chat.startStream", "chat.stopStream", "chat.update")
Told = dict[str, object]


@dataclass(frozen=True, slots=True)
class Run:
    """How much is asked of whom, and what happens meanwhile."""

    events: int
    kills: int
    outage_s: int
    home: Path | None = None
    """An index for each bot to search; without one they have their answers at hand."""
    answers: Path | None = None

    @property
    def pause_s(self) -> float:
        """Return how long a speaker pauses between two questions, on average."""
        return 2.0 if self.events > 100 else 0.5


@pytest.mark.soak
@pytest.mark.timeout(600 + 4 * SEARCHES)
def test_each_question_is_answered_once_by_one_of_three(
    untouched_home: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    run = Run(SEARCHES, 1 + SEARCHES // 50, OUTAGE_S, home=untouched_home)
    record_property("slack", held_against_a_crowd(run, tmp_path))


@pytest.mark.soak
@pytest.mark.timeout(600 + 2 * EVENTS)
def test_each_of_many_questions_is_answered_once_by_one_of_three(
    assistant: Assistant, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    answers = tmp_path / "answers.json"
    found = {asked: assistant.ask(asked).to_json() for asked, _ in QUESTIONS}
    answers.write_text(json.dumps(found), encoding="utf-8")
    run = Run(EVENTS, KILLS, OUTAGE_S, answers=answers)
    record_property("slack", held_against_a_crowd(run, tmp_path))


def held_against_a_crowd(run: Run, folder: Path) -> Told:
    """Let a crowd ask three bots; return figures of what came of it, all of which is well."""
    started = time.monotonic()
    with running_server("synchronous_commit=on") as database, ExitStack() as stack:
        url = database.new_database()
        fake = stack.enter_context(_slack())
        bots = stack.enter_context(_bots(run, fake, folder, url))
        inbox = stack.enter_context(closing(Inbox(DatabaseServer(url))))
        crowd = Crowd(fake, run.events, _SEED, run.pause_s, [_address(bot) for bot in bots])
        troubles = Troubles(run, bots, database)
        _make_trouble(fake)
        began = time.monotonic()
        with troubles.at_work():
            crowd.speak()
            fake.wait(lambda: troubles.over and not inbox.waiting(), 300.0 + 2 * run.events)
        figures = figures_of(fake, _threads(folder, url), crowd.asked)
        took = crowd.heard.acknowledged_s()
        told: Told = {
            "events": len(crowd.asked), "deliveries": len(crowd.heard.deliveries),
            "again": crowd.heard.again, "retried": crowd.heard.retried,
            "answered": len(crowd.asked) - len(figures.lost), "lost": len(figures.lost),
            "twice": len(figures.twice), "crossed": len(figures.crossed),
            "kills": troubles.kills, "outage_s": troubles.away_s,
            "back_s": round(troubles.back_s, 1),
            "ack_p50_s": round(took[len(took) // 2], 3),
            "ack_p99_s": round(took[int(len(took) * 0.99)], 3),
            "troubled": fake.state()["struck"], "by_bot": [_answered(bot) for bot in bots],
            "seconds": round(time.monotonic() - began),
            "with_start_s": round(time.monotonic() - started),
        }  # fmt: skip
        sys.stdout.write(f"\n{json.dumps(told)}\n")
        assert figures == Figures()
        assert (troubles.kills, troubles.away_s) == (run.kills, run.outage_s)
        # A few questions may all be taken while one that was killed starts anew.
        least = len(bots) if run.kills > 1 else len(bots) - 1
        assert sum(_answered(bot) > 0 for bot in bots) >= least
        assert fake.faults == []
        assert [trace for bot in bots for trace in bot.traces()] == []
        assert not any(list(bot.home.glob("slack.sqlite*")) for bot in bots)
    return told


def _threads(folder: Path, url: str) -> Threads:
    return Kept(folder, server=DatabaseServer(url)).threads


class Troubles:
    """Ends bots and the database without a word when enough was answered, and starts them again."""

    def __init__(self, run: Run, bots: list[Bot], database: PostgresqlServer) -> None:
        self.kills, self.away_s, self.back_s = 0, 0, 0.0
        self._bots, self._database, self._outage_s = bots, database, run.outage_s
        self._chance = random.Random(_SEED)
        moments = self._chance.sample(range(1, run.events * 9 // 10), run.kills)
        kills = [(moment, self._kill) for moment in moments]
        self._due = sorted([*kills, (run.events // 2, self._take_away)], key=lambda one: one[0])
        self._left = len(self._due)
        self._ended = threading.Event()

    @property
    def over(self) -> bool:
        """Whether all of them are over."""
        return self._left == 0

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Make trouble for the time of a block."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _run(self) -> None:
        for moment, make in self._due:
            while self._answers() < moment:
                if self._ended.wait(0.1):
                    return
            time.sleep(self._chance.uniform(0, 0.5))
            make()
            self._left -= 1

    def _answers(self) -> int:
        return int(self._bots[0].fake.state()["answers"])

    def _kill(self) -> None:
        bot = self._chance.choice(self._bots)
        bot.kill()
        time.sleep(self._chance.uniform(0, 1))
        bot.start()
        self.kills += 1

    def _take_away(self) -> None:
        """Let the database crash; all bots stay as they are."""
        self._database.stop(signal.SIGQUIT)
        time.sleep(self._outage_s)
        self._database.start()
        self.away_s = self._outage_s
        before, back = self._answers(), time.monotonic()
        while self._answers() == before:
            if self._ended.wait(0.05):
                return
        self.back_s = time.monotonic() - back


@contextmanager
def _slack() -> Iterator[FakeSlack]:
    with FakeSlack(apart=True) as fake:
        fake.scopes(*scopes())
        fake.channel(PERSONS, name="residency-help")
        yield fake


def _make_trouble(fake: FakeSlack) -> None:
    fake.trouble("ratelimited", "chat.*", share=_LIMITED, seed=_SEED)
    fake.trouble("dropped", *_POSTING, share=_LOST, seed=_SEED + 1)
    fake.trouble("500", *_POSTING, share=_LOST, seed=_SEED + 2)


@contextmanager
def _bots(run: Run, fake: FakeSlack, folder: Path, url: str) -> Iterator[list[Bot]]:
    """Run bots that share nothing but a database, each with a home and a port of its own."""
    bots: list[Bot] = []
    try:
        for number in range(BOTS):
            home = folder / f"machine-{number}" / "home"
            if run.home is None:
                home.mkdir(parents=True)
            else:
                shutil.copytree(run.home, home)
            bots.append(_bot(run, fake, home, url))
            bots[-1].start()
        yield bots
        assert [bot.stop() for bot in bots] == [0] * BOTS
    finally:
        for bot in bots:
            if bot.process is not None and bot.process.poll() is None:
                bot.kill()


def _bot(run: Run, fake: FakeSlack, home: Path, url: str) -> Bot:
    bot = Bot(fake, home, ("--http", "--port", str(_free_port())), {"RESIDENCY_DATABASE_URL": url})
    if run.answers is not None:
        bot.program = "tests.soak.quick_bot"
        bot.environment[ANSWERS] = str(run.answers)
    return bot


def _address(bot: Bot) -> str:
    return f"http://127.0.0.1:{bot.options[-1]}/slack/events"


def _free_port() -> int:
    """Return a port that a bot may take each time that it is started."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _answered(bot: Bot) -> int:
    """Return how many answers a bot made, by its own log."""
    every = (log.read_text(encoding="utf-8") for log in bot.logs)
    return sum(said.count('"event": "answer"') for said in every)
