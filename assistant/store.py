"""Small SQLite files of a home folder: opened for one use, safe between processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT_S = 10


@contextmanager
def opened(
    path: Path, prepare: Callable[[sqlite3.Connection], object]
) -> Iterator[sqlite3.Connection]:
    """Yield a connection within a transaction, after `prepare` has seen to the tables.

    Raises sqlite3.Error when the file cannot be used.
    """
    connection = sqlite3.connect(path, timeout=_WAIT_S)
    try:
        with connection:
            connection.execute("PRAGMA journal_mode = WAL")
            prepare(connection)
        with connection:
            yield connection
    finally:
        connection.close()
