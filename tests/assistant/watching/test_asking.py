"""What becomes of a page in a round: it moves, fails, poses as another, or asks for a pause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.watching.asking_again import Round
from assistant.watching.reporting import kept_reports
from assistant.watching.types import ChangeReport, Fate, PageOutcome, Standing, StandingKind
from assistant.watching.watch import Watch
from corpus.intake.refetching.politeness import Politeness
from corpus.intake.shelf import Shelf
from corpus.places import Gazetteer
from index.building.documents import pages
from index.errors import RegistryError
from index.home.edition_store import EditionState, EditionStore
from index.home.paths import Home
from tests.assistant.watching.watch_made import SimulatedClock, added, made, watch_over
from tests.fakes.watched_host import Faults, WatchedHost, hosting


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
def host(clock: SimulatedClock) -> Iterator[WatchedHost]:
    one = WatchedHost(clock.ticks)
    one.add("page")
    with hosting(one):
        yield one


@pytest.fixture
def home(tmp_path: Path, host: WatchedHost) -> Home:
    home = made(tmp_path)
    added(home, [host.url("page")])
    return home


@pytest.fixture
def watch(home: Home, gazetteer: Gazetteer, clock: SimulatedClock) -> Watch:
    return watch_over(home, gazetteer, Politeness(clock))


def _round(watch: Watch, wanted: Round | None = None) -> PageOutcome:
    (outcome,) = watch.refresh(wanted or Round())
    return outcome


def _reports(home: Home) -> tuple[ChangeReport, ...]:
    return kept_reports(home)


def test_a_page_as_it_was_is_not_sent_again(watch: Watch, host: WatchedHost, home: Home) -> None:
    assert _round(watch).fate is Fate.CHANGED
    assert _round(watch).fate is Fate.UNCHANGED
    assert len(host.pages["page"].delivered) == 1
    host.change("page")
    assert _round(watch).fate is Fate.CHANGED
    assert len(_reports(home)) == 1
    assert _round(watch).fate is Fate.UNCHANGED
    assert len(_reports(home)) == 1


def test_a_host_that_marks_by_a_date_that_never_changes_is_not_believed_for_ever(
    watch: Watch, host: WatchedHost, clock: SimulatedClock
) -> None:
    host.pages["page"].manner = "constant"
    _round(watch)
    host.change("page")
    assert _round(watch).fate is Fate.UNCHANGED
    clock.wait(7 * 86_400)
    assert _round(watch).fate is Fate.CHANGED


def test_a_page_that_moved_is_told_once_and_keeps_its_document(
    watch: Watch, host: WatchedHost, home: Home
) -> None:
    _round(watch)
    host.pages["page"].moved = True
    host.change("page")
    outcome = _round(watch)
    assert outcome.fate is Fate.CHANGED
    assert outcome.moved_to.endswith("/new/page.md")
    assert _round(watch).moved_to == ""
    assert [one.address for one in EditionStore(home.editions).of(host.url("page"))] == [
        host.url("page")
    ] * 2


def test_what_comes_in_a_pages_place_is_held_and_taken_by_hand(
    watch: Watch, host: WatchedHost, home: Home
) -> None:
    _round(watch)
    host.faults = Faults(posing=1)
    told = [_round(watch) for _ in range(6)]
    assert {one.fate for one in told} == {Fate.HELD}
    assert all(one.cause and "--take" in one.next_step for one in told)
    store, address = EditionStore(home.editions), host.url("page")
    assert 1 <= len(store.of(address, EditionState.HELD)) <= 2  # the login page, the error
    assert len(store.of(address, EditionState.TAKEN)) == 1
    assert _reports(home) == ()
    by_hand = Round(frozenset([address]), take=True)
    assert _round(watch, by_hand).fate is Fate.CHANGED
    assert len(store.of(address, EditionState.TAKEN)) == 2
    assert len(_reports(home)) == 1
    host.faults = Faults()
    assert _round(watch).fate is Fate.CHANGED
    assert len(_reports(home)) == 2


def test_a_page_that_fails_is_left_alone_for_longer_each_time_also_by_the_next_process(
    home: Home, gazetteer: Gazetteer, host: WatchedHost, clock: SimulatedClock
) -> None:
    host.faults = Faults(failing=1)
    pauses = []
    for _ in range(4):
        outcome = _round(watch_over(home, gazetteer, Politeness(clock)))
        assert outcome.fate is Fate.FAILED
        assert "answers with status" in outcome.cause
        asked = len(host.asked)
        later = _round(watch_over(home, gazetteer, Politeness(clock)))
        assert later.fate is Fate.LATER
        assert len(host.asked) == asked
        pauses.append(round(outcome.again_s))
        clock.wait(outcome.again_s)
    assert pauses == [60, 120, 240, 480]
    host.faults = Faults()
    assert _round(watch_over(home, gazetteer, Politeness(clock))).fate is Fate.CHANGED


def test_a_host_that_asks_for_a_pause_gets_it_whoever_is_named(
    watch: Watch, home: Home, host: WatchedHost, clock: SimulatedClock
) -> None:
    host.faults = Faults(throttling=1)
    outcome = _round(watch)
    assert outcome.fate is Fate.FAILED
    assert outcome.again_s == pytest.approx(host.alone_until - clock.ticks(), abs=2)
    host.faults = Faults()
    clock.offset -= timedelta(days=3)
    named = Round(frozenset([host.url("page")]))
    assert _round(watch, named).fate is Fate.LATER
    clock.wait(outcome.again_s + 2)
    assert _round(watch, named).fate is Fate.CHANGED
    assert host.too_early == 0


def test_where_the_rules_cannot_be_read_nothing_is_asked_for(
    watch: Watch, host: WatchedHost
) -> None:
    host.faults = Faults(rules=1)
    outcome = _round(watch)
    assert outcome.fate is Fate.FAILED
    assert "robots.txt of its host cannot be read: it answers with status 500" in outcome.cause
    assert host.pages["page"].delivered == []


def test_what_a_host_keeps_to_itself_is_not_asked_for(
    watch: Watch, home: Home, host: WatchedHost
) -> None:
    added(home, [f"http://127.0.0.1:{host.server_address[1]}/private/x.md"])
    fates = {one.address[-4:]: one for one in watch.refresh(Round())}
    assert fates["x.md"].fate is Fate.FAILED
    assert "robots.txt of its host keeps programs from it" in fates["x.md"].cause
    assert fates["e.md"].fate is Fate.CHANGED
    assert host.forbidden == []


def test_a_host_that_wants_long_pauses_is_asked_for_one_page_a_round(
    watch: Watch, home: Home, host: WatchedHost, clock: SimulatedClock
) -> None:
    host.delay_s = 900
    host.add("other")
    added(home, [host.url("other")])
    wanted = Round(every_s=86_400)
    assert [one.fate for one in watch.refresh(wanted)] == [Fate.CHANGED, Fate.LATER]
    assert watch.next_in(86_400) == pytest.approx(900, abs=5)
    clock.wait(watch.next_in(86_400))
    assert [one.fate for one in watch.refresh(wanted)] == [Fate.CHANGED]
    assert all(one.delivered for one in host.pages.values())


def test_an_edition_that_lost_its_date_says_so_and_keeps_its_place(
    watch: Watch, home: Home, host: WatchedHost
) -> None:
    _round(watch)
    host.pages["page"].dated = False
    host.change("page")
    _round(watch)
    first, second = EditionStore(home.editions).of(host.url("page"))
    assert first.stated is not None
    assert second.stated is None
    (report,) = _reports(home)
    assert any("states no date, the other edition does" in one for one in report.remarks)


def test_an_address_that_was_not_added_is_named(watch: Watch) -> None:
    with pytest.raises(RegistryError, match="no page was added by this address"):
        list(watch.refresh(Round(frozenset(["https://elsewhere.example/"]))))


def test_what_stands_on_a_changed_passage_is_named_and_nothing_else(
    home: Home, gazetteer: Gazetteer, host: WatchedHost, clock: SimulatedClock
) -> None:
    from assistant.watching.standing_on import ChangedPage, stand_on

    quotes = [
        ("hit", "Backups are retained for 11 days.", 0),
        ("same", "Log files are replicated to France.", 0),
        ("older", "Backups are retained for 3 days.", 0),
    ]

    def source(page: ChangedPage) -> Iterator[Standing]:
        return stand_on(StandingKind.ANSWER, quotes, page)

    watch = watch_over(home, gazetteer, Politeness(clock), [source])
    _round(watch)
    host.change("page")
    _round(watch)
    (report,) = _reports(home)
    assert [one.ref for one in report.standing] == ["hit"]
    ((number,),) = [one.changes for one in report.standing]
    assert "11 days" in report.changes[number].old[0].text


def test_a_file_of_before_is_no_edition_that_came_back(
    watch: Watch, home: Home, host: WatchedHost
) -> None:
    """Somebody was stopped between keeping an edition and putting it in its place."""
    _round(watch)
    host.change("page")
    page = pages(home)[0]
    list(watch.asking.round([page], Round()))
    store, address = EditionStore(home.editions), host.url("page")
    assert len(store.of(address)) == 2
    path = Shelf(address, home.fetched).path()
    assert path is not None
    assert path.read_bytes() != host.pages["page"].text
    assert _round(watch).fate is Fate.UNCHANGED
    assert len(store.of(address)) == 2
    assert len(_reports(home)) == 1
    assert path.read_bytes() == host.pages["page"].text
