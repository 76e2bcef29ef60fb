"""What the language model costs, by day, and what it replied, by what it was asked.

A reply is found again by the hash of model, prompts, evidence and question, so a reply to other
evidence or under other prompts is never taken for this one.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from assistant.errors import LedgerError
from assistant.model.chat_model import Usage
from index.home.sqlite import NewerStore, opened

_STEPS = (
    """
    CREATE TABLE IF NOT EXISTS usage (
        day TEXT PRIMARY KEY, calls INTEGER NOT NULL, prompt INTEGER NOT NULL,
        completion INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS replies (
        key TEXT PRIMARY KEY, text TEXT NOT NULL, day TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)
"""Migrations; add to the end, change none."""
_KEPT_DAYS = 30
"""Days for which replies are kept."""


class Ledger:
    """The usage and the replies of a home folder; safe to share between threads and processes."""

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        self._path = path
        self._today = today

    def spent_today(self) -> int:
        """Return the tokens of today, in both directions."""
        with self._connection() as connection:
            row = connection.execute(
                "SELECT prompt + completion FROM usage WHERE day = ?", (self._day(),)
            ).fetchone()
        return int(row[0]) if row else 0

    def spend(self, usage: Usage) -> None:
        """Add a call to today's."""
        with self._connection() as connection:
            connection.execute(
                "INSERT INTO usage VALUES (?, 1, ?, ?) ON CONFLICT (day) DO UPDATE SET "
                "calls = calls + 1, prompt = prompt + excluded.prompt, "
                "completion = completion + excluded.completion",
                (self._day(), usage.prompt, usage.completion),
            )

    def days(self) -> tuple[tuple[str, int, int, int], ...]:
        """Return day, calls, prompt tokens and completion tokens, latest first."""
        with self._connection() as connection:
            rows = connection.execute("SELECT * FROM usage ORDER BY day DESC").fetchall()
        return tuple(rows)

    def reply(self, key: str) -> str | None:
        """Return the reply that was kept under a key."""
        with self._connection() as connection:
            row = connection.execute("SELECT text FROM replies WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def keep(self, key: str, text: str) -> None:
        """Keep a whole reply; those of long ago go."""
        with self._connection() as connection:
            connection.execute(
                "DELETE FROM replies WHERE julianday(?) - julianday(day) > ?",
                (self._day(), _KEPT_DAYS),
            )
            connection.execute(
                "INSERT OR REPLACE INTO replies VALUES (?, ?, ?)", (key, text, self._day())
            )

    def _day(self) -> str:
        return self._today().isoformat()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with opened(self._path, _STEPS) as connection:
                yield connection
        except NewerStore as error:
            raise LedgerError(str(error)) from error
        except sqlite3.Error as error:
            raise LedgerError(
                f"{self._path}: the record of the language model's use cannot be used ({error}). "
                "Move the file away to begin anew"
            ) from error


def key_of(*parts: str) -> str:
    """Return the hash that a reply is kept under."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
