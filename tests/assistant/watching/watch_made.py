"""A watch over pages of fake hosts: everything real but the time and the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.changes.read_edition import EditionReader
from assistant.watching.asking_again import Asking
from assistant.watching.kept_reading import KeptReading
from assistant.watching.reporting import Reporting
from assistant.watching.standing_on import StandingSource
from assistant.watching.watch import Watch
from corpus.intake.addresses import stem
from corpus.intake.refetching.politeness import Politeness
from corpus.places import Gazetteer
from index.home.added_sources import Registry, Source
from index.home.edition_store import EditionStore
from index.home.paths import Home


class SimulatedClock:
    """Time that passes when somebody waits; the time of day may be set."""

    def __init__(self) -> None:
        self._ticks = 0.0
        self.offset = timedelta()
        """By how much the time of day is wrong."""

    def now(self) -> datetime:
        return datetime(2026, 11, 1, tzinfo=UTC) + timedelta(seconds=self._ticks) + self.offset

    def ticks(self) -> float:
        return self._ticks

    def wait(self, seconds: float) -> bool:
        self._ticks += max(0.0, seconds)
        return True


def added(home: Home, addresses: Iterable[str]) -> None:
    """Add pages as `residency corpus add` does, unfetched."""
    home.create()
    for address in addresses:
        Registry(home.registry).add(Source(address, home.fetched / f"{stem(address)}.md"))


def watch_over(
    home: Home, gazetteer: Gazetteer, politeness: Politeness,
    sources: Sequence[StandingSource] = (),
) -> Watch:  # fmt: skip
    """Return a watch that reads without vectors and builds nothing."""
    store = EditionStore(home.editions)
    reader = EditionReader(gazetteer, None)
    reading = KeptReading(store, lambda: reader)
    return Watch(
        home, Asking(home, store, politeness, reading.judge), Reporting(store, reading, sources),
        build=lambda: None,
    )  # fmt: skip


def made(folder: Path) -> Home:
    """Return a home in a folder."""
    return Home(folder / "home")
