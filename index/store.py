"""Small SQLite files of a home folder: numbered migrations, one transaction for one use."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_WAIT_S = 30

Step = str | Callable[[sqlite3.Connection], object]
"""A migration: statements, or what makes them."""


class NewerStore(sqlite3.DatabaseError):
    """A file that a later version of this program has written."""


@contextmanager
def opened(path: Path, steps: Sequence[Step]) -> Iterator[sqlite3.Connection]:
    """Yield a connection within a transaction, after the steps that the file has not seen.

    The number of the last step is kept in the file (`user_version`). A file of the time before
    steps were numbered counts as one that has seen none: the first steps must bear what is there.
    Raises sqlite3.Error when the file cannot be used.
    """
    connection = sqlite3.connect(path, timeout=_WAIT_S)
    try:
        _migrate(connection, path, steps)
        with connection:
            yield connection
    finally:
        connection.close()


def _migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> None:
    if _version(connection) == len(steps):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.isolation_level = None
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have taken the steps while this one waited.
        done = _version(connection)
        if done > len(steps):
            raise NewerStore(
                f"{path.name} has layout {done}, this version knows {len(steps)}: it was written "
                "by a later version of the program"
            )
        for step in steps[done:]:
            _take(connection, step)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    connection.isolation_level = "DEFERRED"


def _take(connection: sqlite3.Connection, step: Step) -> None:
    if callable(step):
        step(connection)
        return
    # executescript would commit the transaction that all steps share.
    for statement in filter(str.strip, step.split(";")):
        connection.execute(statement)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
