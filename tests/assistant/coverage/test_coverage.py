"""What small documents, read by hand, say of places, and how it adds up by country."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import Assistant
from assistant.coverage.by_place import (
    NOTHING,
    Coverage,
    Standing,
    World,
    by_country,
    categories,
    chosen,
    in_category,
    matrix,
    worldwide,
)
from assistant.coverage.placements import Placement, Stated, placements, read_placements
from corpus.chunk import chunk_document
from corpus.facts.extract import extract
from corpus.intake.sources import SourceFile, read_document
from corpus.places import Gazetteer

HARBOUR = """# Data locations of Harbour Ledger

Harbour Ledger stores customer data in the European Union and in Norway, except in Poland.

Search requests are processed in Switzerland.

Invoices of customers in Japan are stored in Singapore.

Harbour Ledger doesn't store photographs in Brazil.

Backups are never kept outside Canada.

Telemetry is processed globally.
"""
LISTED = """# Where Quay Archive keeps data

Quay Archive stores records in three regions:

- **Europe** - Includes data centers in Ireland and the Netherlands
- **Asia Pacific** - Includes data centers in Japan
- **Africa**

## Office hours

The following offices answer the telephone:

- Chile
- Peru
"""
TABLED = """# Slipway

## Data locations

| Area | Sites |
|------|-------|
| Europe | North (Dublin) |
| Japan | East (Tokyo) |

## Who to call

| Country | Telephone |
|---------|-----------|
| Kenya | 020 |
"""


@pytest.fixture(scope="module")
def world(gazetteer: Gazetteer) -> World:
    return World(gazetteer)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def read(text: str, folder: Path, gazetteer: Gazetteer) -> tuple[Placement, ...]:
    path = folder / "made-up.md"
    path.write_text(text, encoding="utf-8")
    document = read_document(SourceFile(path))
    chunks = chunk_document(document)
    return placements(
        Stated(
            extract(document, chunks, gazetteer),
            {document.id: document.text},
            {chunk.id: chunk for chunk in chunks},
            {document.id: "Made Up"},
            gazetteer,
        )
    )


def standings(said: tuple[Placement, ...], world: World) -> Mapping[str, Coverage]:
    return {
        country.removeprefix("country:"): coverage
        for country, coverage in by_country(said, world).items()
    }


def test_a_region_speaks_for_its_countries_and_is_named_as_the_reason(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    found = standings(read(HARBOUR, folder, gazetteer), world)
    assert found["DE"].standing is Standing.STORED
    assert found["DE"].regions == ("European Union",)
    assert found["NO"].standing is Standing.STORED
    assert found["NO"].regions == ()


def test_what_a_sentence_leaves_out_is_excepted_and_not_stored(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    assert standings(read(HARBOUR, folder, gazetteer), world)["PL"].standing is Standing.EXCEPTED


def test_processing_is_not_storing(folder: Path, gazetteer: Gazetteer, world: World) -> None:
    assert standings(read(HARBOUR, folder, gazetteer), world)["CH"].standing is Standing.PROCESSED


@pytest.mark.parametrize(
    "text",
    [
        "If you are in Japan, your invoices are stored in Singapore.",
        "Invoices of customers in Japan and Kenya are stored in Singapore.",
        "Invoices of Japanese customers are stored in Singapore.",
        "For tenants located in Japan, invoices are kept in Singapore.",
    ],
)
def test_of_a_customer_in_one_place_with_data_in_another_the_second_counts(
    text: str, folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    found = standings(read(f"{text}\n", folder, gazetteer), world)
    assert {code: one.standing for code, one in found.items()} == {"SG": Standing.STORED}


def test_a_denial_is_an_exception_and_never_outside_is_a_promise(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    found = standings(read(HARBOUR, folder, gazetteer), world)
    assert found["BR"].standing is Standing.EXCEPTED
    assert found["CA"].standing is Standing.STORED


def test_outside_of_a_place_is_an_exception_to_it(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    text = "Some logs are processed outside of Germany and France.\n"
    found = standings(read(text, folder, gazetteer), world)
    assert {code: one.standing for code, one in found.items()} == {
        "DE": Standing.EXCEPTED,
        "FR": Standing.EXCEPTED,
    }


def test_what_leaves_a_place_is_an_exception_to_it(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    text = "Crash reports leave Germany and are processed in Chile.\n"
    found = standings(read(text, folder, gazetteer), world)
    assert found["DE"].standing is Standing.EXCEPTED
    assert found["CL"].standing is Standing.PROCESSED


def test_what_is_said_of_the_world_is_of_no_country(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    said = read("Telemetry is processed globally.\n", folder, gazetteer)
    assert by_country(said, world) == {}
    assert worldwide(said).standing is Standing.PROCESSED


def test_a_list_says_what_the_sentence_above_it_says_and_narrows_its_regions(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    found = standings(read(LISTED, folder, gazetteer), world)
    assert found["IE"].standing is found["JP"].standing is Standing.STORED
    assert found["IE"].regions == ()
    assert "NO" not in found
    assert "CN" not in found
    assert "KE" not in found, "of Africa something is said, of Kenya nothing"
    assert "CL" not in found, "offices hold no data"


def test_a_table_of_data_locations_counts_and_one_of_telephones_does_not(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    found = standings(read(TABLED, folder, gazetteer), world)
    assert set(found) == {"IE", "JP"}
    assert found["IE"].standing is Standing.STORED


def test_a_record_below_an_exclusion_speaks_against_the_place_of_its_heading(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    record = (
        "## Services {} excluded from the European Union commitment\n\n"
        "* **Data location at rest** - {}\n"
        "* **Data processing** - Some processing may occur globally.\n"
        "* **Services** - Tide Tables\n\n"
    )
    text = record.format("permanently", "Canada") + record.format("temporarily", "Brazil")
    found = standings(read(text, folder, gazetteer), world)
    assert found["CA"].standing is Standing.STORED
    assert found["DE"].standing is Standing.EXCEPTED
    assert found["DE"].regions == ("European Union",)


def test_every_standing_stands_on_facts_with_their_spans(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    for text in (HARBOUR, LISTED, TABLED):
        said = read(text, folder, gazetteer)
        for coverage in by_country(said, world).values():
            assert coverage.facts > 0
            assert coverage.standing is not Standing.NOT_STATED
            for ground in coverage.grounds:
                assert ground.placement.fact.span.of(text).strip()
    assert NOTHING.standing is Standing.NOT_STATED


def test_the_matrix_shows_a_place_in_its_geography(
    folder: Path, gazetteer: Gazetteer, world: World
) -> None:
    (row,) = matrix(read(HARBOUR, folder, gazetteer), world)
    cells = {id_.removeprefix("group:"): cell for id_, cell in row.cells.items()}
    assert cells["Europe"].standing is Standing.STORED_WITH_EXCEPTIONS
    assert set(cells["Europe"].places) == {"European Union", "Norway", "Poland", "Switzerland"}
    assert cells["Asia Pacific"].places == ("Singapore",)
    assert "Africa" not in cells
    assert row.worldwide.standing is Standing.PROCESSED


def test_a_category_finds_its_kinds_and_not_what_only_contains_it() -> None:
    assert in_category(["Shared mailboxes"], "mailbox")
    assert in_category(["user's Data"], "data")
    assert not in_category(["mailbox settings"], "mailbox")
    assert not in_category([], "mailbox")
    assert in_category([], "")


def test_categories_are_few_and_find_all_the_others() -> None:
    said = ("shared mailboxes", "archive mailboxes", "customer data", "replicate customer data")
    offered = categories(said)
    assert "customer data" in offered
    assert "replicate customer data" not in offered
    assert all(any(in_category([one], name) for name in offered) for one in said)


@given(st.lists(st.text(min_size=1, max_size=30), max_size=8))
def test_every_category_is_found_by_one_that_is_offered(said: list[str]) -> None:
    offered = categories(said)
    for one in said:
        assert not one.split() or any(in_category([one], name) for name in offered), one


def test_a_choice_of_service_and_data_narrows(assistant: Assistant, world: World) -> None:
    with assistant.reading() as index:
        said = read_placements(index)
    intune = chosen(said, service="Microsoft Intune")
    assert intune
    assert {one.service for one in intune} == {"Microsoft Intune"}
    mail = by_country(chosen(said, service="Exchange Online", data="mailbox"), world)
    assert mail["country:NO"].standing is Standing.STORED
    assert chosen(said, data="no such data") == ()


def test_the_bundled_documents_as_read_by_hand(assistant: Assistant, world: World) -> None:
    with assistant.reading() as index:
        said = read_placements(index)
    found = {
        row.service: standings(chosen(said, service=row.service), world)
        for row in matrix(said, world)
    }
    insights, mail = found["Dynamics 365 Customer Service Insights"], found["Exchange Online"]
    entra, intune = found["Microsoft Entra ID"], found["Microsoft Intune"]
    assert {"NL", "IE", "US", "AU", "SG", "HK", "GB", "BR", "CA", "IN", "JP"} == set(insights)
    assert mail["NO"].regions == ()
    assert mail["IE"].regions == ("European Union",)
    assert {"SG", "HK", "MX", "CN"}.isdisjoint(mail)
    assert intune["NO"].standing is Standing.STORED
    assert "European Free Trade Association" in intune["NO"].regions
    assert "GB" not in intune, "Europe is named, and no country of it"
    assert "BR" not in intune
    assert entra["JP"].standing is Standing.EXCEPTED
    assert entra["DE"].standing is Standing.STORED_WITH_EXCEPTIONS
    assert entra["SG"].standing is Standing.STORED
    assert "CN" not in entra
