"""Keeps a home in one file, and brings it back whole or not at all.

What is packed is what cannot be made again, and the current build so that answers are at hand.
Restoring changes nothing before every byte is checked: the new home is laid out aside, on the
same file system, and takes the place of the old one, which is kept, by renaming whole folders.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath

from index.errors import BackupError, BuildLocked, ForeignIndex, IndexingError, MissingIndex
from index.home.added_sources import Registry
from index.home.faults.held_folder import clear_folders, held_folder
from index.home.faults.kinds import STORE_ERRORS, Fault, fault_kind, next_step
from index.home.faults.left_behind import (
    BACKUP,
    REPLACED,
    clear_left,
    kept_aside,
    noted_backup,
    restoring,
)
from index.home.faults.store_look import read_only_address
from index.home.lease import LEASE, Lease
from index.home.manifest import FILE, Sum, read_manifest
from index.home.paths import OWN_FILE, Home, make_private, replace_text, sync_folder
from index.stores.open_vectors import NOTES
from index.upkeep.archive import Contents, Expected, Item, pack, unpack

_LOCK_WAIT_S = 1.0
_STORES = "*.sqlite"
_OF_STORES = (".sqlite-wal", ".sqlite-shm")
"""What a store that is in use keeps beside it; a copy of the store has it in itself."""
_TRIES = 3
"""How often a document is read that changes meanwhile."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A home that was packed or brought back."""

    path: Path
    """The file."""
    files: int
    bytes: int
    """Of the files, before they are packed."""
    build: str
    """Id of the index; empty where there was none."""
    notes: tuple[str, ...] = ()
    """What is not in it, and what to do about that."""
    missing: tuple[str, ...] = ()
    """Sources that are not on this machine: the next build of the index would drop them."""
    replaced: Path | None = None
    """Where the home that was there before lies now."""


def default_name() -> str:
    """Return the name of a backup that is made now."""
    return f"residency-backup-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.gz"


def backup(root: Path, target: Path, *, embedded: bool = False) -> Backup:
    """Pack a home into a new file; others may ask, write and build meanwhile.

    `embedded` takes in the vectors of texts that were embedded before, which save time and
    nothing else. Raises BackupError, or what keeps the index from being read.
    """
    home, target = Home(root.absolute()), target.absolute()
    _check_target(home, target)
    try:
        clear_left(home)
        clear_folders(target.parent, BACKUP)
        with (
            noted_backup(home, target.parent),
            held_folder(target.parent, BACKUP) as place,
        ):
            (stage := place / "stage").mkdir()
            with _Gathered.of(home, stage, embedded=embedded) as gathered:
                contents = gathered.contents(home)
                pack(place / target.name, contents, gathered.items)
            _put(place / target.name, target)
    except OSError as error:
        raise BackupError(
            f"{target}: the backup cannot be made ({_cause(error)}). {next_step(error)}, or give "
            "another path"
        ) from error
    size = sum(item.expected.size for item in gathered.items)
    return Backup(target, len(gathered.items), size, contents.build, _told(contents))


def restore(archive: Path, root: Path, *, replace: bool = False) -> Backup:
    """Bring a home back; with `replace` in the place of one that is moved aside.

    Interrupted, the home is what it was or what the backup holds; killed in the moment between two
    renames, it lies whole beside its place as `<home>.before-restore-<n>`, and whatever starts next
    puts it back. Raises BackupError, and
    BuildLocked while the index of the home is being built.
    """
    home = Home(root.resolve())
    try:
        home.root.parent.mkdir(parents=True, exist_ok=True)
        clear_left(home)
        with _locked(home):
            if not replace and _has_files(home):
                raise BackupError(
                    f"{home.root}: it has files already. Use `--replace`, which moves them aside, "
                    "or set RESIDENCY_HOME to another folder"
                )
            contents, notes, before = _restored(archive, home)
            if before is not None and not _has_files(Home(before)):
                shutil.rmtree(before, ignore_errors=True)
                before = None
    except OSError as error:
        raise BackupError(
            f"{home.root}: the backup cannot be restored there ({_cause(error)}). "
            f"{next_step(error)}, or set RESIDENCY_HOME to another folder"
        ) from error
    missing = tuple(
        source.location for source in Registry(home.registry).sources() if not source.path.exists()
    )
    return Backup(
        archive, len(contents.members), contents.size, contents.build, notes, missing,
        before,
    )  # fmt: skip


@dataclass(slots=True)
class _Gathered:
    """What goes into a backup, with copies of all that others may write to meanwhile."""

    stage: Path
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    build: str = ""
    server: str = ""

    @classmethod
    @contextmanager
    def of(cls, home: Home, stage: Path, *, embedded: bool) -> Iterator[_Gathered]:
        """Yield what there is of a home; its current build is held meanwhile."""
        gathered = cls(stage)
        gathered._add_stores(home, embedded=embedded)
        for folder in (home.documents, home.fetched, home.questionnaires):
            gathered._add_folder(folder, home)
        try:
            lease = Lease.of_current(home)
        except MissingIndex:
            gathered._expect_some(home)
            yield gathered
            return
        with closing(lease):
            gathered._add_build(home, lease.folder)
            yield gathered

    def contents(self, home: Home) -> Contents:
        """Return what the backup says of itself."""
        return Contents(
            _program(), datetime.now(UTC).isoformat(timespec="seconds"), str(home.root),
            self.build, self.server, tuple(self.notes),
        )  # fmt: skip

    def _expect_some(self, home: Home) -> None:
        if not self.items:
            raise BackupError(
                f"{home.root}: nothing to keep, neither index nor conversations nor documents. "
                "Set RESIDENCY_HOME to your home folder"
            )

    def _add_stores(self, home: Home, *, embedded: bool) -> None:
        for path in sorted(home.root.glob(_STORES)):
            if path.is_file() and (embedded or path != home.embedded):
                self._add_store(path, path.name)

    def _add_folder(self, folder: Path, home: Home) -> None:
        """Add every file below a folder; a link to a file counts as the file."""
        for place, folders, names in os.walk(folder, onerror=_refuse):
            here = Path(place)
            for path in sorted(here / name for name in (*folders, *names)):
                name = path.relative_to(home.root).as_posix()
                if path.is_symlink() and not path.is_file():
                    self.notes.append(f"{name} is not in it: a link to {_aim(path)}")
                elif path.match(_STORES):
                    self._add_store(path, name)
                elif path.is_file() and not path.name.endswith(_OF_STORES):
                    self._add_copy(path, name)
                elif not path.is_dir():
                    self.notes.append(f"{name} is not in it: not a file")

    def _add_build(self, home: Home, folder: Path) -> None:
        manifest = read_manifest(folder)
        changed = manifest.changed_files(folder, home.models)
        if changed:
            raise BackupError(
                f"{folder}: {', '.join(changed)} missing or changed. Run `residency index`, then "
                "try again"
            )
        self.build, self.server = manifest.id, manifest.server
        inside = PurePosixPath(home.builds.name, folder.name)
        for name, sums in manifest.files.items():
            self._add(folder / name, str(inside / name), sums)
        for name in (FILE, LEASE):
            self._add_copy(folder / name, str(inside / name))
        for path in sorted(folder.rglob(NOTES)):
            self._add_store(path, str(inside / path.relative_to(folder).as_posix()))
        self._add_encoder(home, manifest.encoder.sha256[:16])
        pointer = self.stage / home.pointer.name
        pointer.write_text(folder.name + "\n", encoding="utf-8")
        self._add(pointer, home.pointer.name, Sum.of(pointer))

    def _add_encoder(self, home: Home, name: str) -> None:
        for path in sorted((home.models / name).iterdir()):
            self._add(path, f"{home.models.name}/{name}/{path.name}", Sum.of(path))

    def _add_store(self, path: Path, name: str) -> None:
        """Add a database as it is at one moment, whoever writes to it."""
        copy = self._place(name)
        try:
            address = read_only_address(path) or f"{path.as_uri()}?mode=rw"
            with (
                closing(sqlite3.connect(address, uri=True)) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
        except STORE_ERRORS as error:
            full = fault_kind(error) is Fault.FULL
            raise BackupError(
                f"{copy if full else path}: cannot be {'written' if full else 'copied'} ({error}). "
                f"{next_step(error, path)}, then try again"
            ) from error
        shutil.copystat(path, copy)
        self._add(copy, name, Sum.of(copy))

    def _add_copy(self, path: Path, name: str) -> None:
        """Add a file that somebody may write to."""
        copy = self._place(name)
        for _ in range(_TRIES):
            before = _stamp(path)
            shutil.copy2(path, copy)
            if _stamp(path) == before:
                self._add(copy, name, Sum.of(copy))
                return
        raise BackupError(f"{path}: it is being changed. Try again when it is written")

    def _add(self, path: Path, name: str, sums: Sum) -> None:
        status = path.stat()
        expected = Expected(sums.size, sums.sha256)
        mode = stat.S_IMODE(status.st_mode)
        self.items.append(Item(name, path, expected, mode, status.st_mtime))

    def _place(self, name: str) -> Path:
        place = self.stage / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


def _check_target(home: Home, target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise BackupError(f"{target}: already there. Give another name or move it away")
    if not target.parent.is_dir():
        raise BackupError(f"{target.parent}: no such folder. Make it or give another path")
    if not home.root.is_dir():
        raise BackupError(f"{home.root}: no such home folder. Correct RESIDENCY_HOME")
    place = target.parent.resolve()
    for folder in (home.builds, home.models, home.documents, home.fetched, home.questionnaires):
        if place.is_relative_to(folder.resolve()):
            raise BackupError(
                f"{target}: within {folder}, which is packed or cleared itself. Give a path "
                "outside of it"
            )


def _put(finished: Path, target: Path) -> None:
    """Give a finished file its name, which must be free still."""
    try:
        # Unlike a rename, a link never takes the place of a file.
        target.hardlink_to(finished)
    except FileExistsError:
        raise BackupError(f"{target}: already there. Give another name or move it away") from None
    except OSError:
        # A file system without such links.
        _check_still_free(target)
        finished.replace(target)
    sync_folder(target.parent, deep=False)


def _check_still_free(target: Path) -> None:
    if target.exists():
        raise BackupError(f"{target}: already there. Give another name or move it away")


@contextmanager
def _locked(home: Home) -> Iterator[None]:
    """Keep builders out of a home that is there."""
    from filelock import FileLock, Timeout

    if not home.root.exists():
        yield
        return
    try:
        lock = FileLock(home.lock, timeout=_LOCK_WAIT_S, mode=OWN_FILE)
        lock.acquire()
    except Timeout:
        raise BuildLocked(
            f"{home.lock}: another process is building the index. Wait for it, then try again"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _has_files(home: Home) -> bool:
    """Tell whether a home holds more than empty folders."""
    return any(
        path != home.lock and (path.is_symlink() or not path.is_dir())
        for path in home.root.rglob("*")
    )


def _restored(archive: Path, home: Home) -> tuple[Contents, tuple[str, ...], Path | None]:
    """Lay the new home out aside, then let it take its place; return where the old one went."""
    parent = home.root.parent
    with held_folder(parent, restoring(home.root)) as place:
        aside = Home(place / home.root.name)
        make_private(aside.root)
        if home.root.is_dir():
            shutil.copymode(home.root, aside.root)
        contents = unpack(archive, aside.root, partial(_allow, archive, home))
        for folder in filter(Path.is_dir, aside.root.iterdir()):
            folder.chmod(0o700)
        notes = (*_told(contents), *_settled(archive, contents, aside, home))
        sync_folder(aside.root)
        before = _swapped(aside.root, home.root, place / REPLACED)
        sync_folder(parent, deep=False)
    return contents, notes, before


def _allow(archive: Path, home: Home, contents: Contents) -> None:
    """Refuse what does not belong into a home, and what does not fit on its disk."""
    own = (home.documents, home.fetched, home.questionnaires, home.builds, home.models)
    folders = {folder.name for folder in own}
    for name in contents.members:
        path = PurePosixPath(name)
        if len(path.parts) > 1:
            belongs = path.parts[0] in folders
        else:
            belongs = name == home.pointer.name or path.match(_STORES)
        if not belongs:
            raise BackupError(f"{archive}: {name!r} in it is no file of a home. Correct the path")
    free = shutil.disk_usage(home.root.parent).free
    if contents.size > free:
        raise BackupError(
            f"{home.root}: {contents.size / 2**20:,.0f} MB do not fit on its disk with "
            f"{free / 2**20:,.0f} MB free. Free space or set RESIDENCY_HOME to another disk"
        )


def _settled(archive: Path, contents: Contents, aside: Home, home: Home) -> Iterator[str]:
    """Make the files fit the place that they get; yield what is left to do."""
    aside.create()
    try:
        Registry(aside.registry).follow(Path(contents.home), home.root)
        if contents.build:
            read_manifest(aside.current())
    except ForeignIndex:
        yield "its index is one of another version. Run `residency index`"
    except IndexingError as error:
        raise BackupError(f"{archive}: what is in it cannot be used: {error}") from error
    if contents.server:
        # Its collections may be gone, or another home's: a new build makes its own.
        aside.pointer.unlink(missing_ok=True)


def _swapped(aside: Path, root: Path, noted: Path) -> Path | None:
    """Put a folder in the place of another; return where that went, which is noted first."""
    if not root.exists():
        aside.replace(root)
        return None
    before = _free_name(root)
    replace_text(noted, before.name)
    try:
        root.replace(before)
        aside.replace(root)
    except BaseException:
        if before.exists() and not root.exists():
            before.replace(root)
        raise
    return before


def _free_name(root: Path) -> Path:
    number = 1
    while (path := root.with_name(f"{kept_aside(root)}{number}")).exists():
        number += 1
    return path


def _told(contents: Contents) -> tuple[str, ...]:
    """Return what the user should know of a backup."""
    notes = contents.notes
    if not contents.build:
        notes += ("no index is in it: a restored home needs `residency index`",)
    if contents.server:
        notes += (
            f"its vectors are on {contents.server} and not in it: a restored home needs "
            "`residency index`",
        )
    return notes


def _stamp(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino


def _aim(link: Path) -> str:
    """Return what a link points to, in words."""
    return "a folder, which is kept where it is" if link.is_dir() else "nothing"


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _cause(error: OSError) -> str:
    named = f"{error.filename}: " if error.filename else ""
    return f"{named}{error.strerror or error}"


def _program() -> str:
    try:
        return version("residency-assistant")
    except PackageNotFoundError:
        return "unknown"
