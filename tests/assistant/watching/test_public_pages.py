"""A page that was added through the web page stays one of the web, however often it is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.watching.asking_again import Round
from assistant.watching.types import Fate
from corpus.errors import FetchError
from corpus.intake.reach import Reach
from corpus.intake.refetching.politeness import Politeness
from corpus.places import Gazetteer
from index.building import documents
from index.home.added_sources import Registry
from tests.assistant.watching.watch_made import SimulatedClock, made, watch_over
from tests.fakes.small_network import OUTSIDE, WITHIN, Host, SmallNetwork, count_as_public, hosting


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Host, Host]]:
    """A host of the web and one that nobody may see."""
    with hosting(Host(OUTSIDE)) as outside, hosting(Host(WITHIN)) as within:
        outside.page()
        within.page()
        count_as_public(monkeypatch, outside.port, within.port)
        yield outside, within


@pytest.mark.parametrize(("reach", "asked"), [(Reach.PUBLIC, 0), (Reach.ANY, 2)])
def test_a_page_that_turns_inside_later_leads_there_only_who_could_go_by_themselves(
    reach: Reach, asked: int, hosts: tuple[Host, Host], tmp_path: Path, gazetteer: Gazetteer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    outside, within = hosts
    home, address = made(tmp_path), f"http://pages.example:{outside.port}/a"
    network = SmallNetwork(monkeypatch)
    network.names = {"pages.example": [[OUTSIDE]]}
    documents.add(home, address, reach=reach)
    assert [one.reach for one in Registry(home.registry).sources()] == [reach]
    watch = watch_over(home, gazetteer, Politeness(SimulatedClock()))
    assert [one.fate for one in watch.refresh(Round())] == [Fate.UNCHANGED]
    outside.moved("/a", f"http://{WITHIN}:{within.port}/a")
    (outcome,) = watch.refresh(Round())
    # Of a host its robots.txt is asked for too.
    assert (outcome.fate is Fate.FAILED, len(within.asked)) == (not asked, asked)
    if not asked:
        assert WITHIN not in outcome.cause + outcome.next_step
        network.names = {"pages.example": [[WITHIN]]}
        outside.page()
        (outcome,) = watch.refresh(Round(frozenset([address])))
        assert (outcome.fate, within.asked) == (Fate.FAILED, [])


def test_what_may_not_be_fetched_is_not_added(hosts: tuple[Host, Host], tmp_path: Path) -> None:
    _, within = hosts
    home, address = made(tmp_path), f"http://{WITHIN}:{within.port}/a"
    with pytest.raises(FetchError, match="from a public address"):
        documents.add(home, address, reach=Reach.PUBLIC)
    assert Registry(home.registry).sources() == ()
    assert within.asked == []
