"""The file of a home folder with approved answers: layout and use.

Every change is one transaction, so that one who is killed has changed all of it or nothing; what
is approved twice is kept once. Nothing is deleted: what is withdrawn stays, with who did it.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError
from assistant.library.types import Approval, Approver, Entry, Event, Ground, Happened
from assistant.types import AnswerScope
from index.home.sqlite import NewerStore, next_step, opened

FILE = "library.sqlite"
STEPS = (
    """
    CREATE TABLE entries (
        id TEXT PRIMARY KEY, question TEXT NOT NULL, text TEXT NOT NULL, service TEXT NOT NULL,
        customer TEXT NOT NULL, language TEXT NOT NULL, approver TEXT NOT NULL,
        approved TEXT NOT NULL, review TEXT NOT NULL, origin TEXT NOT NULL, cited TEXT NOT NULL,
        corrected INTEGER NOT NULL, withdrawn TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE grounds (
        entry TEXT NOT NULL, position INTEGER NOT NULL, ground TEXT NOT NULL,
        PRIMARY KEY (entry, position)
    ) WITHOUT ROWID;
    CREATE TABLE contradictions (
        first TEXT NOT NULL, second TEXT NOT NULL, PRIMARY KEY (first, second)
    ) WITHOUT ROWID;
    CREATE TABLE events (
        number INTEGER PRIMARY KEY, entry TEXT NOT NULL, event TEXT NOT NULL, at TEXT NOT NULL,
        who TEXT NOT NULL, why TEXT NOT NULL
    );
    CREATE INDEX events_of_entry ON events (entry);
    CREATE TABLE vectors (
        entry TEXT NOT NULL, encoder TEXT NOT NULL, vector BLOB NOT NULL,
        PRIMARY KEY (entry, encoder)
    ) WITHOUT ROWID
    """,
)
"""Migrations; add to the end, change none."""
_COLUMNS = (
    "id, question, text, service, customer, language, approver, approved, review, origin, cited, "
    "corrected, withdrawn"
)


class Outcome(StrEnum):
    """What became of an approval that was to be kept."""

    NEW = "new"
    AGAIN = "approved again"
    THERE = "there already"


@dataclass(frozen=True, slots=True)
class ToKeep:
    """An approval with what was found out about it."""

    approval: Approval
    against: tuple[str, ...] = ()
    """Ids of entries that answer the same question in the same scope otherwise."""


class Library:
    """The approved answers of a home folder; safe to share between threads and processes."""

    def __init__(self, path: Path, now: Callable[[], dt.datetime]) -> None:
        self._path = path
        self._now = now
        self._read: tuple[object, tuple[Entry, ...]] = (None, ())

    def entries(self, *, withdrawn: bool = False) -> tuple[Entry, ...]:
        """Return the standing entries, the latest approved first; the withdrawn ones on demand."""
        stamp = self._stamp()
        if stamp is None:
            return ()
        # Kept while nobody writes: each question looks at all of them.
        known, entries = self._read
        if known != stamp:
            with self._used() as connection:
                entries = tuple(_entries(connection))
            self._read = (stamp, entries)
        return tuple(one for one in entries if withdrawn or not one.withdrawn)

    def entry(self, name: str) -> Entry:
        """Return an entry by its id, or by as much of it as names one; raise LibraryError."""
        found = [one for one in self.entries(withdrawn=True) if name and one.id.startswith(name)]
        if len(found) == 1:
            return found[0]
        cause = "names several approved answers" if found else "no approved answer has this id"
        raise LibraryError(f"{name}: {cause}. `residency library list` names those there are")

    def keep(self, several: Sequence[ToKeep], who: Approver) -> tuple[Outcome, ...]:
        """Keep approvals, all of them or none; return what became of each. Raises LibraryError.

        What is kept already changes only by a later approval, which takes the place of who
        approved it, when, until when, and of what it stands on.
        """
        with self._writing() as connection:
            return tuple(self._kept(connection, one, who) for one in several)

    def withdraw(self, entry: Entry, who: Approver, why: str) -> None:
        """Let an entry stand no more; it stays to be looked at. Raises LibraryError."""
        if entry.withdrawn:
            raise LibraryError(f"{entry.id}: withdrawn already ({entry.withdrawn})")
        at = self._now()
        told = f"{who.name}, {at:%Y-%m-%d}{': ' if why else ''}{why}"
        with self._writing() as connection:
            connection.execute(
                "UPDATE entries SET withdrawn = ? WHERE id = ? AND withdrawn = ''", (told, entry.id)
            )
            _note(connection, Happened(entry.id, Event.WITHDRAWN, at, who.name, why))

    def happened(self, entry: str) -> tuple[Happened, ...]:
        """Return what happened to an entry, in order."""
        if self._stamp() is None:
            return ()
        with self._used() as connection:
            rows = connection.execute(
                "SELECT entry, event, at, who, why FROM events WHERE entry = ? ORDER BY number",
                (entry,),
            ).fetchall()
        return tuple(
            Happened(entry, Event(event), dt.datetime.fromisoformat(at), who, why)
            for entry, event, at, who, why in rows
        )

    def vectors(self, encoder: str) -> dict[str, bytes]:
        """Return the vectors of questions that one encoder made, by entry."""
        if self._stamp() is None:
            return {}
        with self._used() as connection:
            return dict(
                connection.execute(
                    "SELECT entry, vector FROM vectors WHERE encoder = ?", (encoder,)
                ).fetchall()
            )

    def add_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Remember the vectors of questions, which only save time."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(entry, encoder, vector) for entry, vector in vectors.items()],
            )

    def check(self) -> str:
        """Return how much there is, in a line; raise LibraryError where it cannot be read."""
        entries = self.entries(withdrawn=True)
        standing = [one for one in entries if not one.withdrawn]
        return f"{len(standing)} approved answers, {len(entries) - len(standing)} withdrawn"

    def _kept(self, connection: sqlite3.Connection, one: ToKeep, who: Approver) -> Outcome:
        approval, id_ = one.approval, one.approval.id
        row = connection.execute(
            "SELECT approved, review, withdrawn FROM entries WHERE id = ?", (id_,)
        ).fetchone()
        if row is not None and not _is_later(approval, *row):
            return Outcome.THERE
        connection.execute("DELETE FROM grounds WHERE entry = ?", (id_,))
        connection.execute(
            f"INSERT OR REPLACE INTO entries ({_COLUMNS}) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
            (id_, approval.question, approval.text, approval.scope.service,
             approval.scope.customer, approval.scope.language, approval.approver,
             approval.approved.isoformat(), approval.review.isoformat(), approval.origin,
             approval.cited, approval.corrected),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO grounds VALUES (?, ?, ?)",
            [(id_, at, json.dumps(asdict(each))) for at, each in enumerate(approval.grounds)],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO contradictions VALUES (?, ?)",
            [tuple(sorted((id_, other))) for other in one.against if other != id_],
        )
        event = Event.APPROVED if row is None else Event.AGAIN
        _note(connection, Happened(id_, event, self._now(), who.name, approval.origin))
        return Outcome.NEW if row is None else Outcome.AGAIN

    def _stamp(self) -> object:
        """Return what changes whenever somebody writes; None where there is no file."""
        found = []
        for path in (self._path, self._path.with_name(f"{self._path.name}-wal")):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise self._unusable(error) from error
            found.append((path.name, status.st_mtime_ns, status.st_size, status.st_ino))
        return tuple(found) or None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._used() as connection:
            # Taken before anything is read: one who reads first cannot wait for a writer.
            connection.execute("BEGIN IMMEDIATE")
            yield connection
        self._read = (None, ())

    @contextmanager
    def _used(self) -> Iterator[sqlite3.Connection]:
        try:
            with opened(self._path, STEPS) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                yield connection
        except NewerStore as error:
            raise LibraryError(str(error)) from error
        except sqlite3.Error as error:
            raise LibraryError(
                f"{self._path}: the approved answers cannot be used ({error}). {next_step(error)}"
            ) from error

    def _unusable(self, error: OSError) -> LibraryError:
        return LibraryError(
            f"{self._path}: the approved answers cannot be read ({error.strerror}). Correct the "
            "permissions of the file and its folder"
        )


def _is_later(approval: Approval, approved: str, review: str, withdrawn: str) -> bool:
    """Tell whether an approval says more than what is kept: later, longer, or after a withdrawal.

    A withdrawn answer is not brought back by the file that it came from.
    """
    day = approval.approved.isoformat()
    if withdrawn:
        return day > approved
    return day > approved or (day == approved and approval.review.isoformat() > review)


def _entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    grounds = defaultdict[str, list[Ground]](list)
    for entry, stored in connection.execute(
        "SELECT entry, ground FROM grounds ORDER BY entry, position"
    ).fetchall():
        grounds[entry].append(Ground(**json.loads(stored)))
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM entries ORDER BY approved DESC, id"
    ).fetchall()
    standing = {row[0] for row in rows if not row[-1]}
    against = defaultdict[str, list[str]](list)
    for pair in connection.execute("SELECT first, second FROM contradictions").fetchall():
        for one, other in (pair, pair[::-1]):
            if other in standing:
                against[one].append(other)
    for row in rows:
        yield _entry(row, tuple(grounds[row[0]]), tuple(against[row[0]]))


def _entry(row: tuple[Any, ...], grounds: tuple[Ground, ...], against: tuple[str, ...]) -> Entry:
    id_, question, text, service, customer, language, approver, approved, review, *rest = row
    origin, cited, corrected, withdrawn = rest
    approval = Approval(
        question, text, AnswerScope(service, customer, language), approver,
        dt.date.fromisoformat(approved), dt.date.fromisoformat(review), origin, grounds, cited,
        bool(corrected),
    )  # fmt: skip
    return Entry(id_, approval, against, withdrawn)


def _note(connection: sqlite3.Connection, one: Happened) -> None:
    connection.execute(
        "INSERT INTO events (entry, event, at, who, why) VALUES (?, ?, ?, ?, ?)",
        (one.entry, one.event.value, one.at.isoformat(timespec="microseconds"), one.who, one.why),
    )
