"""The file of a home folder with what the Slack bot was told: layout and use."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.home.sqlite import next_step, opened
from ui.errors import InboxError

STEPS = (
    """
    CREATE TABLE arrivals (
        number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, owner TEXT NOT NULL,
        team TEXT NOT NULL, channel TEXT NOT NULL, conversation TEXT NOT NULL, lane TEXT NOT NULL,
        kind TEXT NOT NULL, told TEXT NOT NULL, came REAL NOT NULL, due REAL NOT NULL,
        working INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, position INTEGER
    );
    CREATE INDEX arrivals_of_lane ON arrivals (lane, number);
    CREATE TABLE posted (
        key TEXT NOT NULL REFERENCES arrivals (key) ON DELETE CASCADE, part INTEGER NOT NULL,
        ts TEXT NOT NULL, PRIMARY KEY (key, part)
    ) WITHOUT ROWID;
    CREATE TABLE lanes (lane TEXT PRIMARY KEY, turn INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE ended (
        key TEXT PRIMARY KEY, outcome TEXT NOT NULL, ended REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE engaged (
        conversation TEXT NOT NULL, owner TEXT NOT NULL, team TEXT NOT NULL, channel TEXT NOT NULL,
        since REAL NOT NULL, PRIMARY KEY (conversation, owner)
    ) WITHOUT ROWID
    """,
)
"""Migrations; add to the end, change none. `turn` is the number that the next arrival was to
have when the lane had its turn: what is left in the lane stands as if it came then."""
_WAIT_S = 30
_PREPARING = (
    # What is acknowledged must outlive a power cut, and what is deleted be in no file.
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
)


class InboxFile:
    """One connection that all threads share, one after the other; others may use the file too.

    It stays open: opening one for each use, as files that are written seldom do, costs several
    times what keeping an arrival does.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._using = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        """Device and number of the open file: another may have been put in its place."""

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        """Return what a query finds; raise InboxError."""
        with self._used() as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection within a transaction; raise InboxError."""
        with self._used() as connection:
            # Taken before anything is read: one who reads first cannot wait for a writer.
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def tidy(self) -> None:
        """Let nothing that was deleted be in any file; raise InboxError."""
        with self._used() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        with self._using:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    @contextmanager
    def _used(self) -> Iterator[sqlite3.Connection]:
        with self._using:
            try:
                yield self._current()
            except (sqlite3.Error, OSError) as error:
                self.close()
                step = next_step(error) if isinstance(error, sqlite3.Error) else _PERMISSIONS
                raise InboxError(
                    f"{self.path}: what the Slack bot was told cannot be kept or read ({error}). "
                    f"{step}"
                ) from error

    def _current(self) -> sqlite3.Connection:
        if self._connection is not None and self._file == _identity(self.path):
            return self._connection
        self.close()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with opened(self.path, STEPS):
            self._file = _identity(self.path)
        connection = sqlite3.connect(
            self.path, timeout=_WAIT_S, check_same_thread=False, isolation_level=None
        )
        for statement in _PREPARING:
            connection.execute(statement)
        self._connection = connection
        return connection


_PERMISSIONS = "Correct the permissions of its folder, or free space on its disk"


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
