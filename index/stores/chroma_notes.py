"""The database in which Chroma's embedded engine keeps what collections there are.

The engine is not prepared for one that is damaged: it ends the process where SQLite's complaint
repeats bytes that are no text, and panics over columns of another type. What it reads of the
database when it opens one is therefore read here first (docs/decisions/0047).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from index.home.faults.kinds import STORE_ERRORS, Fault, fault_kind

NOTES = "chroma.sqlite3"
"""File of a folder in which the engine keeps what collections there are."""
_READ = ("migrations", "tenants", "databases", "collections", "segments", "max_seq_id")
"""Tables that the engine reads whole, or looks a collection up in."""
_FREE_SHARE = 0.5
"""Share of pages without content from which on a database is written anew without them."""
_WAIT_S = 5


def require_readable(folder: Path) -> None:
    """Raise the error of `STORE_ERRORS` that the database of a folder is damaged by.

    One that is locked, or that a killed process left to be rolled back, is the engine's to open.
    """
    address = f"{(folder / NOTES).absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_S)) as database:
            database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            for table in _READ:
                database.execute(f"SELECT * FROM {table}").fetchall()
    except STORE_ERRORS as error:
        if fault_kind(error) in (Fault.DAMAGED, Fault.FOREIGN, Fault.OTHER):
            raise


def give_space_back(folder: Path) -> None:
    """Write the database without the pages that nothing is on any more.

    Vectors pass through it on their way to the graph, and the file keeps that size: nine tenths
    of it are empty after a build. One that somebody else holds stays as it is.
    """
    with (
        suppress(sqlite3.OperationalError),
        closing(sqlite3.connect(folder / NOTES, timeout=_WAIT_S)) as database,
    ):
        pages = int(database.execute("PRAGMA page_count").fetchone()[0])
        free = int(database.execute("PRAGMA freelist_count").fetchone()[0])
        if free > _FREE_SHARE * pages:
            database.execute("VACUUM")
