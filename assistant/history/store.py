"""What a home keeps of its answers: conversations, records and feedback; needs no index."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from assistant.errors import UnknownAnswer
from assistant.history.conversations import Past, Threads
from assistant.history.database import FILE, idle, utc_now
from assistant.history.feedback import Feedback, FeedbackStore
from assistant.history.profiles import Profiles
from assistant.history.records import AnswerRecord, Circumstances, Records
from assistant.query import Turn
from assistant.types import Answer, Asking


class Kept:
    """The stores of a home folder, all in one file; safe to share between threads."""

    def __init__(self, home: Path, now: Callable[[], datetime] = utc_now) -> None:
        path = self._path = home / FILE
        self.threads = Threads(path, now)
        self.records = Records(path)
        self.feedback = FeedbackStore(path, now)
        self.profiles = Profiles(path)
        self.now = now
        self._opening = threading.Lock()
        self._idle: sqlite3.Connection | None = None

    def keep(
        self,
        asking: Asking,
        turn: Turn,
        past: Past,
        answer: Answer,
        given: Circumstances,
    ) -> None:
        """Record an answer, in its conversation where it belongs to one; raise ThreadError."""
        owner = asking.owner
        if asking.thread:
            self.threads.add(owner, asking.thread, turn, answer, given, past.seen, asking.replacing)
        else:
            self.records.add(owner, answer, given)
        self._stay_open()

    def rated(self, since: datetime | None = None) -> tuple[tuple[Feedback, AnswerRecord], ...]:
        """Return all feedback, or what was given from a time on, with what it is about."""
        return tuple(self._with_records(self.feedback.every(since)))

    def _with_records(self, every: Iterable[Feedback]) -> Iterator[tuple[Feedback, AnswerRecord]]:
        for one in every:
            try:
                yield one, self.records.get(one.answer, one.owner)
            except UnknownAnswer:
                # Deleted since the feedback was read, and the feedback with it.
                continue

    def expire(self, days: int) -> int:
        """Delete what is older than a number of days; return how many answers. 0 keeps all."""
        return self.threads.expire(self.now() - timedelta(days=days)) if days else 0

    def close(self) -> None:
        """Let go of the file."""
        with self._opening:
            if self._idle is not None:
                self._idle.close()
            self._idle = None

    def _stay_open(self) -> None:
        # It only saves time: what is to be kept is kept already.
        with self._opening, suppress(sqlite3.Error):
            if self._idle is None:
                self._idle = idle(self._path)
