"""Every edition of every page that was fetched, what was told of them, and what is due.

One SQLite file of the home. Editions are in order of their numbers, which only rise, never of a
clock. What belongs together is written in one transaction.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.errors import EditionsUnusable
from index.home.faults.kinds import STORE_ERRORS, next_step
from index.home.sqlite import NewerStore, opened

STEPS = (
    """
    CREATE TABLE contents (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE editions (
        number INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT NOT NULL, ordinal INTEGER NOT NULL,
        state TEXT NOT NULL, why TEXT NOT NULL, fetched TEXT NOT NULL, stated TEXT,
        sha256 TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
        content_type TEXT NOT NULL, final_url TEXT NOT NULL, suffix TEXT NOT NULL,
        size INTEGER NOT NULL, UNIQUE (address, ordinal)
    );
    CREATE INDEX editions_of_bytes ON editions (sha256);
    CREATE TABLE pages (
        address TEXT PRIMARY KEY, etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '', final_url TEXT NOT NULL DEFAULT '',
        moved_to TEXT NOT NULL DEFAULT '', whole TEXT, checked TEXT, pause REAL NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0, fault TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    CREATE TABLE hosts (origin TEXT PRIMARY KEY, told TEXT NOT NULL, pause REAL NOT NULL)
        WITHOUT ROWID;
    CREATE TABLE reports (
        number INTEGER PRIMARY KEY AUTOINCREMENT, edition INTEGER NOT NULL UNIQUE,
        address TEXT NOT NULL, made TEXT NOT NULL, report TEXT NOT NULL,
        printed INTEGER NOT NULL DEFAULT 0, posted INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX reports_to_print ON reports (number) WHERE NOT printed;
    CREATE INDEX reports_to_post ON reports (number) WHERE NOT posted
    """,
)
"""Migrations; add to the end, change none. `ordinal` counts the editions of one page."""
_COLUMNS = (
    "number, address, ordinal, state, why, fetched, stated, sha256, etag, last_modified, "
    "content_type, final_url, suffix, size"
)


class EditionState(StrEnum):
    """What became of what was fetched."""

    TAKEN = "taken"
    """It is what the document says from then on."""
    HELD = "held"
    """It looks like something else in the page's place: it is kept and not used."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was fetched of a page, before it is kept."""

    address: str
    content: bytes
    fetched: datetime
    """By the clock of this machine, in UTC; editions are not ordered by it."""
    stated: date | None
    """The date that the page states; None where it states none."""
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    final_url: str = ""
    suffix: str = ""
    state: EditionState = EditionState.TAKEN
    why: str = ""
    """Why it is held; empty where it is not."""


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """One edition of a page, without its bytes."""

    number: int
    """Of all editions of a home; it only rises."""
    address: str
    ordinal: int
    """Of the page's own editions, from 1."""
    state: EditionState
    why: str
    fetched: datetime
    stated: date | None
    sha256: str
    etag: str
    last_modified: str
    content_type: str
    final_url: str
    suffix: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class PageState:
    """What is known of a page between two rounds."""

    address: str
    etag: str = ""
    """Of the edition in use, with the next two: what a conditional request needs."""
    last_modified: str = ""
    final_url: str = ""
    moved_to: str = ""
    """Where permanent redirects lead; empty where there are none."""
    fault: str = ""
    """The last failure; empty after a success."""
    whole: datetime | None = None
    """When its bytes came last, rather than word that they are the same; None where unknown."""
    checked: datetime | None = None
    """When it was asked for last; None where it never was."""
    pause_s: float = 0.0
    """Seconds for which it is left alone after a failure; 0 after a success."""
    tries: int = 0
    """Failures since the last success."""

    def due_in(self, now: datetime, every_s: float = 0.0) -> float:
        """Return the seconds until it is due, at most those of its pause or interval.

        A clock that was set back makes nothing wait longer than that.
        """
        return _left(self.checked, now, self.pause_s if self.tries else every_s)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report of one change, as text, and where it was told."""

    number: int
    address: str
    made: datetime
    text: str


class EditionStore:
    """The editions of a home; safe between threads and processes. Raises EditionsUnusable."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, address: str, state: EditionState | None = None) -> tuple[KeptEdition, ...]:
        """Return the editions of a page, the first first; all, or those of one state."""
        return self._editions(
            "address = ? AND ? IN ('', state) ORDER BY number", (address, state or "")
        )

    def latest(self, address: str, state: EditionState = EditionState.TAKEN) -> KeptEdition | None:
        """Return the last edition of a page that has a state; None where none has."""
        found = self._editions(
            "address = ? AND state = ? ORDER BY number DESC LIMIT 1", (address, state)
        )
        return found[0] if found else None

    def in_use(self) -> dict[str, KeptEdition]:
        """Return the edition in use of every page, by its address."""
        found = self._editions(
            "number IN (SELECT max(number) FROM editions WHERE state = 'taken' GROUP BY address)",
            (),
        )
        return {one.address: one for one in found}

    def with_hash(self, sha256: str) -> KeptEdition | None:
        """Return the last edition that was made of these bytes; None where none is kept."""
        found = self._editions(
            "sha256 = ? AND state = 'taken' ORDER BY number DESC LIMIT 1", (sha256,)
        )
        return found[0] if found else None

    def before(self, edition: KeptEdition) -> KeptEdition | None:
        """Return the edition that was in use before one; None for the first."""
        found = self._editions(
            "address = ? AND state = 'taken' AND number < ? ORDER BY number DESC LIMIT 1",
            (edition.address, edition.number),
        )
        return found[0] if found else None

    def content(self, edition: KeptEdition) -> bytes:
        """Return the bytes of an edition; raise EditionsUnusable where they are damaged."""
        rows = self._rows("SELECT content FROM contents WHERE sha256 = ?", (edition.sha256,))
        try:
            content = zlib.decompress(rows[0][0]) if rows else b""
        except zlib.error:
            content = b""
        if hashlib.sha256(content).hexdigest() != edition.sha256:
            raise EditionsUnusable(
                f"{self._path}: the bytes of edition {edition.ordinal} of {edition.address} are "
                "damaged. Restore the file from a backup"
            )
        return content

    def take(self, fresh: Fresh) -> KeptEdition | None:
        """Keep what was fetched as an edition; None where the edition in use, or the one held
        since, has the same bytes. What is needed for the next request is kept with it.
        """
        sha256 = hashlib.sha256(fresh.content).hexdigest()
        with self._writing() as connection:
            if fresh.state is EditionState.TAKEN:
                _remember(connection, fresh)
            if _is_known(connection, fresh, sha256):
                return None
            connection.execute(
                "INSERT OR IGNORE INTO contents VALUES (?, ?)",
                (sha256, zlib.compress(fresh.content)),
            )
            row = connection.execute(
                "INSERT INTO editions (address, ordinal, state, why, fetched, stated, sha256, "
                "etag, last_modified, content_type, final_url, suffix, size) SELECT "
                "?1, 1 + coalesce(max(ordinal), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 "
                f"FROM editions WHERE address = ?1 RETURNING {_COLUMNS}",
                (fresh.address, fresh.state, fresh.why, _stamp(fresh.fetched),
                 fresh.stated.isoformat() if fresh.stated else None, sha256, fresh.etag,
                 fresh.last_modified, fresh.content_type, fresh.final_url, fresh.suffix,
                 len(fresh.content)),
            ).fetchone()  # fmt: skip
            return _edition(row)

    def note_date(self, edition: KeptEdition, stated: date | None) -> None:
        """Note the date that an edition states, which is known once somebody read it."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE editions SET stated = ? WHERE number = ?",
                (stated.isoformat() if stated else None, edition.number),
            )

    def page(self, address: str) -> PageState:
        """Return what is known of a page; of one that was never asked for, nothing."""
        return self._states("WHERE address = ?", (address,)).get(address, PageState(address))

    def states(self) -> dict[str, PageState]:
        """Return what is known of all pages that were asked for, by their addresses."""
        return self._states("", ())

    def _states(self, where: str, values: tuple[object, ...]) -> dict[str, PageState]:
        rows = self._rows(
            "SELECT address, etag, last_modified, final_url, moved_to, fault, whole, checked, "
            f"pause, tries FROM pages {where}", values,
        )  # fmt: skip
        return {row[0]: _state(*row) for row in rows}

    def confirm(self, address: str, checked: datetime, moved_to: str = "") -> bool:
        """Note that a page was asked for and replied; tell whether it moved since the last time."""
        with self._writing() as connection:
            row = connection.execute(
                "SELECT moved_to FROM pages WHERE address = ?", (address,)
            ).fetchone()
            connection.execute(
                "INSERT INTO pages (address, checked, moved_to) VALUES (?1, ?2, ?3) "
                "ON CONFLICT DO UPDATE SET checked = ?2, moved_to = ?3, tries = 0, pause = 0, "
                "fault = ''", (address, _stamp(checked), moved_to),
            )  # fmt: skip
            return bool(moved_to) and (row is None or row[0] != moved_to)

    def fail(self, address: str, checked: datetime, pause_s: float, fault: str) -> None:
        """Note that a page could not be had, and for how long it is left alone."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO pages (address, checked, pause, tries, fault) "
                "VALUES (?1, ?2, ?3, 1, ?4) ON CONFLICT DO UPDATE SET "
                "checked = ?2, pause = ?3, tries = tries + 1, fault = ?4",
                (address, _stamp(checked), pause_s, fault),
            )

    def leave_alone(self, origin: str, told: datetime, pause_s: float) -> None:
        """Note that a host asked to be left alone, and for how long."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)", (origin, _stamp(told), pause_s)
            )

    def left_alone(self, origin: str, now: datetime) -> float:
        """Return the seconds for which a host is still to be left alone.

        Where the clock was set back nobody knows how much of it is over: it begins anew.
        """
        rows = self._rows("SELECT told, pause FROM hosts WHERE origin = ?", (origin,))
        if not rows:
            return 0.0
        told, pause_s = datetime.fromisoformat(rows[0][0]), rows[0][1]
        if now < told:
            self.leave_alone(origin, now, pause_s)
            return float(pause_s)
        return _left(told, now, pause_s)

    def forget(self, address: str) -> None:
        """Delete the editions of a page; what was reported of it stays."""
        if not self._path.exists():
            return
        with self._writing() as connection:
            connection.execute("DELETE FROM editions WHERE address = ?", (address,))
            connection.execute("DELETE FROM pages WHERE address = ?", (address,))
            connection.execute(
                "DELETE FROM contents WHERE sha256 NOT IN (SELECT sha256 FROM editions)"
            )

    def unreported(self) -> tuple[KeptEdition, ...]:
        """Return the editions in use, now or once, of which no report is there yet, in order; not
        the first of a page, with which nothing changed.
        """
        return self._editions(
            "state = 'taken' AND number NOT IN (SELECT edition FROM reports) AND EXISTS ("
            "SELECT 1 FROM editions AS other WHERE other.address = editions.address "
            "AND other.state = 'taken' AND other.number < editions.number) ORDER BY number", (),
        )  # fmt: skip

    def report(self, edition: KeptEdition, made: datetime, text: str) -> bool:
        """Keep the report of an edition; False where another process has kept it meanwhile."""
        with self._writing() as connection:
            done = connection.execute(
                "INSERT OR IGNORE INTO reports (edition, address, made, report) "
                "VALUES (?, ?, ?, ?)", (edition.number, edition.address, _stamp(made), text),
            )  # fmt: skip
            return done.rowcount > 0

    def reports(self, most: int = 0) -> tuple[StoredReport, ...]:
        """Return the last reports, the oldest first; 0 means all."""
        last = "(SELECT coalesce(max(number), 0) FROM reports)"
        return self._reports(f"?1 = 0 OR number > {last} - ?1", (most,))

    def to_print(self) -> tuple[StoredReport, ...]:
        """Return the reports that no command has printed yet."""
        return self._reports("NOT printed", ())

    def printed(self, number: int) -> None:
        """Note that a report was printed."""
        self._mark("printed", number)

    def to_post(self) -> tuple[StoredReport, ...]:
        """Return the reports that were not handed over to be posted yet."""
        return self._reports("NOT posted", ())

    def posted(self, number: int) -> None:
        """Note that a report was handed over to be posted, or is not to be."""
        self._mark("posted", number)

    def _mark(self, column: str, number: int) -> None:
        with self._writing() as connection:
            connection.execute(f"UPDATE reports SET {column} = 1 WHERE number = ?", (number,))

    def _reports(self, condition: str, values: tuple[object, ...]) -> tuple[StoredReport, ...]:
        rows = self._rows(
            f"SELECT number, address, made, report FROM reports WHERE {condition} ORDER BY number",
            values,
        )
        return tuple(
            StoredReport(number, address, datetime.fromisoformat(made), text)
            for number, address, made, text in rows
        )

    def _editions(self, condition: str, values: tuple[object, ...]) -> tuple[KeptEdition, ...]:
        rows = self._rows(f"SELECT {_COLUMNS} FROM editions WHERE {condition}", values)
        return tuple(map(_edition, rows))

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with self._used() as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._used() as connection:
            # Taken before anything is read: one who reads first cannot wait for a writer.
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def _used(self) -> Iterator[sqlite3.Connection]:
        try:
            with opened(self._path, STEPS) as connection:
                # What was fetched may never be had again.
                connection.execute("PRAGMA synchronous = FULL")
                yield connection
        except NewerStore as error:
            raise EditionsUnusable(str(error)) from error
        except STORE_ERRORS as error:
            raise EditionsUnusable(
                f"{self._path}: the editions of pages cannot be used ({error}). "
                f"{next_step(error, self._path)}"
            ) from error


def _remember(connection: sqlite3.Connection, fresh: Fresh) -> None:
    connection.execute(
        "INSERT INTO pages (address, etag, last_modified, final_url, whole) "
        "VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT DO UPDATE SET etag = ?2, last_modified = ?3, final_url = ?4, whole = ?5",
        (fresh.address, fresh.etag, fresh.last_modified, fresh.final_url, _stamp(fresh.fetched)),
    )


def _is_known(connection: sqlite3.Connection, fresh: Fresh, sha256: str) -> bool:
    """Tell whether the edition in use, or for what is held one that is held since, is the same."""
    since = "(SELECT coalesce(max(number), 0) FROM editions WHERE address = ?1 AND state = 'taken')"
    row = connection.execute(
        f"SELECT 1 FROM editions WHERE address = ?1 AND number >= {since} AND state = ?2 "
        "AND sha256 = ?3", (fresh.address, fresh.state, sha256),
    ).fetchone()  # fmt: skip
    return row is not None


def _state(
    address: str, etag: str, last_modified: str, final_url: str, moved_to: str, fault: str,
    whole: str | None, checked: str | None, pause_s: float, tries: int,
) -> PageState:  # fmt: skip
    return PageState(
        address, etag, last_modified, final_url, moved_to, fault, _moment(whole),
        _moment(checked), pause_s, tries,
    )  # fmt: skip


def _edition(row: tuple[Any, ...]) -> KeptEdition:
    number, address, ordinal, state, why, fetched, stated, *rest = row
    day = date.fromisoformat(stated) if stated else None
    return KeptEdition(
        number, address, ordinal, EditionState(state), why, datetime.fromisoformat(fetched), day,
        *rest,
    )  # fmt: skip


def _left(begun: datetime | None, now: datetime, pause_s: float) -> float:
    """Return what is left of a pause; nothing where the clock was set back before its begin."""
    if begun is None or pause_s <= 0:
        return 0.0
    gone = (now - begun).total_seconds()
    return 0.0 if gone < 0 else max(0.0, pause_s - gone)


def _stamp(time: datetime) -> str:
    return time.isoformat(timespec="microseconds")


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
