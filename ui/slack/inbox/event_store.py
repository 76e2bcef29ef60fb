"""What the bot was told, kept before it is acknowledged and handled once, also over kills."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from ui.slack.buttons import SILENT_KINDS
from ui.slack.inbox.event_file import InboxFile
from ui.slack.inbox.event_json import kind_of, read, written
from ui.slack.inbox.single_bot import held
from ui.slack.inbox.write_together import Intake
from ui.slack.types import Arrival, Gone, Place, Question, Surface, Told

FILE = "slack.sqlite"
_HEADS = (
    "FROM arrivals LEFT JOIN lanes USING (lane) WHERE NOT working AND number IN "
    "(SELECT min(number) FROM arrivals GROUP BY lane)"
)
"""The first of each lane: all behind it wait for it, in work or put off."""
_JOB = "key, lane, kind, told, tries, position, came"
_FORGOTTEN = "forgotten"
_STAYING = ("gone", *SILENT_KINDS)
"""Kinds that are handled also where nothing can be said any more."""
_TAKING_PART = (Surface.MENTION, Surface.CHOICE)
"""Ways to ask in a channel after which more may be said in the thread without naming the bot."""


class Engagement(StrEnum):
    """Whether the bot has a part in a thread."""

    NONE = "none"
    OTHER = "other"
    """Somebody else asked it there."""
    MINE = "mine"
    """The one who speaks asked it there."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A part of an answer that was posted."""

    part: int
    ts: str
    """Time stamp that names the message."""


@dataclass(frozen=True, slots=True)
class Job:
    """An arrival to handle, with what is known of earlier tries."""

    arrival: Arrival
    tries: int
    """This one counted; more than 1 after a kill or a fault."""
    position: int | None
    """Of the turn of the conversation that the answer is recorded as; None before it is."""
    posted: tuple[Posted, ...]
    waited_s: float = 0.0
    """Seconds since it arrived."""


class Inbox:
    """Arrivals in a file, each under its key; safe between threads. Every method raises InboxError.

    What is done with is deleted at once, but for its key, by which a repeat is known.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._file = InboxFile(path)
        self._clock = clock
        self._intake = Intake(self._store)

    def hold(self) -> AbstractContextManager[None]:
        """Hold the inbox for this process alone; raise BotRuns where another one does."""
        return held(self._file.path)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def put(self, arrival: Arrival) -> bool:
        """Keep an arrival; False where it is known already. On return it outlives a power cut.

        With a question that names the bot in a thread, the bot has a part in that thread.
        """
        return self._intake.put(arrival)

    def take(self) -> Job | None:
        """Return what is to be handled next, now in work; None where nothing is due.

        In a lane the first comes first; between lanes, those that had their turn stand back.
        """
        with self._file.writing() as connection:
            while row := connection.execute(
                f"SELECT {_JOB} {_HEADS} AND due <= ? "
                "ORDER BY max(number, coalesce(turn, 0)), number LIMIT 1",
                (self._clock(),),
            ).fetchone():
                if job := _taken(connection, row, self._clock()):
                    return job
                self._end(connection, "key = ?", (row[0],), "it cannot be read")
        return None

    def next_in(self) -> float | None:
        """Return the seconds until something is due; None where nothing is, whatever the time."""
        [[due]] = self._file.rows(f"SELECT min(due) {_HEADS}")
        return None if due is None else max(0.0, due - self._clock())

    def waiting(self) -> int:
        """Return how many arrivals are not done with."""
        [[count]] = self._file.rows("SELECT count(*) FROM arrivals")
        return int(count)

    def wanted(self, key: str) -> bool:
        """Tell whether an arrival in work is still to be answered; False once it was dropped."""
        return bool(self._file.rows("SELECT 1 FROM arrivals WHERE key = ?", (key,)))

    def forgotten(self, key: str) -> bool:
        """Tell whether an arrival was dropped because all that is its asker's was deleted."""
        return bool(
            self._file.rows("SELECT 1 FROM ended WHERE key = ? AND outcome = ?", (key, _FORGOTTEN))
        )

    def note_position(self, key: str, position: int) -> None:
        """Note as which turn of its conversation an answer is recorded."""
        self._set(key, "position = ?", position)

    def note_posted(self, key: str, part: int, ts: str) -> None:
        """Note that a part of an answer is posted."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO posted SELECT key, ?, ? FROM arrivals WHERE key = ?",
                (part, ts, key),
            )

    def later(self, key: str, seconds: float) -> None:
        """Let an arrival wait again, and all of its lane with it."""
        self._set(key, "working = 0, due = ?", self._clock() + seconds)

    def done(self, key: str) -> None:
        """Let go of an arrival that was handled."""
        self.drop(key, "done")

    def drop(self, key: str, reason: str) -> None:
        """Let go of an arrival that is not handled; the reason holds nothing of what was said."""
        with self._file.writing() as connection:
            self._end(connection, "key = ?", (key,), reason)

    def withdraw(self, key: str) -> bool:
        """Drop a message that was deleted, also where it arrives only later; tell if it waited."""
        with self._file.writing() as connection:
            dropped = self._end(connection, "key = ?", (key,), "withdrawn")
            connection.execute(
                "INSERT OR IGNORE INTO ended VALUES (?, 'withdrawn', ?)", (key, self._clock())
            )
        return dropped > 0

    def gone(self, team: str, channel: str) -> int:
        """Drop what can be said to nobody any more, in a channel or without one everywhere.

        What nothing is said about, as feedback, is kept. Returns how many arrivals were dropped.
        """
        staying = ", ".join("?" * len(_STAYING))
        where, values = "team = ? AND ? IN ('', channel)", (team, channel)
        with self._file.writing() as connection:
            dropped = self._end(
                connection, f"{where} AND kind NOT IN ({staying})", (*values, *_STAYING), "gone"
            )
            connection.execute(f"DELETE FROM engaged WHERE {where}", values)
        return dropped

    def recover(self) -> int:
        """Let wait again what was in work when a bot ended; return how many. Call it at start."""
        with self._file.writing() as connection:
            return connection.execute("UPDATE arrivals SET working = 0 WHERE working").rowcount

    def engaged(self, place: Place) -> Engagement:
        """Tell whether the bot has a part in a thread."""
        owners = {
            owner
            for (owner,) in self._file.rows(
                "SELECT owner FROM engaged WHERE conversation = ?", (place.conversation,)
            )
        }
        if place.owner in owners:
            return Engagement.MINE
        return Engagement.OTHER if owners else Engagement.NONE

    def forget(self, owner: str, conversation: str | None = None) -> int:
        """Delete what is somebody's, in one conversation or all; return how many arrivals it was.

        Afterwards no file has anything of it but keys, which tell a repeat.
        """
        if not self._file.path.exists():
            return 0
        where, values = "owner = ? AND ? IN ('', conversation)", (owner, conversation or "")
        with self._file.writing() as connection:
            dropped = self._end(connection, where, values, _FORGOTTEN)
            connection.execute(f"DELETE FROM engaged WHERE {where}", values)
        self._file.tidy()
        return dropped

    def prune(self, before: datetime, engaged_before: datetime | None = None) -> int:
        """Delete keys that ended before a time, and parts in threads nobody asked in since one.

        Slack tells of an event again for hours at most. Returns how many keys were deleted.
        """
        with self._file.writing() as connection:
            keys = connection.execute(
                "DELETE FROM ended WHERE ended < ?", (before.timestamp(),)
            ).rowcount
            if engaged_before is not None:
                connection.execute(
                    "DELETE FROM engaged WHERE since < ?", (engaged_before.timestamp(),)
                )
        self._file.tidy()
        return keys

    def _store(self, arrivals: Sequence[Arrival]) -> list[bool]:
        """Keep arrivals, all or none; tell of each whether it is new."""
        with self._file.writing() as connection:
            return [_stored(connection, arrival, self._clock()) for arrival in arrivals]

    def _set(self, key: str, what: str, value: float) -> None:
        with self._file.writing() as connection:
            connection.execute(f"UPDATE arrivals SET {what} WHERE key = ?", (value, key))

    def _end(
        self, connection: sqlite3.Connection, where: str, values: tuple[str, ...], outcome: str
    ) -> int:
        """Delete arrivals and keep their keys; return how many."""
        connection.execute(
            f"INSERT OR REPLACE INTO ended SELECT key, ?, ? FROM arrivals WHERE {where}",
            (outcome, self._clock(), *values),
        )
        ended = connection.execute(f"DELETE FROM arrivals WHERE {where}", values).rowcount
        connection.execute("DELETE FROM lanes WHERE lane NOT IN (SELECT lane FROM arrivals)")
        return ended


def _stored(connection: sqlite3.Connection, arrival: Arrival, now: float) -> bool:
    told, place = arrival.told, _place(arrival.told)
    added = connection.execute(
        "INSERT OR IGNORE INTO arrivals "
        "(key, owner, team, channel, conversation, lane, kind, told, came, due) "
        "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? "
        "WHERE NOT EXISTS (SELECT 1 FROM ended WHERE key = ?)",
        (arrival.key, place.owner if place.user else "", place.team, place.channel,
         place.conversation, arrival.lane, kind_of(told), written(told), now, now, arrival.key),
    ).rowcount  # fmt: skip
    if added and isinstance(told, Question) and _takes_part(told):
        _engage(connection, told.place, now)
    return bool(added)


def _taken(connection: sqlite3.Connection, row: tuple[Any, ...], now: float) -> Job | None:
    """Mark an arrival as in work; None where it cannot be read."""
    key, lane, kind, text, tries, position, came = row
    try:
        told = read(kind, text)
    except ValueError:
        return None
    connection.execute("UPDATE arrivals SET working = 1, tries = tries + 1 WHERE key = ?", (key,))
    connection.execute(
        "INSERT OR REPLACE INTO lanes "
        "SELECT ?, seq + 1 FROM sqlite_sequence WHERE name = 'arrivals'",
        (lane,),
    )
    posted = connection.execute("SELECT part, ts FROM posted WHERE key = ? ORDER BY part", (key,))
    return Job(
        Arrival(key, lane, told),
        int(tries) + 1,
        None if position is None else int(position),
        tuple(Posted(part, ts) for part, ts in posted),
        max(0.0, now - came),
    )


def _takes_part(asked: Question) -> bool:
    return asked.surface in _TAKING_PART and not asked.respond_to


def _engage(connection: sqlite3.Connection, place: Place, now: float) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO engaged VALUES (?, ?, ?, ?, ?)",
        (place.conversation, place.owner, place.team, place.channel, now),
    )


def _place(told: Told) -> Place:
    """Return where something was said; of a place that is gone, the place itself, and nobody."""
    return Place(told.team, told.channel, "", "") if isinstance(told, Gone) else told.place
