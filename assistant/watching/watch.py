"""Rounds from begin to end: ask for pages, put what came in place, build, report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.watching.asking_again import Asking, Round
from assistant.watching.reporting import Reporting
from assistant.watching.types import PageOutcome
from index.building.documents import pages
from index.building.fetched_pages import WatchedPage, put_file
from index.errors import RefreshRuns, RegistryError
from index.home.paths import OWN_FILE, Home


@dataclass(frozen=True, slots=True)
class Watch:
    """The watch over the pages of a home."""

    home: Home
    asking: Asking
    reporting: Reporting
    build: Callable[[], None]
    """Builds the index anew."""

    def refresh(self, wanted: Round) -> Iterator[PageOutcome]:
        """Go one round: yield what became of each page, then build and report what changed.

        What an earlier round left undone, however it ended, is done too. Raises RegistryError for
        an address that was not added.
        """
        watched = pages(self.home)
        _require_known(watched, wanted)
        yield from self.asking.round(watched, wanted)
        self._finish(watched)

    def next_in(self, every_s: float) -> float:
        """Return the seconds until some page is due."""
        return self.asking.next_in(pages(self.home), every_s)

    def _finish(self, watched: Sequence[WatchedPage]) -> None:
        """Let the index say what the latest editions say, and report what was not reported."""
        store = self.asking.store
        in_use, stale = store.in_use(), False
        for page in watched:
            latest = in_use.get(page.source.location)
            if latest is not None and latest.sha256 != page.indexed:
                put_file(self.home, store, page.source, latest)
                stale = True
        if stale:
            self.build()
        self.reporting.report_all(pages(self.home), self.asking.politeness.clock.now())


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Fetch the pages of a home by this process alone; raise RefreshRuns where another one does."""
    from filelock import FileLock, Timeout

    home.create()
    try:
        with FileLock(home.refresh_lock, timeout=0, mode=OWN_FILE):
            yield
    except Timeout:
        raise RefreshRuns(
            f"{home.refresh_lock}: another process fetches the pages of this home. Wait for it, or "
            "end it"
        ) from None


def _require_known(watched: Sequence[WatchedPage], wanted: Round) -> None:
    known = {one.source.location for one in watched}
    for address in sorted(wanted.addresses - known):
        raise RegistryError(
            f"{address}: no page was added by this address. `residency corpus refresh` without an "
            "address asks for all that were; add this one with `residency corpus add`"
        )
