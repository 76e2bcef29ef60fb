"""A process that fetches pages again is killed at any moment; nothing is lost or told twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.watching.asking_again import Round
from assistant.watching.reporting import kept_reports
from corpus.intake.refetching.politeness import Politeness, RealClock
from corpus.intake.shelf import Shelf
from corpus.places import FILE, Gazetteer, compile_gazetteer
from index.home.edition_store import EditionStore
from tests.assistant.watching.watch_made import added, made, watch_over
from tests.fakes.watched_host import WatchedHost, hosting
from tests.paths import ROOT
from tests.sizes import size

_PATIENCE_S = 60.0
KILLS = size("WATCH_KILLS", 3, 50)


@pytest.mark.timeout(300 + 120 * KILLS)
def test_kills_lose_no_edition_and_report_each_once(tmp_path: Path, gazetteer: Gazetteer) -> None:
    home, host = made(tmp_path), WatchedHost(time.monotonic)
    places = tmp_path / FILE
    compile_gazetteer(places)
    names = [host.add(f"page-{number}", "none").name for number in range(4)]
    added(home, map(host.url, names))
    with hosting(host):
        for kill in range(KILLS):
            _killed(home.root, places, host, random.Random(kill))
        watch = watch_over(home, gazetteer, Politeness(RealClock(), pause_s=0.0))
        for _ in range(2):
            list(watch.refresh(Round()))
    store, reports = EditionStore(home.editions), kept_reports(home)
    assert len(reports) >= KILLS
    for name in names:
        address, page = host.url(name), host.pages[name]
        contents = [store.content(one) for one in store.of(address)]
        # What was sent and not kept was on its way when its process was killed.
        rest = iter(page.delivered)
        assert all(one in rest for one in contents)
        assert contents[-1] == page.text
        assert all(one != other for one, other in pairwise(contents))
        told = [one.new.ordinal for one in reports if one.address == address]
        assert told == list(range(2, len(contents) + 1))
        path = Shelf(address, home.fetched).path()
        assert path is not None
        assert path.read_bytes() == page.text


def _killed(home: Path, places: Path, host: WatchedHost, chance: random.Random) -> None:
    """Let a process go rounds while pages change, and kill it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.assistant.watching.refresher", str(home), str(places)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        last, ends = len(host.asked) + chance.randrange(8, 40), time.monotonic() + _PATIENCE_S
        while len(host.asked) < last and time.monotonic() < ends:
            host.change(chance.choice(list(host.pages)))
            time.sleep(chance.uniform(0.02, 0.2))
        time.sleep(chance.uniform(0, 0.3))
    finally:
        process.kill()
        process.wait()
