"""What the tab of places shows of statements made by hand, and of hostile ones."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from assistant.app import Assistant
from assistant.coverage.by_place import World, matrix
from corpus.facts.types import (
    Condition,
    Modality,
    PlaceRole,
    StatementKind,
    Status,
    Term,
)
from corpus.places import Gazetteer
from tests.assistant.coverage.made_statements import SERVICE, Page
from ui.web.places_tab.country_shapes import atlas
from ui.web.places_tab.coverage_tables import WORLDWIDE, facts_of, matrix_table
from ui.web.places_tab.places_view import Choice, PlacesView, Side

HOSTILE = "<img src=x onerror=alert(1)>\"'"
JAPANESE = (Condition("customers in Japan", term=Term.SIGNED_UP, places=("country:JP",)),)


@pytest.fixture
def page(gazetteer: Gazetteer) -> Page:
    made = Page(gazetteer)
    made.say(
        "Ledgers are stored in Norway.",
        StatementKind.STORED,
        {"Norway": PlaceRole.RESTS},
        data=("ledgers",),
    )
    made.say(
        "Backups are stored in the European Union.",
        StatementKind.STORED,
        {"European Union": PlaceRole.RESTS},
    )
    made.say(
        "Searches are answered in Ireland.",
        StatementKind.PROCESSED,
        {"Ireland": PlaceRole.PROCESSED},
    )
    made.say(
        "Invoices of customers in Japan are stored in Singapore.",
        StatementKind.STORED,
        {"Japan": PlaceRole.CUSTOMER, "Singapore": PlaceRole.RESTS},
        conditions=JAPANESE,
    )
    made.say("You can choose Kenya.", StatementKind.MEMBER, {"Kenya": PlaceRole.CHOICE})
    made.say("Logs are sent to Kenya.", StatementKind.MOVED, {"Kenya": PlaceRole.GOES_TO})
    made.say("Keys are kept in Africa.", StatementKind.STORED, {"Africa": PlaceRole.RESTS})
    made.say(
        "Quay Ltd, Chile, runs the service.",
        StatementKind.DEFINED,
        {"Chile": PlaceRole.SEAT},
    )
    return made.say("Telemetry is processed globally.", StatementKind.PROCESSED)


@pytest.fixture
def view(page: Page) -> PlacesView:
    return PlacesView(page.assistant())


def shown(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def painted(page: str) -> dict[str, str]:
    """Return the patterns of the countries that are filled, by code."""
    found = re.findall(
        r'data-country="(\w+)"[^>]*><title>[^<]*</title>(?:<path[^>]*?|<circle[^>]*?) '
        r'fill="url\(#([a-z-]+?)(?:-large)?\)"',
        page,
    )
    return dict(found)


def test_a_country_is_shown_with_the_sentence_and_its_passage(view: PlacesView, page: Page) -> None:
    facts = view.country(Choice(SERVICE, "ledgers"), "NO")
    assert f"Norway, {SERVICE}, ledgers: stored" in shown(facts)
    link = re.search(r'class="cite" href="([^"]+)"', facts)
    assert link
    found = re.fullmatch(r"passage\?document=made-up&start=(\d+)&end=(\d+)", unescape(link[1]))
    assert found
    assert page.text[int(found[1]) : int(found[2])] == "Ledgers are stored in Norway."


def test_the_map_paints_what_is_named_and_hatches_what_only_a_group_says(view: PlacesView) -> None:
    found = painted(view.world(Choice()))
    assert found.pop("NO") == found.pop("SG") == "atlas-stored"
    assert found.pop("IE") == "atlas-processed"
    assert found.pop("KE") == "atlas-goes-to-offered"
    assert set(found.values()) == {"atlas-group-stored"}
    assert {"DE", "FR", "SE"} <= set(found)
    assert {"JP", "CL", "NG", "ZA", "GB"}.isdisjoint(found)


def test_a_group_is_listed_below_the_map_with_its_facts(view: PlacesView) -> None:
    page = view.world(Choice())
    assert "Said of groups of countries: 2 " in shown(page)
    groups = re.findall(r'data-group="([^"]+)"', unescape(page))
    assert groups == ["group:Africa", "group:European Union"]
    facts = shown(view.group(Choice(), "group:Africa"))
    assert "Africa: stored" in facts
    assert "Keys are kept in Africa." in facts
    assert view.group(Choice(), "group:ASEAN") == view.group(Choice(), HOSTILE) == ""
    assert "data-group" not in view.world(Choice(SERVICE, "ledgers"))


def test_a_country_of_a_group_tells_both(view: PlacesView) -> None:
    facts = shown(view.country(Choice(), "IE"))
    assert "Ireland: processed; of European Union: stored" in facts
    assert "Said of European Union (its group)" in facts
    table = shown(view.world(Choice()))
    assert "Ireland ○ processed of European Union: stored" in table


def test_a_customers_country_is_told_beside_the_place(view: PlacesView) -> None:
    assert "● stored Singapore, for customers in Japan" in shown(view.matrix(Choice()))
    facts = shown(view.country(Choice(), "SG"))
    assert "Said of Singapore, for customers in Japan" in facts
    assert "Japan: not stated" in shown(view.country(Choice(), "JP"))


def test_a_companys_seat_is_on_neither_map_nor_matrix(view: PlacesView) -> None:
    assert "Chile" not in shown(view.matrix(Choice()))
    assert 'places-choose" data-country="CL"' not in view.world(Choice())
    assert "Chile: not stated" in shown(view.country(Choice(), "CL"))


def test_a_cell_shows_all_that_happens_in_it_and_the_facts_that_it_counts(
    view: PlacesView,
) -> None:
    matrix = shown(view.matrix(Choice()))
    assert "● stored Africa → goes to ◇ offered Kenya" in matrix, "each place has its own status"
    facts = view.cell(Choice(), SERVICE, "group:Africa")
    assert f"{SERVICE}, Africa: stored, goes to, offered" in shown(facts)
    heads = re.findall(r"<h4>([^<]+)</h4>", facts)
    assert heads == ["Stored (1)", "Goes to (1)", "Offered (1)"]
    everywhere = shown(view.cell(Choice(), SERVICE, WORLDWIDE))
    assert "Telemetry is processed globally." in everywhere


def test_what_only_may_be_so_is_told_with_its_fact(gazetteer: Gazetteer) -> None:
    page = Page(gazetteer).say(
        "Logs may be kept in Kenya.",
        StatementKind.STORED,
        {"Kenya": PlaceRole.RESTS},
        modality=Modality.MAY,
        status=Status.PREVIEW,
    )
    view = PlacesView(page.assistant())
    facts = shown(view.country(Choice(), "KE"))
    assert "Kenya: may be stored" in facts
    assert "Said of Kenya; it may be so; whether it is, is not said; preview" in facts
    assert "● may be stored Kenya" in shown(view.matrix(Choice()))


def test_a_country_of_which_nothing_is_said_is_told_so(view: PlacesView) -> None:
    assert "Not stated in the documents." in shown(view.country(Choice(), "PE"))


@pytest.mark.parametrize("code", ["", "XX", "country:NO", HOSTILE, "no"])
def test_a_made_up_country_shows_nothing(view: PlacesView, code: str) -> None:
    assert view.country(Choice(), code) == ""


def test_a_made_up_cell_shows_nothing(view: PlacesView) -> None:
    assert view.cell(Choice(), HOSTILE, "group:Europe") == ""
    assert view.cell(Choice(), SERVICE, HOSTILE) == ""
    assert view.cell(Choice(), SERVICE, "country:NO") == ""


def test_the_table_lists_what_the_map_colours(view: PlacesView) -> None:
    page = view.world(Choice())
    listed = set(re.findall(r'places-choose" data-country="(\w+)"', page))
    assert set(painted(page)) == listed & atlas().codes
    assert "Norway ● stored the country by name 1" in shown(page)
    assert "Germany of European Union: stored a group, without the country 1" in shown(page)


def test_tables_have_headers_and_captions(view: PlacesView) -> None:
    for page, tables in ((view.matrix(Choice()), 1), (view.world(Choice()), 2)):
        assert page.count("<table") == page.count("<caption>") == tables
        assert 'scope="col"' in page
        assert 'scope="row"' in page


def test_an_unknown_service_or_category_shows_an_empty_table(view: PlacesView) -> None:
    assert "<td" not in view.matrix(Choice(service=HOSTILE))
    assert "<td" not in view.matrix(Choice(data=HOSTILE))


def test_hostile_names_are_shown_as_text(page: Page, gazetteer: Gazetteer) -> None:
    bad = [
        replace(
            one,
            service=HOSTILE,
            fact=replace(one.fact, value=HOSTILE, conditions=(Condition(HOSTILE),)),
        )
        for one in page.placements()
    ]
    world = World(gazetteer)
    rows = matrix(bad, world)
    with page.assistant().reading() as index:
        documents = dict(index.documents)
    table = matrix_table(rows, world.geographies)
    coverage = next(iter(rows[0].cells.values()))
    facts = facts_of(HOSTILE, coverage, [one.fact for one in bad], documents)
    for shown_page in (table, facts):
        assert "<img" not in shown_page
        assert HOSTILE in unescape(shown_page)


def test_choices_are_what_occurs(view: PlacesView) -> None:
    assert view.services() == (SERVICE,)
    assert view.data() == ("ledgers",)
    assert ("Norway", "NO") in view.countries()


def test_the_bundled_documents_fill_the_tab(assistant: Assistant) -> None:
    view = PlacesView(assistant)
    assert "Microsoft Entra ID" in view.services()
    assert "<table" in view.matrix(Choice())
    assert "Role definitions" in shown(view.cell(Choice(), "Microsoft Entra ID", WORLDWIDE))


def test_data_that_stays_where_its_customers_are_is_told_so(assistant: Assistant) -> None:
    table = shown(PlacesView(assistant).matrix(Choice("Exchange Online")))
    assert "Qatar, for customers there" in table
    assert "Qatar, for customers in" not in table


def _cells(table: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2])
    return [[shown(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_two_places_are_set_side_by_side_each_with_its_source(view: PlacesView, page: Page) -> None:
    table = view.compared(Choice(), Side.PLACES, "country:NO", "country:KE")
    ((service, first, second),) = _cells(table)
    assert service == f"{SERVICE} ≠ differs"
    assert first.startswith("● stored Norway")
    assert second.startswith("→ goes to ◇ offered Kenya")
    links = [unescape(one) for one in re.findall(r'class="cite" href="([^"]+)"', table)]
    said = [page.text[int(a) : int(b)] for a, b in re.findall(r"start=(\d+)&end=(\d+)", str(links))]
    assert sorted(said) == [
        "Ledgers are stored in Norway.", "Logs are sent to Kenya.", "You can choose Kenya.",
    ]  # fmt: skip


def test_two_services_are_set_side_by_side(assistant: Assistant) -> None:
    view = PlacesView(assistant)
    first, second = view.services()[:2]
    table = view.compared(Choice(), Side.SERVICES, first, second)
    rows = _cells(table)
    told = re.search(r"(\d+) of (\d+) rows differ", table)
    assert told
    assert int(told[2]) == len(rows)
    assert int(told[1]) == sum("differs" in row[0] for row in rows)
    for row in rows:
        for cell in row[1:]:
            assert cell == "– not stated" or "20" in cell or "undated" in cell, "a source is told"


def test_two_services_are_compared_in_one_country(assistant: Assistant) -> None:
    view = PlacesView(assistant)
    given = (Choice(), Side.SERVICES, "Exchange Online", "Microsoft Intune")
    ((place, first, second),) = _cells(view.compared(*given, "CH"))
    assert place == "Switzerland ≠ differs"
    assert "Switzerland" in first
    assert "Switzerland" in second
    assert "Nothing is stated of either." in view.compared(*given, "CL")


@pytest.mark.parametrize(("first", "second"), [("", "country:NO"), (HOSTILE, "country:NO"),
                                               ("country:NO", "country:NO")])  # fmt: skip
def test_what_can_not_be_compared_shows_nothing(view: PlacesView, first: str, second: str) -> None:
    assert view.compared(Choice(), Side.PLACES, first, second) == ""
    assert view.compared(Choice(), Side.SERVICES, first, second) == ""


def test_a_country_of_several_services_tells_each_by_itself(assistant: Assistant) -> None:
    facts = shown(PlacesView(assistant).country(Choice(), "DE"))
    assert "Exchange Online : stored" in facts
