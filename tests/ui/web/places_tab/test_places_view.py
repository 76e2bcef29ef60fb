"""What the tab of places shows of the bundled documents, and of hostile ones."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from assistant.app import Assistant
from assistant.coverage.by_place import World, matrix
from assistant.coverage.placements import read_placements
from corpus.facts.types import Condition
from ui.web.places_tab.coverage_tables import WORLDWIDE, facts_of, matrix_table
from ui.web.places_tab.places_view import Choice, PlacesView

HOSTILE = "<img src=x onerror=alert(1)>\"'"


@pytest.fixture
def view(assistant: Assistant) -> PlacesView:
    return PlacesView(assistant)


def shown(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_norway_is_shown_with_the_sentence_and_its_passage(
    view: PlacesView, assistant: Assistant
) -> None:
    page = view.country(Choice("Exchange Online", "mailbox"), "NO")
    assert "Norway, Exchange Online, mailbox: stored" in shown(page)
    link = re.search(r'class="cite" href="([^"]+)"', page)
    assert link
    found = re.fullmatch(
        r"passage\?document=exchange-online&start=(\d+)&end=(\d+)", unescape(link[1])
    )
    assert found
    quote = assistant.document("exchange-online").text[int(found[1]) : int(found[2])]
    assert "Norway" in quote
    assert shown(quote) in shown(page)


def test_a_country_of_which_nothing_is_said_is_told_so(view: PlacesView) -> None:
    assert "Not stated in the documents." in shown(view.country(Choice(), "CL"))


@pytest.mark.parametrize("code", ["", "XX", "country:NO", HOSTILE, "no"])
def test_a_made_up_country_shows_nothing(view: PlacesView, code: str) -> None:
    assert view.country(Choice(), code) == ""


def test_a_made_up_cell_shows_nothing(view: PlacesView) -> None:
    assert view.cell(Choice(), HOSTILE, "group:Europe") == ""
    assert view.cell(Choice(), "Exchange Online", HOSTILE) == ""
    assert view.cell(Choice(), "Exchange Online", "country:NO") == ""


def test_a_cell_shows_the_facts_that_it_counts(view: PlacesView) -> None:
    page = view.cell(Choice(), "Microsoft Entra ID", "group:Europe")
    assert "Microsoft Entra ID, Europe: stored with exceptions" in shown(page)
    assert "Some processing may occur globally." in shown(page)
    everywhere = view.cell(Choice(), "Microsoft Entra ID", WORLDWIDE)
    assert "Role definitions, role assignments, and deny assignments" in shown(everywhere)


def test_the_table_lists_what_the_map_colours(view: PlacesView) -> None:
    page = view.world(Choice("Exchange Online"))
    coloured = set(re.findall(r'atlas-country atlas-stored[^"]*" data-country="(\w+)"', page))
    listed = set(re.findall(r'places-choose" data-country="(\w+)"', page))
    assert coloured <= listed
    assert {"NO", "JP", "DE"} <= coloured
    assert "the country by name" in shown(page)
    assert "its region: European Union" in shown(page)


def test_tables_have_headers_and_captions(view: PlacesView) -> None:
    for page in (view.matrix(Choice()), view.world(Choice())):
        assert page.count("<table") == page.count("<caption>") == 1
        assert 'scope="col"' in page
        assert 'scope="row"' in page


def test_an_unknown_service_or_category_shows_an_empty_table(view: PlacesView) -> None:
    assert "<td" not in view.matrix(Choice(service=HOSTILE))
    assert "<td" not in view.matrix(Choice(data=HOSTILE))


def test_hostile_names_are_shown_as_text(assistant: Assistant) -> None:
    with assistant.reading() as index:
        world, said = World(index.gazetteer), read_placements(index)
        documents = dict(index.documents)
    bad = [
        replace(
            one,
            service=HOSTILE,
            fact=replace(one.fact, value=HOSTILE, conditions=(Condition(HOSTILE),)),
        )
        for one in said[:8]
    ]
    rows = matrix(bad, world)
    table = matrix_table(rows, world.geographies)
    coverage = next(iter(rows[0].cells.values()))
    facts = facts_of(HOSTILE, coverage, [one.fact for one in bad], documents)
    for page in (table, facts):
        assert "<img" not in page
        assert HOSTILE in unescape(page)


def test_choices_are_what_occurs(view: PlacesView) -> None:
    assert "Exchange Online" in view.services()
    assert "mailbox" in view.data()
    assert ("Norway", "NO") in view.countries()
