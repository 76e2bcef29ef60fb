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
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from assistant.history.feedback import Rating
from assistant.history.store import Kept
from tests.flows.slack.conftest import PERSONS, Bot
from tests.sizes import size
from tests.soak.slack_crowd import Asked, Crowd
from tests.ui.slack.fake import FakeSlack, Message
from ui.slack.buttons.feedback import FEEDBACK, feedback_value
from ui.slack.buttons.passage import PASSAGE
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


@dataclass
class Figures:
    """What came of it, by the keys of the questions."""

    lost: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    crossed: set[str] = field(default_factory=set)


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
        figures = _figures(bot, crowd.asked)
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


def _figures(bot: Bot, every: list[Asked]) -> Figures:
    """Hold what the channels and the conversations have against what was asked."""
    figures = Figures()
    said: dict[str, list[Message]] = defaultdict(list)
    for message in bot.fake.messages():
        if message.own:
            said[message.key].append(message)
    # A message that was begun and not finished, or that answers nothing that was asked.
    figures.twice |= {key or f"none: {said[key]}" for key in said.keys() - {a.key for a in every}}
    for asked in every:
        parts = sorted(_payload(one)["part"] for one in said[asked.key])
        many = max((_payload(one)["parts"] for one in said[asked.key]), default=1)
        if set(parts) != set(range(1, many + 1)):
            figures.lost.add(asked.key)
        elif len(parts) > many:
            figures.twice.add(asked.key)
    figures.crossed |= set(_crossed(bot.home, every, said))
    return figures


def _crossed(home: Path, every: list[Asked], said: dict[str, list[Message]]) -> Iterator[str]:
    """Yield the keys of questions whose answer is another's, in the channel or on record."""
    conversations: dict[tuple[str, str, str], list[Asked]] = defaultdict(list)
    for asked in every:
        conversations[asked.owner, asked.channel, asked.thread].append(asked)
    threads = Kept(home).threads
    for (owner, channel, thread), asked_there in conversations.items():
        place = f"{owner.rpartition(':')[0]}:{channel}:{thread}"
        kept = threads.messages(owner, place)
        if [one.question for one in kept] != [one.text for one in asked_there]:
            yield f"{place}: {len(kept)} of {len(asked_there)} are on record"
            continue
        for asked, record in zip(asked_there, kept, strict=True):
            answer = record.answer
            cited = {one.document for one in answer.citations} if answer else set()
            answers = said[asked.key]
            shown = {json.loads(value)[0] for value in _values(answers, PASSAGE)}
            # What is asked later leans on what was said: it may find nothing, but nothing else.
            fits = cited == shown and (asked.document in cited or not cited)
            own = {feedback_value(Rating.UP, answer.id) if answer else ""}
            places = {(one.channel, one.thread) for one in answers}
            rated = {value for value in _values(answers, FEEDBACK) if value.startswith("up")}
            if not (fits and own == rated and places == {(channel, thread)}):
                yield asked.key


def _payload(message: Message) -> Any:
    return (message.metadata or {})["event_payload"]


def _values(messages: list[Message], action: str) -> Iterator[str]:
    """Yield what the buttons of messages would tell the bot."""

    def look(value: Any, inside: bool) -> Iterator[str]:
        if isinstance(value, dict):
            inside = inside or str(value.get("action_id", "")).startswith(action)
            if inside and "value" in value:
                yield str(value["value"])
            for part in value.values():
                yield from look(part, inside)
        elif isinstance(value, list):
            for part in value:
                yield from look(part, inside)

    for message in messages:
        yield from look(message.blocks, False)
