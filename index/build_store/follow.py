"""Follows a store for as long as a server runs: fetches what becomes current there.

Whoever answers moves on to it between two questions (`index.searching.current`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.build_store.fetch import Outcome, fetch, report
from index.build_store.followed import read_followed
from index.build_store.published import opened
from index.build_store.sharing import home_alone
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
        self._home = Home(root)
        self._store = store
        self._published = opened(store)
        self._server = server
        self._tell = tell
        self._told = ""
        self._reported = 0.0

    def look(self) -> None:
        """Fetch what is current, where it is another build."""
        try:
            with home_alone(self._home, 0) as home:
                found = fetch(home, self._published, self._server)
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
            # What was open of it may be what failed.
            self._published = opened(self._store)
            return
        self._told = ""

    def _report(self) -> None:
        known = read_followed(self._home, self._published.where)
        if known.build:
            report(self._home, self._published, known.build)
        self._reported = time.monotonic()
