"""Folders for a while: gone at the end, and told from those of a process that was killed.

Whoever works in one holds a lock of the system on the folder itself, which ends with the process.
Where there are no such locks (Windows) nobody can tell, and what was left stays.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_LOG = logging.getLogger(__name__)
_TRIES = 20


@contextmanager
def held_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Yield a new folder for this process alone, which is deleted in the end. Raises OSError."""
    folder, descriptor = _made(parent, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _close(descriptor)


def clear_folders(
    parent: Path, prefix: str, before: Callable[[Path], None] = lambda folder: None
) -> None:
    """Delete the folders of that prefix whose processes were killed; `before` sees each first.

    What another user made, or somebody holds, is left.
    """
    try:
        found = [one for one in parent.iterdir() if one.name.startswith(prefix)]
    except OSError:
        return
    for folder in sorted(found):
        descriptor = _left(folder)
        if descriptor is None:
            continue
        try:
            before(folder)
            shutil.rmtree(folder)
        except OSError as error:
            _LOG.warning("%s: left by a killed process, and stays (%s)", folder, error)
        finally:
            _close(descriptor)


def _made(parent: Path, prefix: str) -> tuple[Path, int | None]:
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        if os.name == "nt":
            return folder, None
        descriptor = _locked(folder)
        # Somebody who clears away may have seen it before it was locked.
        if descriptor is not None:
            return folder, descriptor
    raise BlockingIOError(f"{parent}: a folder cannot be held there")


def _locked(folder: Path) -> int | None:
    """Return an open descriptor of a folder that nobody else holds, and that is still there."""
    import fcntl

    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), folder.lstat()):
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None


def _left(folder: Path) -> int | None:
    """Return a lock on a folder that was left; None where it was not, or cannot be told."""
    if os.name == "nt":
        return None
    try:
        status = folder.lstat()
    except OSError:
        return None
    own = status.st_uid == os.geteuid()
    return _locked(folder) if own and stat.S_ISDIR(status.st_mode) else None


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)
