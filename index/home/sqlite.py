"""Small SQLite files of a home folder: numbered migrations, one transaction for one use."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.home.faults.kinds import Fault, fault_kind
from index.home.faults.store_look import read_only_address, tell_if_emptied
from index.home.paths import claim_private

_WAIT_S = 30
_PAUSE_S = 0.01

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
    tell_if_emptied(path)
    address = read_only_address(path)
    if address is None:
        # SQLite gives the files that it puts beside one the same mode.
        claim_private(path)
    connection = sqlite3.connect(address or path, timeout=_WAIT_S, uri=address is not None)
    try:
        _migrate(connection, path, steps)
        with connection:
            yield connection
    finally:
        connection.close()


def is_damaged(error: sqlite3.Error) -> bool:
    """Tell whether a file is no database any more; one that is locked or full is still one."""
    return fault_kind(error) is Fault.DAMAGED


def _migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> None:
    if _done(connection, path, steps) == len(steps):
        return
    write_ahead(connection)
    connection.isolation_level = None
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have taken the steps while this one waited.
        for step in steps[_done(connection, path, steps) :]:
            take(connection, step)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    connection.isolation_level = "DEFERRED"


def _done(connection: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> int:
    """Return how many steps the file has seen; raise NewerStore when it knows more."""
    done = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if done > len(steps):
        raise NewerStore(
            f"{path}: it has layout {done}, this version knows {len(steps)}. A later version of "
            "the program wrote it: install that one, or move the file away to begin anew"
        )
    return done


def write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work side by side; SQLite does not wait for others here itself."""
    ends = time.monotonic() + _WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if fault_kind(error) is not Fault.LOCKED or time.monotonic() > ends:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def take(connection: sqlite3.Connection, step: Step) -> None:
    """Take one step within the transaction that all of them share."""
    if callable(step):
        step(connection)
        return
    # executescript would commit the transaction that all steps share.
    for statement in filter(str.strip, step.split(";")):
        connection.execute(statement)
