"""What killed processes left in a home and beside it, cleared away when the next one starts."""

from __future__ import annotations

import logging
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexingError
from index.home.faults.held_folder import clear_folders
from index.home.old_builds import collect_builds
from index.home.paths import Home

BACKUP = ".residency-backup-"
"""Beginning of the folder that a backup is made in, beside where it is to lie."""
FETCHING = ".fetch"
"""Suffix of the folder of a build that is being fetched, which the next fetch goes on with."""
REPLACED = "replaced"
"""File of the folder that a restored home is laid out in: the name under which the home that it is
to take the place of is kept."""
_PART_S = 600.0
"""Age of a file that was being written, from which on nobody can be writing it."""
_PARTS = (
    ("", "*.new"), ("questionnaires", "*/*.new"), ("fetched", ".*.part"),
    ("documents/uploads", ".*.part"),
)  # fmt: skip
_LOG = logging.getLogger(__name__)


def restoring(root: Path) -> str:
    """Return what the folder begins with that a restored home is laid out in, beside the home."""
    return f".{root.name}.restore-"


def kept_aside(root: Path) -> str:
    """Return what the name begins with under which a replaced home is kept."""
    return f"{root.name}.before-restore-"


def clear_left(home: Home) -> None:
    """Clear away what processes left that were killed; to be called at each start.

    A home that was moved aside by a restore that never came to its end is put back. What somebody
    works on is left, and so is all of a home that cannot be written.
    """
    try:
        clear_folders(home.root.parent, restoring(home.root), lambda one: _put_back(home.root, one))
        _clear_empty(home.root)
        _clear_backups(home)
        _clear_parts(home)
        if home.shared is None:
            clear_folders(home.models, ".")
        if _has_left_builds(home):
            _clear_locked(home)
    except OSError as error:
        _LOG.warning("%s: what killed processes left stays (%s)", home.root, error)


def clear_builds(home: Home, *, but: str = "") -> None:
    """Delete the folders of builds that never were finished, but for those with a suffix; whoever
    does has the home's lock.
    """
    for folder in home.builds.iterdir():
        if folder.name.startswith(".") and not (but and folder.suffix == but):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def noted_backup(home: Home, place: Path) -> Iterator[None]:
    """Note in the home where a backup is being made, for whoever clears away after a kill.

    A home that cannot be written notes nothing, and is backed up all the same.
    """
    note = home.unfinished / uuid.uuid4().hex
    try:
        home.unfinished.mkdir(exist_ok=True)
        note.write_text(str(place), encoding="utf-8")
    except OSError as error:
        _LOG.warning("%s: not noted where the backup is made (%s)", home.unfinished, error)
    try:
        yield
    finally:
        _forget(note)


def _put_back(root: Path, place: Path) -> None:
    """Put a home back that was moved aside for one that never took its place."""
    noted = place / REPLACED
    if root.exists() or not noted.is_file():
        return
    name = noted.read_text(encoding="utf-8").strip()
    before = root.with_name(Path(name).name)
    if name.startswith(kept_aside(root)) and before.is_dir():
        before.rename(root)
        _LOG.warning("%s: put back, as restoring a backup was interrupted", root)


def _clear_empty(root: Path) -> None:
    """Delete homes that were moved aside and hold nothing."""
    for before in root.parent.glob(f"{kept_aside(root)}*"):
        if before.is_dir() and not any(one for one in before.rglob("*") if not one.is_dir()):
            shutil.rmtree(before)


def _clear_backups(home: Home) -> None:
    if not home.unfinished.is_dir():
        return
    for note in home.unfinished.iterdir():
        place = Path(note.read_text(encoding="utf-8", errors="replace").strip())
        if not place.is_absolute():
            _forget(note)
            continue
        clear_folders(place, BACKUP)
        if not any(place.glob(f"{BACKUP}*")):
            _forget(note)


def _forget(note: Path) -> None:
    try:
        note.unlink(missing_ok=True)
        if not any(note.parent.iterdir()):
            note.parent.rmdir()
    except OSError as error:
        if note.parent.is_dir():
            _LOG.warning("%s: the note of a backup stays (%s)", note, error)


def _clear_parts(home: Home) -> None:
    latest = time.time() - _PART_S
    for folder, names in _PARTS:
        for path in (home.root / folder).glob(names):
            if path.is_file() and path.lstat().st_mtime < latest:
                path.unlink(missing_ok=True)


def _has_left_builds(home: Home) -> bool:
    if not home.builds.is_dir():
        return False
    names = [one.name for one in home.builds.iterdir() if one.suffix != FETCHING]
    return len(names) > 1 or any(one.startswith(".") for one in names)


def _clear_locked(home: Home) -> None:
    from filelock import FileLock, Timeout

    try:
        with FileLock(home.lock, timeout=0):
            clear_builds(home, but=FETCHING)
            collect_builds(home)
    except (Timeout, IndexingError):
        # Somebody builds, and clears away in the end; or there is no build to keep.
        return
