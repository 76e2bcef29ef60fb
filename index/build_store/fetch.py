"""Fetches the build that a store says is current: every file verified, the pointer last."""

from __future__ import annotations

import logging
import shutil
import socket
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from index.build_store.followed import (
    Followed,
    manifest_sha256,
    note_followed,
    read_followed,
    replica_id,
)
from index.build_store.published import FILES, Pointer, Published, PublishedBuild, PublishedFile
from index.build_store.published import Report as HomeReport
from index.build_store.shared_uploads import bring_uploads
from index.errors import (
    BuildStoreUnusable,
    ForeignIndex,
    HomeUnusable,
    IndexingError,
    PublishedDamaged,
)
from index.home.faults.kinds import next_step
from index.home.faults.left_behind import FETCHING
from index.home.lease import LEASE, Lease
from index.home.manifest import FILE, FORMAT, Sum, read_manifest
from index.home.old_builds import collect_builds
from index.home.paths import Home, replace_text, sync_folder
from index.stores.vector_store import Server

_LOG = logging.getLogger(__name__)
_AGAIN = "Publish it again: `residency build publish --anew` where it was built"


class Outcome(StrEnum):
    """What fetching came to."""

    NOTHING = "nothing is published yet"
    HAD = "was there already"
    FETCHED = "fetched"


class Fetched(NamedTuple):
    """What fetching came to, and of which build."""

    outcome: Outcome
    build: str = ""
    """Its name in the store."""
    bytes: int = 0
    """That were taken from the store; the rest lay in the home."""


def fetch(
    home: Home,
    published: Published,
    server: Server | None,
    *,
    again: bool = False,
    progress: Callable[[str], None] = lambda message: None,
) -> Fetched:
    """Make the build that is current in a store that of a home, where the home has an older one.

    With `again` also where it had this one: its files may be damaged. Whoever calls has the lock
    of the home. Whatever fails or is killed, the home has the build before. Raises
    BuildStoreUnusable (PublishedDamaged, NewerBuild), ForeignIndex and HomeUnusable.
    """
    pointer = published.pointer()
    if pointer is None:
        return Fetched(Outcome.NOTHING)
    known = read_followed(home, published.where)
    if pointer.number <= known.number and not again and home.pointer.exists():
        return Fetched(Outcome.HAD, known.build)
    pointer = _readable(published, pointer, home)
    name = pointer.build
    build = published.build(name, pointer.sha256)
    _check_server(name, build, server, published.where)
    taken = 0
    on_its_way = _Fetch(home, published, name, build, progress)
    if again or manifest_sha256(home) != build.files[FILE].sha256:
        report(home, published, known.build, wants=name)
        try:
            taken = on_its_way.run()
        except OSError as error:
            raise HomeUnusable(
                f"{home.root}: the build {name} cannot be written ({error.strerror or error}). "
                "Free space or set RESIDENCY_HOME to another folder; the last index stays in place"
            ) from error
    taken += on_its_way.bring_uploads()
    note_followed(home, Followed(published.where, pointer.number, name))
    report(home, published, name)
    return Fetched(Outcome.FETCHED, name, taken)


def report(home: Home, published: Published, build: str, wants: str = "") -> None:
    """Tell the store what a home has, so that it is not collected; a store that takes no writing
    is named in the log.
    """
    try:
        said = HomeReport(build, wants, FORMAT, socket.gethostname())
        published.report(replica_id(home), said)
    except BuildStoreUnusable as error:
        _LOG.warning("what this home has cannot be reported: %s", error)


def _readable(published: Published, pointer: Pointer, home: Home) -> Pointer:
    """Return a pointer to a build that this version reads: the current one.

    Where that is of a later version and the home has no build, the latest that is readable.
    """
    if pointer.format == FORMAT:
        return pointer
    if pointer.format < FORMAT:
        raise ForeignIndex(
            f"{published.where}: an index of format {pointer.format} is published there, this "
            f"version reads {FORMAT}. Run `residency index` with this version where it is built"
        )
    newer = published.newer_format(pointer.format)
    if not _has_index(home):
        for number in sorted(published.pointers(), reverse=True):
            earlier = published.pointer_of(number)
            if earlier is not None and earlier.format == FORMAT:
                _LOG.warning("an earlier build is fetched: %s", newer)
                return earlier
    raise newer


def _has_index(home: Home) -> bool:
    try:
        read_manifest(home.current())
    except IndexingError:
        return False
    return True


def _check_server(name: str, build: PublishedBuild, server: Server | None, where: str) -> None:
    """Refuse a build whose vectors could not be reached."""
    own = server.shown if server else ""
    if build.server == own:
        return
    if build.server:
        raise ForeignIndex(
            f"{where}: the vectors of the build {name} are on {build.server}. Set "
            "RESIDENCY_CHROMA_URL to it"
        )
    raise ForeignIndex(
        f"{where}: the vectors of the build {name} are in it, not on {own}. Unset "
        "RESIDENCY_CHROMA_URL, or set it where the index is built"
    )


class _Fetch:
    """One build on its way into a home."""

    def __init__(
        self,
        home: Home,
        published: Published,
        name: str,
        build: PublishedBuild,
        progress: Callable[[str], None],
    ) -> None:
        self._home = home
        self._published = published
        self._name = name
        self._build = build
        self._progress = progress
        self._bytes = 0

    def run(self) -> int:
        """Bring it in and make it current; return how many bytes came from the store."""
        self._home.create()
        aside = self._home.builds / f".{self._name}{FETCHING}"
        self._clear_away(aside)
        self._expect_room(aside)
        self._progress(f"fetching the build {self._name} from {self._published.where}")
        self._bring_model()
        self._bring_files(aside)
        read_manifest(aside)
        (aside / LEASE).touch()
        sync_folder(aside)
        folder = self._home.free_build(self._name)
        aside.replace(folder)
        sync_folder(self._home.builds, deep=False)
        replace_text(self._home.pointer, folder.name + "\n")
        collect_builds(self._home)
        return self._bytes

    def bring_uploads(self) -> int:
        """Bring in what users handed over elsewhere; return how many bytes came from the store."""
        before = self._bytes
        try:
            bring_uploads(self._home, self._build.uploads, self._download)
        except OSError as error:
            raise HomeUnusable(
                f"{self._home.uploads}: what users handed over elsewhere cannot be written "
                f"({error.strerror or error}). {next_step(error)}"
            ) from error
        return self._bytes - before

    def _clear_away(self, aside: Path) -> None:
        """Delete what was begun of other builds; of this one, what is whole is used."""
        for left in self._home.builds.glob(f".*{FETCHING}"):
            if left != aside:
                shutil.rmtree(left, ignore_errors=True)
        for left in aside.rglob("*") if aside.is_dir() else ():
            if left.is_file() and left.relative_to(aside).as_posix() not in self._build.files:
                left.unlink()
        aside.mkdir(exist_ok=True)

    def _expect_room(self, aside: Path) -> None:
        lacking = sum(
            one.size
            for name, one in self._build.files.items()
            if not _has_size(aside / name, one.size)
        )
        free = shutil.disk_usage(self._home.root).free
        if lacking > free:
            raise HomeUnusable(
                f"{self._home.root}: {lacking / 2**20:,.0f} MB of the build {self._name} do "
                f"not fit on its disk with {free / 2**20:,.0f} MB free. Free space or set "
                "RESIDENCY_HOME to another disk; the last index stays in place"
            )

    def _bring_model(self) -> None:
        folder = self._home.models / self._build.encoder
        folder.mkdir(parents=True, exist_ok=True)
        for name, one in self._build.model.items():
            if _is(folder / name, one):
                continue
            part = folder / f".{name}{FETCHING}"
            self._download(one, part, name)
            part.replace(folder / name)
        sync_folder(folder)

    def _bring_files(self, aside: Path) -> None:
        lease, here = self._before()
        try:
            for name, one in self._build.files.items():
                target = aside / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if _is(target, one):
                    continue
                target.unlink(missing_ok=True)
                if not _taken_over(here.get(one.sha256), target, one):
                    self._download(one, target, name)
        finally:
            if lease is not None:
                lease.close()

    def _before(self) -> tuple[Lease | None, Mapping[str, Path]]:
        """Return the files of the build that the home has, by hash, and what keeps them there."""
        try:
            lease = Lease.of_current(self._home)
        except IndexingError:
            return None, {}
        try:
            files = read_manifest(lease.folder).files
        except IndexingError:
            return lease, {}
        return lease, {sums.sha256: lease.folder / name for name, sums in files.items()}

    def _download(self, one: PublishedFile, target: Path, name: str) -> None:
        if not self._published.objects.download(f"{FILES}/{one.sha256}", target):
            target.unlink(missing_ok=True)
            raise self._damaged(f"the build {self._name} is published by half: {name} is "
                                "missing")  # fmt: skip
        self._bytes += one.size
        if not _is(target, one):
            target.unlink(missing_ok=True)
            raise self._damaged(f"{name} of the build {self._name} has another checksum")

    def _damaged(self, cause: str) -> PublishedDamaged:
        return PublishedDamaged(self._published.where, cause, _AGAIN)


def _taken_over(path: Path | None, target: Path, expected: PublishedFile) -> bool:
    """Take a file of the build before; tell whether it is the one."""
    if path is None:
        return False
    try:
        # Builds are never written again, so that two may share a file.
        target.hardlink_to(path)
    except OSError:
        try:
            shutil.copyfile(path, target)
        except FileNotFoundError:
            return False
    if _is(target, expected):
        return True
    target.unlink(missing_ok=True)
    return False


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _is(path: Path, expected: PublishedFile) -> bool:
    return _has_size(path, expected.size) and Sum.of(path).sha256 == expected.sha256
