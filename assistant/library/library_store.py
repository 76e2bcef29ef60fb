"""The file of a home folder with approved answers: layout and use.

Every change is one transaction, so that one who is killed has changed all of it or nothing; what
is approved twice is kept once. Nothing is deleted: what is withdrawn stays, with who did it.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
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
    """
    ALTER TABLE entries ADD COLUMN replaced TEXT NOT NULL DEFAULT '';
    CREATE INDEX entries_replaced ON entries (replaced) WHERE replaced != '';
    CREATE INDEX contradictions_of_second ON contradictions (second)
    """,
)
"""Migrations; add to the end, change none."""
_COLUMNS = (
    "id, question, text, service, customer, language, approver, approved, review, origin, cited, "
    "corrected, withdrawn, replaced"
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
    replaces: tuple[str, ...] = ()
    """Ids of those of them that it was written to correct: they stand no more."""


@dataclass(frozen=True, slots=True)
class _Read:
    """The entries as they were read last, and until which event."""

    stamp: object = None
    marker: tuple[object, ...] = ()
    """Of the last event that was read: number, entry, time."""
    every: Mapping[str, Entry] = field(default_factory=dict)
    ordered: tuple[Entry, ...] = ()
    """The latest approved first."""
    standing: tuple[Entry, ...] = ()


class Library:
    """The approved answers of a home folder; safe to share between threads and processes."""

    def __init__(self, path: Path, now: Callable[[], dt.datetime]) -> None:
        self._path = path
        self._now = now
        self._read = _Read()

    def entries(self, *, withdrawn: bool = False) -> tuple[Entry, ...]:
        """Return the standing entries, the latest approved first; the withdrawn ones on demand."""
        stamp = self._stamp()
        if stamp is None:
            return ()
        # Kept while nobody writes: each question looks at all of them.
        known = self._read
        if known.stamp != stamp:
            with self._used() as connection:
                known = _read_on(connection, known, stamp)
            self._read = known
        return known.ordered if withdrawn else known.standing

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
        approved it, when, until when, and of what it stands on. What an approval replaces is
        withdrawn with it.
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

    def vectors(self, encoder: str, entries: Iterable[str]) -> dict[str, bytes]:
        """Return the vectors that one encoder made of the questions of entries, by their ids."""
        if self._stamp() is None:
            return {}
        with self._used() as connection:
            return dict(
                connection.execute(
                    f"SELECT entry, vector FROM vectors WHERE encoder = ? AND entry IN {_THESE}",
                    (encoder, json.dumps(list(entries))),
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
        for other in one.replaces:
            self._replaced(connection, other, id_, who)
        row = connection.execute(
            "SELECT approved, review, withdrawn, EXISTS (SELECT 1 FROM grounds WHERE entry = id) "
            "FROM entries WHERE id = ?", (id_,),
        ).fetchone()  # fmt: skip
        if row is not None and not _says_more(approval, *row):
            return Outcome.THERE
        connection.execute("DELETE FROM grounds WHERE entry = ?", (id_,))
        connection.execute(
            f"INSERT OR REPLACE INTO entries ({_COLUMNS}) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')",
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

    def _replaced(self, connection: sqlite3.Connection, old: str, new: str, who: Approver) -> None:
        """Let an entry stand no more for one that corrects it; it stays to be looked at."""
        at = self._now()
        done = connection.execute(
            "UPDATE entries SET withdrawn = ?, replaced = ? "
            "WHERE id = ? AND id != ? AND withdrawn = ''",
            (f"{who.name}, {at:%Y-%m-%d}: replaced by {new}", new, old, new),
        )
        if done.rowcount:
            _note(connection, Happened(old, Event.REPLACED, at, who.name, f"by {new}"))

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
        # Clocks of files are coarse: what was written just now may not show by the stamp.
        self._read = replace(self._read, stamp=None)

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


def _says_more(
    approval: Approval, approved: str, review: str, withdrawn: str, has_grounds: int
) -> bool:
    """Tell whether an approval says more than what is kept: later, longer, after a withdrawal, or
    on passages where it stood on nothing.

    A withdrawn answer is not brought back by the file that it came from.
    """
    day = approval.approved.isoformat()
    if withdrawn or day != approved:
        return day > approved
    return approval.review.isoformat() > review or (bool(approval.grounds) and not has_grounds)


_THESE = "(SELECT value FROM json_each(?))"
"""The ids of a list that is given as JSON: there may be more than a statement takes."""
_BOTH_WAYS = (
    "SELECT first, second FROM contradictions UNION ALL SELECT second, first FROM contradictions"
)


def _read_on(connection: sqlite3.Connection, known: _Read, stamp: object) -> _Read:
    """Return the entries as they are, reading those alone of which something happened since.

    Nothing changes without an event, so what another file has until the same event is the same.
    """
    number = known.marker[0] if known.marker else 0
    last = "SELECT number, entry, at FROM events {} ORDER BY number DESC LIMIT 1"
    marker = connection.execute(last.format("")).fetchone() or ()
    there = connection.execute(last.format("WHERE number = ?"), (number,)).fetchone() or ()
    same = there == known.marker
    changed = _changed(connection, number if same else 0)
    every = {**(known.every if same else {}), **_entries(connection, changed)}
    ordered = sorted(every.values(), key=lambda one: (-one.approval.approved.toordinal(), one.id))
    standing = tuple(one for one in ordered if not one.withdrawn)
    return _Read(stamp, marker, every, tuple(ordered), standing)


def _changed(connection: sqlite3.Connection, since: object) -> str:
    """Return the ids of entries of which something else is to be told after an event, as JSON:
    themselves, those that they contradict, and those that took their place.
    """
    rows = connection.execute(
        "WITH changed AS (SELECT DISTINCT entry AS id FROM events WHERE number > ?) "
        "SELECT id FROM changed "
        "UNION SELECT second FROM contradictions WHERE first IN changed "
        "UNION SELECT first FROM contradictions WHERE second IN changed "
        "UNION SELECT replaced FROM entries WHERE id IN changed AND replaced != ''",
        (since,),
    ).fetchall()
    return json.dumps([id_ for (id_,) in rows])


def _entries(connection: sqlite3.Connection, ids: str) -> dict[str, Entry]:
    """Return some entries by their ids, which are given as JSON."""

    def grouped(query: str) -> Mapping[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for id_, value in connection.execute(query, (ids,)).fetchall():
            found[id_].append(value)
        return found

    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM entries WHERE id IN {_THESE}", (ids,)
    ).fetchall()
    grounds = grouped(
        f"SELECT entry, ground FROM grounds WHERE entry IN {_THESE} ORDER BY entry, position"
    )
    against = grouped(
        f"SELECT c.first, e.id FROM ({_BOTH_WAYS}) c JOIN entries e ON e.id = c.second "
        f"WHERE c.first IN {_THESE} AND e.withdrawn = '' ORDER BY e.id"
    )
    replaces = grouped(
        f"SELECT replaced, id FROM entries WHERE replaced != '' AND replaced IN {_THESE} "
        "ORDER BY id"
    )
    return {
        row[0]: _entry(
            row,
            tuple(Ground(**json.loads(one)) for one in grounds[row[0]]),
            tuple(against[row[0]]),
            tuple(replaces[row[0]]),
        )
        for row in rows
    }


def _entry(
    row: tuple[Any, ...],
    grounds: tuple[Ground, ...],
    against: tuple[str, ...],
    replaces: tuple[str, ...],
) -> Entry:
    id_, question, text, service, customer, language, approver, approved, review, *rest = row
    origin, cited, corrected, withdrawn, replaced = rest
    approval = Approval(
        question, text, AnswerScope(service, customer, language), approver,
        dt.date.fromisoformat(approved), dt.date.fromisoformat(review), origin, grounds, cited,
        bool(corrected),
    )  # fmt: skip
    return Entry(id_, approval, against, withdrawn, replaced, replaces)


def _note(connection: sqlite3.Connection, one: Happened) -> None:
    connection.execute(
        "INSERT INTO events (entry, event, at, who, why) VALUES (?, ?, ?, ?, ?)",
        (one.entry, one.event.value, one.at.isoformat(timespec="microseconds"), one.who, one.why),
    )
