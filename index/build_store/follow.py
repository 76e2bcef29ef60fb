"""Follows a store for as long as a server runs: fetches what becomes current there.

Whoever answers moves on to it between two questions (`index.searching.current`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.build_store.fetch import Outcome, report
from index.build_store.followed import read_followed
from index.build_store.published import opened
from index.build_store.sharing import fetch_into
from index.build_store.store_address import BuildStore
from index.errors import BuildLocked, IndexingError
from index.home.paths import Home
from index.stores.vector_store import Server

_REPORT_S = 60 * 60.0
"""How often a home says anew what it has."""
_ENDS_S = 5.0


@contextmanager
def following(
    root: Path,
    store: BuildStore,
    server: Server | None,
    every_s: float,
    tell: Callable[[str], None],
) -> Iterator[None]:
    """Follow a store in a thread, at once and every so many seconds, for the time of a block.

    What fails is told once, and tried again: the build before goes on answering.
    """
    ended = threading.Event()
    follower = _Follower(root, store, server, tell)

    def work() -> None:
        while True:
            follower.look()
            if ended.wait(every_s):
                return

    worker = threading.Thread(target=work, name="residency-builds", daemon=True)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        # One in the middle of a file is left to end with the process: nothing of it is current.
        worker.join(_ENDS_S)


class _Follower:
    def __init__(
        self, root: Path, store: BuildStore, server: Server | None, tell: Callable[[str], None]
    ) -> None:
        self._root = root
        self._store = store
        self._server = server
        self._tell = tell
        self._told = ""
        self._reported = 0.0

    def look(self) -> None:
        """Fetch what is current, where it is another build."""
        try:
            found = fetch_into(self._root, self._store, self._server, wait_s=0)
            if found.outcome is Outcome.FETCHED:
                self._tell(f"the build {found.build} of {self._store.address} is taken over")
                self._reported = time.monotonic()
            elif time.monotonic() - self._reported > _REPORT_S:
                self._report()
        except BuildLocked:
            # Of this home, which is built or fetched into just now: the next look sees.
            return
        except IndexingError as error:
            if str(error) != self._told:
                self._tell(f"the index before goes on answering: {error}")
            self._told = str(error)
            return
        self._told = ""

    def _report(self) -> None:
        home, published = Home(self._root), opened(self._store)
        known = read_followed(home, published.where)
        if known.build:
            report(home, published, known.build)
        self._reported = time.monotonic()
