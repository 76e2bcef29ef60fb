"""Publishes the current build of a home: files first, the pointer last."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from index.build_store.followed import Followed, note_followed
from index.build_store.one_writer import Turn
from index.build_store.published import (
    FILES,
    LAYOUT,
    Listed,
    Pointer,
    Published,
    PublishedBuild,
    PublishedFile,
)
from index.build_store.shared_uploads import note_shared, uploads_of
from index.errors import BuildLocked, DamagedIndex, PublishedDamaged
from index.home.faults.kinds import STORE_ERRORS
from index.home.lease import Lease
from index.home.manifest import FILE, FORMAT, Manifest, Sum, read_manifest
from index.home.paths import Home
from index.stores.open_vectors import NOTES


class Done(NamedTuple):
    """What publishing came to."""

    name: str
    """Of the build in the store."""
    files: int
    """That were written; none where the store had the build."""
    bytes: int


@dataclass(slots=True)
class _Gathered:
    """The files of a build, and where each is read from."""

    files: dict[str, PublishedFile] = field(default_factory=dict)
    model: dict[str, PublishedFile] = field(default_factory=dict)
    uploads: dict[str, PublishedFile] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    """By hash."""

    def add(self, name: str, path: Path, sums: Sum) -> None:
        """Take in a file of the build."""
        self.files[name] = self._known(path, sums)

    def add_model(self, name: str, path: Path) -> None:
        """Take in a file of the encoder."""
        self.model[name] = self._known(path, Sum.of(path))

    def add_upload(self, name: str, path: Path) -> None:
        """Take in what a user handed over."""
        self.uploads[name] = self._known(path, Sum.of(path))

    def _known(self, path: Path, sums: Sum) -> PublishedFile:
        self.paths[sums.sha256] = path
        return PublishedFile(sums.size, sums.sha256)


def publish(
    home: Home,
    published: Published,
    turn: Turn,
    *,
    anew: bool = False,
    progress: Callable[[str], None] = lambda message: None,
) -> Done:
    """Publish the current build of a home, and note that the home has it.

    What the store has already is not written again, but with `anew`. Whoever calls has the lock of
    the home. Raises MissingIndex, DamagedIndex, ForeignIndex, BuildLocked and BuildStoreUnusable.
    """
    with closing(Lease.of_current(home)) as lease, _gathered(home, lease.folder) as gathered:
        manifest = read_manifest(lease.folder)
        before = _before(published)
        if before is not None and before.format > FORMAT:
            raise published.newer_format(before.format)
        if before is not None and not anew and _has(published, before, gathered):
            note_followed(home, Followed(published.where, before.number, before.build, own=True))
            note_shared(home, gathered.uploads)
            return Done(before.build, 0, 0)
        build = _build(gathered, manifest)
        files, size = _written(published, build, gathered.paths, anew=anew, progress=progress)
        turn.check()
        pointer = _pointer(published.add(build), max(published.pointers(), default=0) + 1)
        if before is not None and pointer.number != before.number + 1:
            raise _overtaken(published)
        turn.check()
        if not published.point(pointer):
            raise _overtaken(published)
        note_followed(home, Followed(published.where, pointer.number, pointer.build, own=True))
        note_shared(home, gathered.uploads)
    return Done(pointer.build, files, size)


def _has(published: Published, pointer: Pointer, gathered: _Gathered) -> bool:
    """Tell whether the build is what is current in the store, with all of its files."""
    try:
        known = published.build(pointer.build, pointer.sha256)
        same = known.files[FILE] == gathered.files[FILE] and known.uploads == gathered.uploads
        return same and not published.missing(known)
    except PublishedDamaged:
        return False


def _build(gathered: _Gathered, manifest: Manifest) -> PublishedBuild:
    return PublishedBuild(
        LAYOUT, manifest.format, manifest.id, manifest.server, manifest.collections,
        manifest.encoder.sha256[:16], gathered.files, gathered.model, gathered.uploads,
    )  # fmt: skip


def _before(published: Published) -> Pointer | None:
    """Return what is current; None where nothing is, or what says so is damaged."""
    try:
        return published.pointer()
    except PublishedDamaged:
        return None


def _overtaken(published: Published) -> BuildLocked:
    return BuildLocked(
        f"{published.where}: another builder has published meanwhile. Try again: what was built "
        "stays in this home"
    )


def _pointer(listed: Listed, number: int) -> Pointer:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Pointer(
        LAYOUT, number, listed.name, FORMAT, listed.sha256, now, socket.gethostname(), _program()
    )


def _written(
    published: Published,
    build: PublishedBuild,
    paths: Mapping[str, Path],
    *,
    anew: bool,
    progress: Callable[[str], None],
) -> tuple[int, int]:
    """Write the files that the store lacks; return how many, and their bytes."""
    there = {} if anew else published.files()
    wanted = {one.sha256: one.size for one in build.parts()}
    lacking = {
        sha256: size
        for sha256, size in wanted.items()
        if sha256 not in there or there[sha256].size != size
    }
    if lacking:
        total = sum(lacking.values()) / 2**20
        progress(f"publishing {len(lacking)} files, {total:.1f} MB, to {published.where}")
    for sha256 in lacking:
        published.objects.upload(paths[sha256], f"{FILES}/{sha256}")
    missing = published.missing(build)
    if missing:
        raise PublishedDamaged(
            published.where, f"{', '.join(missing)}: written, and not there", "Try again"
        )
    return len(lacking), sum(lacking.values())


@contextmanager
def _gathered(home: Home, folder: Path) -> Iterator[_Gathered]:
    """Yield the files of a build; what reading changes is copied as it is at one moment."""
    manifest = read_manifest(folder)
    changed = manifest.changed_files(folder, home.models)
    if changed:
        raise DamagedIndex(
            f"{folder}: {', '.join(changed)} missing or changed. Run `residency index`"
        )
    found = _Gathered()
    stage = Path(tempfile.mkdtemp(prefix=".publish.", dir=home.builds))
    try:
        for name, sums in manifest.files.items():
            found.add(name, folder / name, sums)
        found.add(FILE, folder / FILE, Sum.of(folder / FILE))
        for path in sorted(folder.rglob(NOTES)):
            copy = _copied(path, stage)
            found.add(path.relative_to(folder).as_posix(), copy, Sum.of(copy))
        encoder = home.models / manifest.encoder.sha256[:16]
        for path in sorted(encoder.iterdir()):
            found.add_model(path.name, path)
        for name, path in uploads_of(home).items():
            # Somebody may replace it or take it away while it is published.
            found.add_upload(name, Path(shutil.copy(path, stage / name)))
        yield found
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _copied(path: Path, stage: Path) -> Path:
    copy = stage / path.name
    try:
        with (
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except STORE_ERRORS as error:
        raise DamagedIndex(f"{path}: cannot be copied ({error}). Run `residency index`") from error
    return copy


def _program() -> str:
    try:
        return version("residency-assistant")
    except PackageNotFoundError:
        return "unknown"
