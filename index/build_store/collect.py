"""Deletes from a store what no home has needed for a while, and never what is current.

Homes that fetch report what they have as objects of the store: these are there without a database,
need no right that fetching does not, and are gone with what they speak of.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from index.build_store.object_store import Stored
from index.build_store.one_writer import Turn
from index.build_store.published import FILES, Pointer, Published, PublishedBuild, Report
from index.errors import PublishedDamaged, VectorsAway
from index.stores import open_vectors
from index.stores.vector_store import Server

_LOG = logging.getLogger(__name__)
AFTER_S = 24 * 60 * 60.0
"""Seconds for which a build stays that no home has reported."""


class Listing(NamedTuple):
    """A build of a store, for those who look after it."""

    name: str
    build: PublishedBuild | None
    """None where its list of files is damaged, so that nobody can fetch it."""
    pointer: Pointer | None
    """Its latest one; None where it was published by half."""
    current: bool
    homes: tuple[Report, ...]
    """That have it or want it, by what they reported lately."""
    since: float
    """When it stopped being current, or was written if it never was; seconds since 1970."""


class Collected(NamedTuple):
    """What was deleted."""

    builds: tuple[str, ...]
    files: int
    bytes: int


def listings(published: Published, after_s: float = AFTER_S) -> list[Listing]:
    """Return the builds of a store, the current one first; raise BuildStoreUnusable."""
    there, numbers = published.builds(), published.pointers()
    latest = _latest(published, numbers)
    homes = _homes(published, after_s)
    found = []
    for name, stored in there.items():
        pointer = latest.get(name)
        since = _since(pointer, numbers, stored)
        is_current = pointer is not None and pointer.number == max(numbers)
        reports = tuple(one for one in homes.values() if name in (one.build, one.wants))
        found.append(Listing(name, _whole(published, name), pointer, is_current, reports, since))
    return sorted(found, key=lambda one: -(one.pointer.number if one.pointer else 0))


def collect(
    published: Published,
    turn: Turn,
    server: Server | None,
    *,
    after_s: float = AFTER_S,
    progress: Callable[[str], None] = lambda message: None,
) -> Collected:
    """Delete the builds that were replaced, and reported by no home, for `after_s` seconds.

    Files that no build is made of any more go with them, those of publishers that were killed too;
    and the collections of such a build on the Chroma server. Raises BuildLocked and
    BuildStoreUnusable; what a later version published is not touched.
    """
    found = listings(published, after_s)
    oldest = time.time() - after_s
    spared = {one.name for one in found if one.current or _is_needed(one, oldest)}
    turn.check()
    gone = [
        one for one in found
        if one.name not in spared and _without_collections(one, found, spared, server)
    ]  # fmt: skip
    for one in gone:
        published.forget(one.name)
        progress(f"the build {one.name} is collected")
    _forget_reports(published, oldest)
    kept = [one for one in found if one not in gone]
    _forget_pointers(published, {one.name for one in kept})
    published.objects.tidy(FILES)
    builds = [one.build for one in kept if one.build is not None]
    # Nobody can tell which files a damaged one is made of.
    files, size = _forget_files(published, builds, turn) if len(builds) == len(kept) else (0, 0)
    return Collected(tuple(one.name for one in gone), files, size)


def _is_needed(one: Listing, oldest: float) -> bool:
    return one.build is not None and (bool(one.homes) or one.since > oldest)


def _whole(published: Published, name: str) -> PublishedBuild | None:
    try:
        return published.build(name)
    except PublishedDamaged as error:
        _LOG.warning("%s", error)
        return None


def _latest(published: Published, numbers: Collection[int]) -> dict[str, Pointer]:
    """Return the latest pointer of each build, by its name."""
    latest = {}
    for number in sorted(numbers):
        pointer = _readable(published, number)
        if pointer is not None:
            latest[pointer.build] = pointer
    return latest


def _readable(published: Published, number: int) -> Pointer | None:
    try:
        return published.pointer_of(number)
    except PublishedDamaged as error:
        _LOG.warning("%s", error)
        return None


def _since(pointer: Pointer | None, numbers: Mapping[int, Stored], listed: Stored) -> float:
    if pointer is None:
        return listed.modified
    later = [one.modified for number, one in numbers.items() if number > pointer.number]
    return min(later, default=time.time())


def _homes(published: Published, after_s: float) -> dict[str, Report]:
    oldest = time.time() - after_s
    return {
        home: report
        for home, (report, stored) in published.reports().items()
        if stored.modified > oldest
    }


def _without_collections(
    one: Listing, all_of_them: list[Listing], spared: Collection[str], server: Server | None
) -> bool:
    """Delete the collections of a build that goes; tell whether it may go, as nothing is left."""
    wanted = one.build.collections if one.build else ""
    shared = {
        other.build.collections for other in all_of_them if other.build and other.name in spared
    }
    if one.build is None or not wanted or wanted in shared:
        return True
    if server is None or server.shown != one.build.server:
        # They are another server's: whoever has that deletes them.
        return True
    try:
        open_vectors.delete_on(server, wanted)
    except VectorsAway as error:
        _LOG.warning("the build %s is left for the next time: %s", one.name, error)
        return False
    return True


def _forget_pointers(published: Published, kept: Collection[str]) -> None:
    numbers = published.pointers()
    for number in sorted(numbers)[:-1]:
        pointer = _readable(published, number)
        if pointer is None or pointer.build not in kept:
            published.forget_pointer(number)


def _forget_reports(published: Published, oldest: float) -> None:
    for home, (_, stored) in published.reports().items():
        if stored.modified <= oldest:
            published.forget_report(home)


def _forget_files(published: Published, kept: list[PublishedBuild], turn: Turn) -> tuple[int, int]:
    """Delete the files that no build is made of; return how many, and their bytes."""
    used = {one.sha256 for build in kept for one in build.parts()}
    unused = {sha: one.size for sha, one in published.files().items() if sha not in used}
    if unused:
        turn.check()
    for sha256 in unused:
        published.objects.delete(f"{FILES}/{sha256}")
    return len(unused), sum(unused.values())
