"""Conversations in SQLite, by owner; another owner's thread does not exist for you."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import ThreadError
from assistant.types import Answer, QuestionType, Turn
from index.store import NewerStore, opened


def _add_type(connection: sqlite3.Connection) -> None:
    """Add the type of a question; files of the time before steps were numbered may have it."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(turns)")}
    if "type" not in columns:
        connection.execute("ALTER TABLE turns ADD COLUMN type TEXT NOT NULL DEFAULT 'what'")


_STEPS = (
    """
    CREATE TABLE IF NOT EXISTS turns (
        owner TEXT NOT NULL, thread TEXT NOT NULL, position INTEGER NOT NULL,
        question TEXT NOT NULL, standalone TEXT NOT NULL, document TEXT NOT NULL,
        answer TEXT NOT NULL, PRIMARY KEY (owner, thread, position)
    ) WITHOUT ROWID
    """,
    _add_type,
)
"""Migrations; add to the end, change none."""
_REMEMBERED = 50
"""Turns of a thread that a question can lean on; older ones stay stored."""


class Threads:
    """The store of all conversations of a home folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def turns(self, owner: str, thread: str) -> tuple[Turn, ...]:
        """Return the latest turns of a thread in order; none for a thread that is not yours."""
        if not self._path.exists():
            return ()
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT question, standalone, document, type FROM turns "
                "WHERE owner = ? AND thread = ? "
                "ORDER BY position DESC LIMIT ?",
                (owner, thread, _REMEMBERED),
            ).fetchall()
        return tuple(
            Turn(question, standalone, document, QuestionType(kind))
            for question, standalone, document, kind in reversed(rows)
        )

    def add(self, owner: str, thread: str, turn: Turn, answer: Answer) -> None:
        """Append a turn with its answer."""
        stored = json.dumps(answer.to_json(), ensure_ascii=False)
        with self._connection() as connection:
            connection.execute(
                "INSERT INTO turns SELECT ?, ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ? "
                "FROM turns WHERE owner = ? AND thread = ?",
                (owner, thread, turn.question, turn.standalone, turn.document, stored,
                 turn.type.value, owner, thread),
            )  # fmt: skip

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with opened(self._path, _STEPS) as connection:
                yield connection
        except NewerStore as error:
            raise ThreadError(str(error)) from error
        except sqlite3.Error as error:
            raise ThreadError(
                f"{self._path}: the conversations cannot be used ({error}). "
                "Move the file away to begin anew, or restore it"
            ) from error
