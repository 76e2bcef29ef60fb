"""Bots killed at any moment: what they acknowledged is handled once, in order, by others.

In a file one bot works at a time, on a server three, on machines whose clocks are an hour apart.
INBOX_KILLS says how many kills there are.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.home.database_server import DatabaseServer, Place
from tests.paths import ROOT
from tests.sizes import size
from tests.ui.slack.inbox.inbox_worker import LEASE_S, handle, opened

KILLS = size("INBOX_KILLS", 5, 50)
_MANY = 100_000
_CLOCKS_S = (0.0, 3600.0, -3600.0)


@dataclass
class _Bots:
    """Processes that work on one inbox, and what they acknowledged."""

    where: str
    folder: Path
    clocks_s: tuple[float, ...]
    processes: dict[float, subprocess.Popen[bytes]]
    started: int = 0

    def start(self, clock_s: float) -> None:
        # Slack tells again of the last ones, which may not have been acknowledged in time.
        first = max(0, len(self.acknowledged()) - 5)
        self.started += 1
        with (self.folder / f"acknowledged-{self.started}").open("wb") as told:
            self.processes[clock_s] = subprocess.Popen(
                [sys.executable, "-m", "tests.ui.slack.inbox.inbox_worker", self.where,
                 str(self.folder), str(first), str(_MANY), str(clock_s)],
                cwd=ROOT, stdout=told,
            )  # fmt: skip

    def kill(self, clock_s: float) -> None:
        process = self.processes.pop(clock_s)
        process.kill()
        process.wait()

    def acknowledged(self) -> set[str]:
        # A line that was cut short was not acknowledged.
        every = (path.read_text() for path in self.folder.glob("acknowledged-*"))
        return {line for told in every for line in told.rpartition("\n")[0].split("\n")} - {""}

    def wait_for_more(self) -> None:
        known, end = len(self.acknowledged()), time.monotonic() + 120
        while len(self.acknowledged()) == known:
            assert time.monotonic() < end
            time.sleep(0.01)


@contextmanager
def _bots(place: Place, folder: Path) -> Iterator[_Bots]:
    server = isinstance(place, DatabaseServer)
    where = place.url if isinstance(place, DatabaseServer) else str(place)
    bots = _Bots(where, folder, _CLOCKS_S if server else (0.0,), {})
    try:
        yield bots
    finally:
        for clock_s in tuple(bots.processes):
            bots.kill(clock_s)


@pytest.mark.soak
@pytest.mark.timeout(120 + KILLS * 30)
def test_kills_lose_nothing_and_repeat_nothing(place: Place, tmp_path: Path) -> None:
    chance = random.Random(1)
    with _bots(place, tmp_path) as bots:
        for number in range(KILLS):
            for clock_s in bots.clocks_s:
                if clock_s not in bots.processes:
                    bots.start(clock_s)
            bots.wait_for_more()
            time.sleep(chance.uniform(0.02, 0.5))
            bots.kill(bots.clocks_s[number % len(bots.clocks_s)])
    _work_off(bots.where, tmp_path)
    acknowledged = bots.acknowledged()
    by_lane = [path.read_text().splitlines() for path in tmp_path.glob("posted-*")]
    posted = [line.split()[0] for lines in by_lane for line in lines]
    assert len(posted) == len(set(posted))
    assert acknowledged <= set(posted)
    assert len(posted) > KILLS
    for lines in by_lane:
        numbers = [int(line.split()[0].rpartition(":")[2].partition(".")[0]) for line in lines]
        assert numbers == sorted(numbers)
        assert len({line.split()[1] for line in lines}) == 1


def _work_off(where: str, folder: Path) -> None:
    """Handle what is left, on a server once the leases of those who were killed ran out."""
    with closing(opened(where)) as inbox:
        inbox.recover()
        idle_since = time.monotonic()
        while inbox.waiting():
            if job := inbox.take():
                handle(inbox, job, folder)
                idle_since = time.monotonic()
            assert time.monotonic() - idle_since < 3 * LEASE_S
