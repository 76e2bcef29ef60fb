"""Building for everybody: from what is current in the store, and published when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.build_store.collect import Collected, collect, listings
from index.build_store.fetch import Fetched, fetch
from index.build_store.followed import read_followed
from index.build_store.one_writer import Turn, writing_alone
from index.build_store.publish import Done, publish
from index.build_store.published import Published, opened
from index.build_store.shared_uploads import removed_here
from index.build_store.store_address import BuildStore
from index.errors import BuildLocked, ForeignIndex, PublishedDamaged
from index.home.manifest import read_manifest
from index.home.paths import CATALOG, OWN_FILE, OWN_SOURCE, UPLOADS, Home
from index.stores.catalog import Catalog
from index.stores.vector_store import Server


class Sharing:
    """What one who has the right to write does around a build."""

    def __init__(
        self,
        home: Home,
        published: Published,
        turn: Turn,
        server: Server | None,
        progress: Callable[[str], None],
    ) -> None:
        self._home = home
        self._published = published
        self._turn = turn
        self._server = server
        self._progress = progress
        self._anew = False

    def begin(self) -> frozenset[str] | None:
        """Bring in what others have published; return what the collections on the Chroma server
        are called that builds of the store have, None where it cannot be told.

        What is of an earlier version, damaged, or of another server is built anew. Raises
        NewerBuild, and what else keeps the store from being used.
        """
        try:
            fetch(self._home, self._published, self._server, progress=self._progress)
        except (ForeignIndex, PublishedDamaged) as error:
            self._anew = isinstance(error, PublishedDamaged)
            self._progress(f"built without what is published: {error}")
        builds = [one.build for one in listings(self._published)]
        if None in builds:
            return None
        return frozenset(one.collections for one in builds if one and one.collections)

    def others_documents(self) -> frozenset[str]:
        """Return the documents of what another home has published: what is built here is to have
        them too.
        """
        if not self._home.pointer.exists() or read_followed(self._home, self._published.where).own:
            return frozenset()
        removed = _documents_of(self._home, removed_here(self._home))
        return frozenset(read_manifest(self._home.current()).documents) - removed

    def end(self) -> Done:
        """Publish what was built, and delete what nobody needs any more."""
        done = publish(
            self._home, self._published, self._turn, anew=self._anew, progress=self._progress
        )
        collect(self._published, self._turn, self._server, progress=self._progress)
        return done


def _documents_of(home: Home, uploads: frozenset[str]) -> frozenset[str]:
    """Return the documents of a build that files of some names became, which users handed over."""
    if not uploads:
        return frozenset()
    names = {f"{UPLOADS}/{name}" for name in uploads}
    with closing(Catalog(home.current() / CATALOG)) as catalog:
        return frozenset(
            one.document for one in catalog.files()
            if one.source == OWN_SOURCE and one.name in names
        )  # fmt: skip


@contextmanager
def sharing(
    home: Home,
    store: BuildStore,
    server: Server | None,
    wait_s: float,
    progress: Callable[[str], None],
) -> Iterator[Sharing]:
    """Yield what publishes a build, with the right to write; whoever calls has the home's lock.

    Raises BuildLocked, BuildStoreUnusable and StoreUnusable.
    """
    with _writing(store, wait_s) as (published, turn):
        yield Sharing(home, published, turn, server, progress)


def fetch_into(
    root: Path,
    store: BuildStore,
    server: Server | None,
    *,
    wait_s: float,
    again: bool = False,
    progress: Callable[[str], None] = lambda message: None,
) -> Fetched:
    """Fetch what is current in a store into a home, under its lock; see `fetch`.

    Raises BuildLocked where the home is being built or fetched into for longer than `wait_s`.
    """
    with home_alone(Home(root), wait_s) as home:
        return fetch(home, opened(store), server, again=again, progress=progress)


def publish_from(
    root: Path,
    store: BuildStore,
    server: Server | None,
    *,
    wait_s: float,
    anew: bool = False,
    progress: Callable[[str], None] = lambda message: None,
) -> Done:
    """Publish the current build of a home, under its lock; see `publish`.

    Raises BuildLocked where the home or the store is written to for longer than `wait_s`.
    """
    with home_alone(Home(root), wait_s) as home, _writing(store, wait_s) as (published, turn):
        done = publish(home, published, turn, anew=anew, progress=progress)
        collect(published, turn, server, progress=progress)
        return done


def collect_from(
    store: BuildStore,
    server: Server | None,
    *,
    wait_s: float,
    after_s: float,
    progress: Callable[[str], None] = lambda message: None,
) -> Collected:
    """Delete from a store what nobody needs; see `collect`."""
    with _writing(store, wait_s) as (published, turn):
        return collect(published, turn, server, after_s=after_s, progress=progress)


def store_stands(root: Path, store: BuildStore | None) -> tuple[bool, str]:
    """Tell whether a home has what is current in a store, and that in words.

    Raises BuildStoreUnusable.
    """
    pointer = opened(store).pointer() if store is not None else None
    if store is None or pointer is None:
        return True, "nothing is published yet"
    known = read_followed(Home(root), str(store.address))
    told = f"build {pointer.build} is current at {store.address}, of {pointer.published}"
    if known.number >= pointer.number:
        return True, told
    return (
        False,
        f"{told}; this home has {known.build or 'none of it'}. Run `residency build fetch`",
    )


@contextmanager
def _writing(store: BuildStore, wait_s: float) -> Iterator[tuple[Published, Turn]]:
    published = opened(store)
    with writing_alone(store, published.objects, wait_s) as turn:
        yield published, turn


@contextmanager
def home_alone(home: Home, wait_s: float) -> Iterator[Home]:
    """Yield a home under its lock; raise BuildLocked where it is held for longer."""
    from filelock import FileLock, Timeout

    home.create()
    lock = FileLock(home.lock, timeout=wait_s, mode=OWN_FILE)
    try:
        lock.acquire()
    except Timeout:
        raise BuildLocked(
            f"{home.lock}: another process is building the index or fetching one. Wait for it, "
            "then try again"
        ) from None
    try:
        yield home
    finally:
        lock.release()
