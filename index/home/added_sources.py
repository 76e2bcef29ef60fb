"""What the user gave to be indexed: folders, files and addresses, and what was said of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.intake.describe import UNDESCRIBED, Given
from corpus.intake.reach import Reach
from corpus.intake.walk import shown
from index.errors import RegistryError
from index.home.faults.kinds import STORE_ERRORS, Fault, fault_kind, step
from index.home.sqlite import NewerStore, opened

_STEPS = (
    """
    CREATE TABLE sources (
        location TEXT PRIMARY KEY, path TEXT NOT NULL, include TEXT NOT NULL, given TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE corrections (document TEXT PRIMARY KEY, given TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE left_out (
        source TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (source, name)
    ) WITHOUT ROWID
    """,
    "ALTER TABLE sources ADD COLUMN reach TEXT NOT NULL DEFAULT 'any'",
)
"""Migrations; add to the end, change none."""
LAYOUT = len(_STEPS)
"""Number of the layout that a file of this version has."""
DAMAGED_STEP = "Restore it from a backup, or move it away and add the sources again"


@dataclass(frozen=True, slots=True)
class Source:
    """A folder, file or address that the user added."""

    location: str
    """As the user knows it: an absolute path or an address."""
    path: Path
    """Where it lies on disk; of an address, the fetched file."""
    include: tuple[str, ...] = ()
    """Patterns that names of files must match, any when empty."""
    given: Given = UNDESCRIBED
    """What the user said of its documents."""
    reach: Reach = Reach.ANY
    """Of an address: which hosts may be asked for it, now and when it is fetched again."""


class Registry:
    """The store of sources of a home folder; safe between processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def sources(self) -> tuple[Source, ...]:
        """Return all sources in order of their locations."""
        rows = self._rows(
            "SELECT location, path, include, given, reach FROM sources ORDER BY location"
        )
        return tuple(
            Source(location, Path(path), tuple(json.loads(include)), _given(given), Reach(reach))
            for location, path, include, given, reach in rows
        )

    def add(self, source: Source) -> None:
        """Add a source, in place of one of the same location; files of it that were left out
        are no longer.
        """
        try:
            source.location.encode()
        except UnicodeEncodeError:
            raise RegistryError(
                f"{shown(source.location)}: its name is no valid text. Rename it, or add the "
                "folder that it is in"
            ) from None
        with self._connection() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)",
                (source.location, str(source.path), json.dumps(source.include),
                 _stored(source.given), source.reach.value),
            )  # fmt: skip
            connection.execute("DELETE FROM left_out WHERE source = ?", (source.location,))

    def lies_at(self, location: str, path: Path) -> None:
        """Note that the file of a source lies at another path now."""
        with self._connection() as connection:
            connection.execute(
                "UPDATE sources SET path = ? WHERE location = ?", (str(path), location)
            )

    def remove(self, location: str) -> bool:
        """Forget a source; tell whether there was one."""
        with self._connection() as connection:
            connection.execute("DELETE FROM left_out WHERE source = ?", (location,))
            return (
                connection.execute("DELETE FROM sources WHERE location = ?", (location,)).rowcount
                > 0
            )

    def left_out(self) -> frozenset[tuple[str, str]]:
        """Return source and name of the files that are not to be indexed."""
        return frozenset(self._rows("SELECT source, name FROM left_out"))

    def leave_out(self, source: str, name: str) -> None:
        """Index a file of a source no more."""
        with self._connection() as connection:
            connection.execute("INSERT OR IGNORE INTO left_out VALUES (?, ?)", (source, name))

    def take_in(self, source: str, name: str) -> bool:
        """Index a file again; tell whether it had been left out."""
        with self._connection() as connection:
            done = connection.execute(
                "DELETE FROM left_out WHERE source = ? AND name = ?", (source, name)
            )
            return done.rowcount > 0

    def corrections(self) -> dict[str, Given]:
        """Return what the user said of single documents, by id."""
        rows = self._rows("SELECT document, given FROM corrections")
        return {document: _given(given) for document, given in rows}

    def correct(self, document: str, given: Given) -> None:
        """Add to what is said of a document."""
        with self._connection() as connection:
            row = connection.execute(
                "SELECT given FROM corrections WHERE document = ?", (document,)
            ).fetchone()
            whole = given.over(_given(row[0])) if row else given
            connection.execute(
                "INSERT OR REPLACE INTO corrections VALUES (?, ?)", (document, _stored(whole))
            )

    def follow(self, before: Path, now: Path) -> None:
        """Let the sources that lie in a home folder follow it to another place."""
        if not self._path.exists():
            return
        with self._connection() as connection:
            for location, path in connection.execute("SELECT location, path FROM sources"):
                if Path(path).is_relative_to(before):
                    connection.execute(
                        "UPDATE sources SET path = ? WHERE location = ?",
                        (str(now / Path(path).relative_to(before)), location),
                    )

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with self._connection() as connection:
            return connection.execute(query).fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with opened(self._path, _STEPS) as connection:
                yield connection
        except NewerStore as error:
            raise RegistryError(str(error)) from error
        except STORE_ERRORS as error:
            raise RegistryError(
                f"{self._path}: the list of sources cannot be used ({error}). "
                f"{_next_step(error, self._path)}"
            ) from error


def _next_step(error: Exception, path: Path) -> str:
    kind = fault_kind(error, path)
    return DAMAGED_STEP if kind in (Fault.DAMAGED, Fault.FOREIGN) else step(kind)


def _stored(given: Given) -> str:
    plain = asdict(given) | {"date": given.date.isoformat() if given.date else None}
    return json.dumps({name: value for name, value in plain.items() if value})


def _given(stored: str) -> Given:
    plain = json.loads(stored)
    stated, older = plain.pop("date", None), plain.pop("supersedes", ())
    return Given(
        date=date.fromisoformat(stated) if stated else None, supersedes=tuple(older), **plain
    )
