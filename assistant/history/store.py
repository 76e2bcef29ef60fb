"""What a home keeps of its answers: conversations, records and feedback; needs no index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from assistant.errors import UnknownAnswer
from assistant.history.database import FILE, utc_now
from assistant.history.feedback import Feedback
from assistant.history.late_records import LateRecords, Record
from assistant.history.records import AnswerRecord
from assistant.settings import Settings, database_of
from index.home.database_server import DatabaseServer

if TYPE_CHECKING:
    from assistant.history.feedback_store import FeedbackStore
    from assistant.history.profile_store import Profiles
    from assistant.history.record_store import Records
    from assistant.history.thread_store import Threads


class Kept:
    """The stores of a home, in one file of its folder or on a server; safe between threads.

    They are loaded once something is kept or looked for, which takes a while.
    """

    def __init__(
        self,
        home: Path,
        now: Callable[[], datetime] = utc_now,
        server: DatabaseServer | None = None,
    ) -> None:
        self._place = server or home / FILE
        self._late = LateRecords(self._keep_once)
        self.now = now

    @classmethod
    def of(cls, settings: Settings, now: Callable[[], datetime] = utc_now) -> Self:
        """Return the stores of the settings' home."""
        return cls(settings.home, now, database_of(settings))

    @property
    def threads(self) -> Threads:
        """The conversations, with what is recorded late."""
        self._late.settle()
        return self._threads

    @property
    def records(self) -> Records:
        """The recorded answers, in conversations and outside of them."""
        self._late.settle()
        return self._records

    @cached_property
    def _threads(self) -> Threads:
        from assistant.history.thread_store import Threads

        return Threads(self._place, self.now)

    @cached_property
    def _records(self) -> Records:
        from assistant.history.record_store import Records

        return Records(self._place)

    @cached_property
    def feedback(self) -> FeedbackStore:
        """What readers think of answers."""
        from assistant.history.feedback_store import FeedbackStore

        return FeedbackStore(self._place, self.now)

    @cached_property
    def profiles(self) -> Profiles:
        """The profiles of owners."""
        from assistant.history.profile_store import Profiles

        return Profiles(self._place)

    @property
    def waiting(self) -> int:
        """How many answers wait until they can be recorded."""
        return self._late.waiting

    def keep(self, record: Record) -> None:
        """Record an answer, in its conversation where it belongs to one; raise ThreadError."""
        self._late.settle()
        self._keep(record)

    def keep_later(self, record: Record) -> bool:
        """Record an answer when its store answers again; tell whether that will be tried."""
        return self._late.take(record)

    def _keep(self, record: Record) -> None:
        asking, answer, given = record.asking, record.answer, record.given
        if asking.thread:
            self._threads.add(
                asking.owner, asking.thread, record.turn, answer, given, record.past.seen,
                asking.replacing,
            )  # fmt: skip
        else:
            self._records.add(asking.owner, answer, given)

    def _keep_once(self, record: Record) -> None:
        # A store that fails may have done before what it was asked.
        if not self._records.has(record.answer.id):
            self._keep(record)

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
        """Let go of the file, or of the connections to the server."""
        self._late.close()
        for name in ("_threads", "_records", "feedback", "profiles"):
            # Those that were never used are not loaded for this.
            if name in vars(self):
                getattr(self, name).close()
