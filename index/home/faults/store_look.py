"""A look at a SQLite file of a home that changes nothing of what is kept in it."""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from index.home.faults.kinds import Fault, fault_kind, step

_LOG = logging.getLogger(__name__)
_WAIT_S = 1.0
_MOST_NAMED = 3
_LOST = "What it held, if anything, is in a backup alone"
_UNDECIDED = "Restore it from a backup, or delete the file to begin anew"


@dataclass(frozen=True, slots=True)
class StoreFile:
    """A SQLite file of a home."""

    name: str
    """What is kept there, in a word or two: "conversations"."""
    path: Path
    tables: frozenset[str]
    """Those that it has at its layout."""
    layout: int
    """Number of that layout, as `user_version` has it."""
    ahead: int = 0
    """How much newer the layout may be that a later version wrote."""
    otherwise: str = ""
    """What to do where it is damaged, when that is not the same as for every store."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a file."""

    kind: Fault
    cause: str
    next_step: str

    def told_of(self, path: Path) -> str:
        """Return the message that names the file."""
        return f"{path}: {self.kind.value} ({self.cause}). {self.next_step}"


def look_at(store: StoreFile, *, deep: bool) -> Flaw | None:
    """Return what is wrong with a store; None where it is whole, or nothing is kept yet.

    A short look reads its layout, its list of tables and its size; with `deep` every page is read,
    which takes as long as reading the file.
    """
    try:
        return _looked(store, deep)
    except OSError as error:
        kind = fault_kind(error)
        return Flaw(kind, error.strerror or str(error), step(kind))
    except sqlite3.Error as error:
        kind = fault_kind(error, store.path)
        return _flaw(store, kind, str(error))
    except UnicodeDecodeError:
        # What the engine says of a damaged list of tables repeats a name out of it as it stands.
        return _flaw(store, Fault.DAMAGED, "the names of its tables are no text")


def tell_if_emptied(path: Path) -> None:
    """Log that a store is begun anew which is there and holds nothing; to be called before that."""
    with suppress(OSError):
        if not path.stat().st_size:
            _LOG.warning("%s: it was empty and is begun anew. %s", path, _LOST)


def read_only_address(path: Path) -> str | None:
    """Return how SQLite opens a file of a folder in which nothing can be made; None where it can.

    A file with a log beside it has to be opened as any other: the log may hold what the file lacks.
    """
    if os.access(path.parent, os.W_OK | os.X_OK) or not path.exists():
        return None
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        return None
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _looked(store: StoreFile, deep: bool) -> Flaw | None:
    try:
        status = store.path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return _flaw(store, Fault.FOREIGN, "not a file")
    if not status.st_size:
        return Flaw(Fault.DAMAGED, "it is empty", store.otherwise or _UNDECIDED)
    # SQLite alone may open it. Whoever closes a file lets go of all locks that its process has on
    # it, those of connections too: another process would remove the log that they write to.
    with closing(_opened(store.path)) as database:
        return _structure(store, database) or (_pages(store, database) if deep else None)


def _opened(path: Path) -> sqlite3.Connection:
    address = read_only_address(path) or f"{path.absolute().as_uri()}?mode=rw"
    database = sqlite3.connect(address, uri=True, timeout=_WAIT_S)
    database.execute("PRAGMA query_only = ON")
    return database


def _structure(store: StoreFile, database: sqlite3.Connection) -> Flaw | None:
    """Compare layout, tables and size with what they should be."""
    layout = int(database.execute("PRAGMA user_version").fetchone()[0])
    found = {
        name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    if layout > store.layout + store.ahead:
        cause = f"it has layout {layout}, this version knows {store.layout}"
        newer = "A later version of the program wrote it: install that one, or restore a backup"
        return Flaw(Fault.FOREIGN, cause, newer)
    missing = sorted(store.tables - found) if layout == store.layout else ()
    if missing or (found and not found & store.tables):
        named = ", ".join(missing[:_MOST_NAMED]) or "its tables"
        return _flaw(store, Fault.FOREIGN, f"{named} missing in it")
    (pages,), (size,) = (
        database.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
    )
    return _cut(store, pages * size)


def _cut(store: StoreFile, expected: int) -> Flaw | None:
    log = store.path.with_name(store.path.name + "-wal")
    # What is in the log may not be in the file yet.
    if store.path.stat().st_size >= expected or (log.exists() and log.stat().st_size):
        return None
    return _flaw(store, Fault.DAMAGED, "it was cut short")


def _pages(store: StoreFile, database: sqlite3.Connection) -> Flaw | None:
    said = [str(row[0]) for row in database.execute("PRAGMA integrity_check(3)")]
    if said == ["ok"]:
        return _unreadable_text(store, database)
    return _flaw(store, Fault.DAMAGED, "; ".join(" ".join(one.split()) for one in said))


def _unreadable_text(store: StoreFile, database: sqlite3.Connection) -> Flaw | None:
    """Read every value: text that is no UTF-8 passes the engine's own check."""
    for table in sorted(store.tables):
        try:
            for _ in database.execute(f'SELECT * FROM "{table}"'):
                pass
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                continue
            return _flaw(store, Fault.DAMAGED, f"{table}: {error}")
    return None


def _flaw(store: StoreFile, kind: Fault, cause: str) -> Flaw:
    own = store.otherwise and kind in (Fault.DAMAGED, Fault.FOREIGN)
    return Flaw(kind, cause, store.otherwise if own else step(kind))
