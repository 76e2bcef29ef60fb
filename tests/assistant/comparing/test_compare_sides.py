"""Two sides beside each other: their passages in the documents' own words, and how they stand."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.comparing.cells import cells_of_document
from assistant.comparing.compare_sides import compare_sides
from assistant.comparing.types import Comparison, Side, Standing
from corpus.facts.types import StatementKind
from index.searching.reader import IndexReader
from ui.comparisons.sides_named import side_named


@pytest.fixture(scope="module")
def services(two_services: IndexReader) -> Comparison:
    first, second = (
        side_named(f"document:{name}", two_services)
        for name in ("ostwick-mail", "pellbrook-mail")
    )  # fmt: skip
    return compare_sides(first, second, two_services.gazetteer)


@pytest.fixture(scope="module")
def places(two_services: IndexReader) -> Comparison:
    first, second = (side_named(f"place:{name}", two_services) for name in ("Austria", "Norway"))
    return compare_sides(first, second, two_services.gazetteer)


def test_a_cell_has_the_words_of_its_document(two_services: IndexReader) -> None:
    for name, document in two_services.documents.items():
        for cell in cells_of_document(name, two_services):
            assert cell.span.of(document.text).strip()
            said = cell.text.rpartition(": ")[2].split()[-1].strip(".")
            assert said in cell.span.of(document.text)


def test_what_is_said_of_one_thing_with_another_period_differs(services: Comparison) -> None:
    kept = [
        row for row in services.rows
        if row.first and row.second and row.first.text.startswith("Letters are kept")
    ]  # fmt: skip
    assert [row.standing for row in kept] == [Standing.DIFFERS]
    assert [(one.old, one.new) for one in kept[0].differences] == [("90 days", "14 days")]


def test_a_sentence_about_data_that_was_not_read_is_there_too(services: Comparison) -> None:
    said = [row.first.text for row in services.rows if row.first]
    assert any("to another country" in text for text in said)


def test_what_introduces_a_list_stands_before_its_lines_alone(services: Comparison) -> None:
    said = [row.second.text for row in services.rows if row.second]
    assert "Pellbrook Mail deletes: drafts after 3 days" in said
    assert not any(text.endswith(":") for text in said)


def test_an_answer_stands_behind_the_question_above_it(services: Comparison) -> None:
    said = [row.second.text for row in services.rows if row.second]
    denied = [text for text in said if text.endswith("does not support this at the moment.")]
    assert {text.partition("?")[0] for text in denied} == {
        "Can a parcel be kept abroad", "Can a parcel be stored twice",
    }  # fmt: skip


def test_of_a_list_each_line_is_told_and_each_sentence_once(services: Comparison) -> None:
    drawers = [
        row.second.text for row in services.rows if row.second and "painted" in row.second.text
    ]
    assert len(drawers) == 1
    assert drawers[0].count("Upper drawer") == 1
    assert "following" not in drawers[0].rpartition("It is")[2]
    said = [row.second.text for row in services.rows if row.second]
    assert any(text.endswith("Lower one") for text in said)


def test_what_only_points_elsewhere_is_no_row(services: Comparison) -> None:
    said = [cell.text for row in services.rows for cell in (row.first, row.second) if cell]
    assert not any("help page" in text for text in said)


def test_a_period_is_named_once_however_it_is_bounded(services: Comparison) -> None:
    periods = next(row for row in services.values if row.what == "periods")
    names = [one.name for one in periods.values]
    assert len(names) == len(set(names))
    assert {"14 days", "90 days"} <= set(names)


def test_of_two_places_the_documents_are_told_that_speak_of_each(places: Comparison) -> None:
    assert {row.what for row in places.values} == {"documents"}
    told = {one.name for row in places.values for one in row.values}
    assert told == {"ostwick-mail", "pellbrook-mail"}


def test_a_wider_place_counts_for_a_country_unless_it_is_told_out(places: Comparison) -> None:
    cells = [cell.text for row in places.rows for cell in (row.first, row.second) if cell]
    assert any("Contacts are stored in Europe" in text for text in cells)
    assert any("Stamps" in text for text in cells)
    assert not any("Drawings" in text for text in cells)


def test_a_place_stands_under_what_is_said_of_it(two_services: IndexReader) -> None:
    sides = [
        side_named(f"document:{name}", two_services) for name in ("pellbrook-mail", "ostwick-mail")
    ]
    found = compare_sides(*sides, two_services.gazetteer)
    told = {
        (row.kind, one.name)
        for row in found.values
        for one in row.values
        if row.what == "places" and one.first
    }
    assert (StatementKind.STORED, "Belgium") in told
    assert (StatementKind.STORED, "Denmark") not in told
    assert (StatementKind.PROCESSED, "Denmark") not in told


def test_lines_of_one_table_about_two_places_are_laid_beside_each_other(
    places: Comparison,
) -> None:
    rows = [row for row in places.rows if row.first and row.second]
    beside = [(row.first.text, row.second.text, row.standing) for row in rows
              if row.first and row.second]  # fmt: skip
    assert (
        "Country: Austria; Centre: Graz", "Country: Norway; Centre: Bergen", Standing.DIFFERS,
    ) in beside  # fmt: skip
    alone = [row.second.text for row in places.rows if row.second and not row.first]
    assert "Country: Norway; Centre: Stavanger" in alone


def test_what_means_the_same_in_other_words_is_laid_beside_it(two_services: IndexReader) -> None:
    first, second = (
        side_named(f"document:{name}", two_services)
        for name in ("ostwick-mail", "pellbrook-mail")
    )  # fmt: skip
    alike = ("stores letters in Graz", "stores letters in Ghent")

    def vector(text: str) -> np.ndarray:
        near = any(part in text for part in alike)
        return np.array([1.0, 0.0]) if near else np.array([0.0, 1.0 + hash(text) % 2])

    only = Side("A", (), tuple(cell for cell in first.cells if alike[0] in cell.text))
    other = Side("B", (), tuple(cell for cell in second.cells if alike[1] in cell.text))
    found = compare_sides(only, other, two_services.gazetteer, vector)
    assert [row.standing for row in found.rows] == [Standing.DIFFERS]
