"""Ways in which a file cannot be used, told apart, each with what its user can do about it."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

_PRIMARY = 0xFF
"""Of SQLite's error codes, the part that tells the kind."""


class Fault(StrEnum):
    """Why a file cannot be used."""

    DAMAGED = "damaged"
    FOREIGN = "another file"
    """It is whole, and not what stands there."""
    FULL = "disk full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    """Its permissions, or those of its folder, keep this process out."""
    MISSING = "missing"
    FAILING = "disk fails"
    OTHER = "unusable"


PERMISSIONS = "Correct the permissions of the file and its folder"
_STEPS: Mapping[Fault, str] = {
    Fault.DAMAGED: "Move the file away to begin anew, or restore it from a backup",
    Fault.FOREIGN: "Move the file away to begin anew, or restore it from a backup",
    Fault.FULL: "Free space on its disk",
    Fault.READ_ONLY: f"{PERMISSIONS}, or make the disk writable",
    Fault.LOCKED: "Another program holds it: end that one, or try again later",
    Fault.UNREADABLE: PERMISSIONS,
    Fault.MISSING: "See that its folder is there, or restore it from a backup",
    Fault.FAILING: "Check its disk and the space there",
    Fault.OTHER: "Try again; `residency doctor` looks at every file of the home",
}
_SQLITE = {
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    # No such table or column, and text that is none: whole as SQLite sees it.
    sqlite3.SQLITE_ERROR: Fault.FOREIGN,
    sqlite3.SQLITE_MISMATCH: Fault.FOREIGN,
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Fault.UNREADABLE,
    sqlite3.SQLITE_PERM: Fault.UNREADABLE,
    sqlite3.SQLITE_AUTH: Fault.UNREADABLE,
    sqlite3.SQLITE_BUSY: Fault.LOCKED,
    sqlite3.SQLITE_LOCKED: Fault.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Fault.LOCKED,
    sqlite3.SQLITE_IOERR: Fault.FAILING,
}
_SYSTEM = {
    errno.ENOSPC: Fault.FULL,
    errno.EDQUOT: Fault.FULL,
    errno.EROFS: Fault.READ_ONLY,
    errno.EACCES: Fault.UNREADABLE,
    errno.EPERM: Fault.UNREADABLE,
    errno.ENOENT: Fault.MISSING,
    errno.EIO: Fault.FAILING,
    errno.EAGAIN: Fault.LOCKED,
    errno.EBUSY: Fault.LOCKED,
    errno.EISDIR: Fault.FOREIGN,
    errno.EEXIST: Fault.FOREIGN,
    errno.ENOTDIR: Fault.FOREIGN,
}


STORE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What is raised of a store that cannot be read: the second where what SQLite says of a damaged one
repeats bytes out of it that are no text."""


def fault_kind(error: BaseException, path: Path | None = None) -> Fault:
    """Return what an error of SQLite or of the system says of a file.

    With its path it is looked at, where the error alone leaves it open. An error that SQLite gave
    no code is Python's own, of a value that is not what its column holds.
    """
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0, Fault.OTHER)
    if isinstance(error, UnicodeDecodeError):
        return Fault.DAMAGED
    if not isinstance(error, sqlite3.Error):
        return Fault.OTHER
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return Fault.FOREIGN if "decode" in str(error).lower() else Fault.OTHER
    kind = _SQLITE.get(code & _PRIMARY, Fault.OTHER)
    return _looked_at(path) or kind if path and kind is Fault.UNREADABLE else kind


def step(fault: Fault) -> str:
    """Return what can be done about a fault, without a full stop."""
    return _STEPS[fault]


def next_step(error: BaseException, path: Path | None = None) -> str:
    """Return what can be done about an error of SQLite or of the system."""
    return step(fault_kind(error, path))


def _looked_at(path: Path) -> Fault | None:
    """Return why a file cannot be opened, as far as its folder shows it."""
    try:
        there = path.exists()
    except OSError:
        return Fault.UNREADABLE
    if there and not path.is_file():
        return Fault.FOREIGN
    if there:
        return None if not os.access(path, os.R_OK) else _of_folder(path.parent)
    return Fault.MISSING if not path.parent.is_dir() else _of_folder(path.parent)


def _of_folder(folder: Path) -> Fault | None:
    return None if os.access(folder, os.W_OK | os.X_OK) else Fault.READ_ONLY
