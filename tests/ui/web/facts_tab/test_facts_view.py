"""What the tab of facts finds, sorts, pages and shows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from assistant.app import Assistant
from assistant.errors import UnknownFactFilter
from ui.web.facts_tab import facts_view
from ui.web.facts_tab.facts_table import counted, facts_table
from ui.web.facts_tab.facts_view import Column, FactsView, Filters, Grouping, Order

HOSTILE = "<script>alert(1)</script>\"' onclick=x"


@pytest.fixture
def view(assistant: Assistant) -> FactsView:
    return FactsView(assistant)


def test_every_choice_that_is_offered_finds_something(view: FactsView) -> None:
    offered = view.offered()
    for name, choices in (
        ("service", offered.services), ("place", offered.places), ("role", offered.roles),
        ("kind", offered.kinds), ("data", offered.data), ("condition", offered.conditions),
        ("status", offered.statuses), ("document", offered.documents),
    ):  # fmt: skip
        assert choices, name
        for choice in choices:
            found = view.page(replace(Filters(), **{name: choice}), Order(), 1)
            assert found.total, (name, choice)


def test_filters_narrow_together(view: FactsView) -> None:
    wanted = Filters(place="Japan", kind="stored", words="customer data")
    rows = view.rows(wanted, Order())
    assert rows
    for row in rows:
        assert row.kind == "stored"
        said = (
            row.statement, row.subject, *row.part_of, row.value, *row.data, *row.conditions,
            *row.exceptions, row.document,
        )  # fmt: skip
        text = " ".join(said).lower()
        assert "customer" in text
        assert "data" in text


def test_facts_of_a_document_about_a_place_are_counted_and_added_on_demand(view: FactsView) -> None:
    named = view.page(Filters(place="Japan"), Order(), 1)
    wider = view.page(Filters(place="Japan", about_place=True), Order(), 1)
    assert named.nearby > 0
    assert wider.total == named.total + named.nearby
    said = [row.value for row in view.rows(Filters(place="Japan", about_place=True), Order())]
    assert any("stores Customer Data in the US" in value for value in said)


def test_dates_bound_and_undated_documents_are_within_none(view: FactsView) -> None:
    rows = view.rows(Filters(since=date(2022, 7, 20), until=date(2022, 7, 20)), Order())
    assert {row.document for row in rows} == {"azure-ad-europe"}
    late = view.rows(Filters(since=date(2022, 7, 21)), Order())
    assert {row.document for row in late} == {"azure-ad-japan", "intune"}


def test_a_filter_that_names_nothing_says_so(view: FactsView) -> None:
    with pytest.raises(UnknownFactFilter, match="Qwxzburg: no place of that name"):
        view.page(Filters(place="Qwxzburg"), Order(), 1)
    with pytest.raises(UnknownFactFilter, match="no day lies between"):
        view.page(Filters(since=date(2024, 1, 2), until=date(2024, 1, 1)), Order(), 1)


@pytest.mark.parametrize("column", [one for one in Column if one is not Column.READING])
def test_sorting_keeps_every_fact(view: FactsView, column: Column) -> None:
    every = {row.id for row in view.rows(Filters(), Order())}
    rising = view.rows(Filters(), Order(column))
    assert {row.id for row in rising} == every
    falling = view.rows(Filters(), Order(column, falling=True))
    key = {"Date": lambda row: row.as_of or date.min, "Kind": lambda row: row.says}.get(
        column.value
    )
    if key:
        assert [key(row) for row in rising] == sorted(map(key, rising))
        assert [key(row) for row in falling] == sorted(map(key, falling), reverse=True)


def test_pages_hold_every_fact_once(view: FactsView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_view, "PAGE", 50)
    first = view.page(Filters(), Order(), 1)
    assert first.pages > 2
    parts = [view.page(Filters(), Order(), number).rows for number in range(1, first.pages + 1)]
    seen = [row.id for part in parts for row in part]
    assert len(seen) == len(set(seen)) == first.total
    assert view.page(Filters(), Order(), 10**6).number == first.pages
    assert view.page(Filters(), Order(), -3).number == 1


@pytest.mark.parametrize("grouping", [Grouping.SERVICE, Grouping.PLACE])
def test_groups_hold_every_fact_once_and_count_their_own(
    view: FactsView, grouping: Grouping
) -> None:
    order = Order(grouping=grouping)
    first = view.page(Filters(), order, 1)
    pages = [view.page(Filters(), order, number) for number in range(1, first.pages + 1)]
    seen = [row.id for one in pages for row in one.rows]
    assert len(seen) == len(set(seen)) == first.total
    begun = [group for one in pages for group in one.groups if not group.goes_on]
    assert len({group.title for group in begun}) == len(begun)
    assert sum(group.total for group in begun) == first.total
    for one in pages:
        ends = [*(group.first for group in one.groups[1:]), len(one.rows)]
        for group, end in zip(one.groups, ends, strict=True):
            for row in one.rows[group.first : end]:
                # Where the customer is stands in a row, too, and is no place of its data.
                own = (row.service,) if grouping is Grouping.SERVICE else (*row.places, "")
                assert group.title in own
    table = unescape(facts_table(pages[-1], order))
    assert table.count('<tr class="facts-group">') == len(pages[-1].groups)
    assert ("continued" in table) == pages[-1].groups[0].goes_on


@pytest.mark.parametrize("filters", [Filters(), Filters(kind="stored", status="current")])
def test_every_choice_leaves_as_many_facts_as_it_says(view: FactsView, filters: Filters) -> None:
    for name, counts in view.leaves(filters).items():
        assert counts, name
        for choice, count in counts.items():
            assert view.page(replace(filters, **{name: choice}), Order(), 1).total == count, choice


def test_a_row_opens_the_passage_that_it_quotes(view: FactsView, assistant: Assistant) -> None:
    page = view.page(Filters(kind="retained"), Order(), 1)
    table = facts_table(page, Order())
    links = [unescape(one) for one in re.findall(r'class="cite" href="([^"]+)"', table)]
    assert len(links) == page.total
    for link, row in zip(links, page.rows, strict=True):
        assert link == f"passage?document={row.document}&start={row.start}&end={row.end}"
        assert assistant.document(row.document).text[row.start : row.end] == row.quote


def test_a_hostile_document_is_shown_as_text(view: FactsView) -> None:
    page = view.page(Filters(kind="stored"), Order(), 1)
    row = replace(
        page.rows[0], statement=HOSTILE, subject=f"{HOSTILE}!", title=HOSTILE, service=HOSTILE,
        placed=(HOSTILE,), data=(HOSTILE,), conditions=(f"if {HOSTILE}?",), document=HOSTILE,
        set="1 of 2", set_title=HOSTILE, section=HOSTILE, says=HOSTILE, status=HOSTILE,
    )  # fmt: skip
    table = facts_table(replace(page, rows=(row,)), Order())
    assert "<script" not in table
    assert table.count(HOSTILE) == 0
    assert unescape(table).count(HOSTILE) >= 11


def test_a_row_shows_all_of_a_statement(view: FactsView) -> None:
    page = view.page(Filters(kind="stored"), Order(), 1)
    row = replace(
        page.rows[0], statement="Tern Mail is stored in Norway, if sharing is on.",
        says="is not stored", placed=("Norway (rests)", "Germany (customer)"),
        conditions=("if sharing is on", "from 1 June 2024"), exceptions=("except drafts",),
        modality="may", status="planned", subject="Tern Mail", part_of=("Tern Suite",),
        service="Tern Suite", set="2 of 14, closed list", set_title="Regions",
        section="Places > Norway", page=3,
    )  # fmt: skip
    table = unescape(facts_table(replace(page, rows=(row,)), Order()))
    for shown in (
        "Norway (rests), Germany (customer)", "from 1 June 2024", "except drafts", "planned, may",
        "2 of 14, closed list: Regions", "Places > Norway, page 3", "is not stored",
        ">Tern Mail<",
    ):  # fmt: skip
        assert shown in table, shown
    assert table.count("if sharing is on") == 1, "what the sentence says is not said again"
    assert len(re.findall("<t[hd][ >]", table.partition("<tbody>")[2])) == table.count(
        '<th scope="col"'
    )


def test_the_sorted_column_is_told_to_those_who_do_not_see_it(view: FactsView) -> None:
    table = facts_table(view.page(Filters(), Order(Column.DATE), 1), Order(Column.DATE))
    assert table.count('aria-sort="ascending"') == 1
    assert re.search(r'aria-sort="ascending"><button[^>]*data-sort="DATE"', table)


def test_nothing_found_says_what_to_do(view: FactsView) -> None:
    page = view.page(Filters(words="zebra xylophone"), Order(), 1)
    assert counted(page) == "No fact matches. Take a filter away, or look for fewer words."
    assert "<table" not in facts_table(page, Order())
