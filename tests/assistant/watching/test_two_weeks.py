"""Two weeks of watching hosts that change, move, fail, throttle and lie about dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from assistant.changes.types import ChangeKind
from assistant.watching.asking_again import Round
from assistant.watching.reporting import kept_reports
from corpus.intake.refetching.politeness import PAUSE_S, Politeness
from corpus.places import Gazetteer
from index.home.edition_store import EditionState, EditionStore
from index.home.paths import Home
from tests.assistant.watching.watch_made import SimulatedClock, added, made, watch_over
from tests.fakes.watched_host import MANNERS, Faults, WatchedHost, hosting
from tests.sizes import size

FETCHES = size("WATCH_FETCHES", 60, 1000)
_EVERY_S = 6 * 3600.0
_DAYS = 14
_TROUBLE = Faults(failing=0.12, throttling=0.04, cutting=0.05, posing=0.05, rules=0.05)
_CHANGES_A_DAY = 0.4


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@contextmanager
def _hosts(clock: SimulatedClock, pages: int) -> Iterator[list[WatchedHost]]:
    hosts = [WatchedHost(clock.ticks, seed, delay_s=4.0 * (seed == 1)) for seed in range(3)]
    for number in range(pages):
        hosts[number % 3].add(f"page-{number}", MANNERS[number % len(MANNERS)])
    with hosting(*hosts):
        yield hosts


def _addresses(hosts: list[WatchedHost]) -> list[str]:
    private = [f"http://127.0.0.1:{one.server_address[1]}/private/x.md" for one in hosts]
    return [one.url(name) for one in hosts for name in one.pages] + private


@pytest.mark.timeout(2_400)
def test_nothing_is_lost_and_each_change_is_reported_once(
    tmp_path: Path,
    gazetteer: Gazetteer,
    clock: SimulatedClock,
    record_property: Callable[[str, object], None],
) -> None:
    home, chance = made(tmp_path), Random(7)
    # Four looks a day for two weeks come to 56 for each page.
    pages = max(len(MANNERS), round(FETCHES / (_DAYS * 86_400 / _EVERY_S)))
    with _hosts(clock, pages) as hosts:
        added(home, _addresses(hosts))
        # The first edition is what was added: nothing is there that it could be held against.
        _until(home, gazetteer, clock, 600)
        for one in hosts:
            one.faults = _TROUBLE
        _weeks(home, gazetteer, clock, hosts, chance)
        for one in hosts:
            one.faults = Faults()
        # Whatever was put off comes to its turn, and hosts that lie are looked at anew.
        clock.wait(13 * 86_400)
        _until(home, gazetteer, clock, clock.ticks() + 2 * 86_400)
    asked = sum(len(one.asked) for one in hosts)
    reports = kept_reports(home)
    told = f"{pages} pages, {asked} requests, {len(reports)} reports"
    assert asked >= FETCHES, told
    assert reports, told
    record_property("watched", told)
    _nothing_lost(home, hosts)
    _each_once(home, hosts)
    _polite(hosts)


def _weeks(
    home: Home, gazetteer: Gazetteer, clock: SimulatedClock, hosts: list[WatchedHost],
    chance: Random,
) -> None:  # fmt: skip
    """Let two weeks pass: pages change and move, the clock is set back twice."""
    step_s = 6 * 3600.0
    for step in range(int(_DAYS * 86_400 / step_s)):
        if step in (17, 31):
            clock.offset -= timedelta(days=2, hours=7)
        for host in hosts:
            for name, page in host.pages.items():
                if chance.random() < _CHANGES_A_DAY * step_s / 86_400:
                    page.dated = chance.random() < 0.8
                    page.moved = page.moved or chance.random() < 0.2
                    host.change(name)
        _until(home, gazetteer, clock, (step + 1) * step_s)


def _until(home: Home, gazetteer: Gazetteer, clock: SimulatedClock, end: float) -> None:
    """Watch until a time as a process does that is started anew each time."""
    watch = watch_over(home, gazetteer, Politeness(clock))
    while True:
        for _ in watch.refresh(Round(every_s=_EVERY_S)):
            pass
        wait_s = max(60.0, watch.next_in(_EVERY_S))
        if clock.ticks() + wait_s >= end:
            clock.wait(end - clock.ticks())
            return
        clock.wait(wait_s)


def _nothing_lost(home: Home, hosts: list[WatchedHost]) -> None:
    store = EditionStore(home.editions)
    for host in hosts:
        for name, page in host.pages.items():
            found = store.of(host.url(name), EditionState.TAKEN)
            assert [store.content(one) for one in found] == page.delivered
            assert page.delivered[-1] == page.text
            numbers = [one.number for one in found]
            assert numbers == sorted(numbers)
            assert any(one.stated is None for one in found) == any(
                b"Last updated" not in one for one in page.delivered
            )
            held = store.of(host.url(name), EditionState.HELD)
            assert all(b"Where" not in store.content(one) for one in held)
            assert bool(store.page(host.url(name)).moved_to) == page.moved


def _each_once(home: Home, hosts: list[WatchedHost]) -> None:
    reports = kept_reports(home)
    for host in hosts:
        for name, page in host.pages.items():
            told = [one for one in reports if one.address == host.url(name)]
            days = [_days(text) for text in page.delivered]
            assert [_change(one.changes) for one in told] == list(pairwise(days))
            ordinals = [one.new.ordinal for one in told]
            assert ordinals == sorted(set(ordinals))


def _days(text: bytes) -> str:
    return text.split(b"retained for ")[1].split(b" days")[0].decode()


def _change(changes: object) -> tuple[str, str]:
    """Return what a report says of the one sentence that changed: the days before and now."""
    assert isinstance(changes, tuple)
    ((old, new),) = [
        (one.old[0].text, one.new[0].text)
        for one in changes
        if one.kind is ChangeKind.CHANGED and "retained" in one.old[0].text
    ]
    return _days(old.encode()), _days(new.encode())


def _polite(hosts: list[WatchedHost]) -> None:
    for host in hosts:
        assert host.forbidden == []
        assert host.too_early == 0
        assert host.at_once == 1
        gaps = [later - earlier for earlier, later in pairwise(host.asked)]
        assert min(gaps) >= PAUSE_S
