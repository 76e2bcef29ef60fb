"""What statements made by hand say of places, and how it adds up by country and by group."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import Assistant
from assistant.coverage.by_place import (
    NOTHING,
    Coverage,
    Reach,
    World,
    by_country,
    by_group,
    categories,
    chosen,
    in_category,
    matrix,
    worldwide,
)
from assistant.coverage.placements import Effect, Placement, read_placements
from corpus.facts.types import (
    Condition,
    Modality,
    PlaceRole,
    SetMembership,
    StatementKind,
    Status,
    Subject,
    Term,
)
from corpus.places import Gazetteer
from tests.assistant.coverage.made_statements import SERVICE, Page

STORED, PROCESSED, MOVED = StatementKind.STORED, StatementKind.PROCESSED, StatementKind.MOVED
REPLICATED, MEMBER = StatementKind.REPLICATED, StatementKind.MEMBER
RESTS, GOES_TO, COMES_FROM = PlaceRole.RESTS, PlaceRole.GOES_TO, PlaceRole.COMES_FROM
CHOICE, LEFT_OUT, CUSTOMER = PlaceRole.CHOICE, PlaceRole.LEFT_OUT, PlaceRole.CUSTOMER
SEAT, NAMED = PlaceRole.SEAT, PlaceRole.NAMED
IS_PROCESSED = PlaceRole.PROCESSED


@pytest.fixture(scope="module")
def world(gazetteer: Gazetteer) -> World:
    return World(gazetteer)


@pytest.fixture
def page(gazetteer: Gazetteer) -> Page:
    return Page(gazetteer)


@pytest.fixture
def harbour(page: Page) -> Page:
    page.say(
        "Customer data is stored in the European Union and in Norway, except in Poland.",
        STORED,
        {"European Union": RESTS, "Norway": RESTS, "Poland": LEFT_OUT},
        exceptions=(Condition("in Poland", places=("country:PL",)),),
        data=("customer data",),
    )
    page.say("Searches are processed in Switzerland.", PROCESSED, {"Switzerland": IS_PROCESSED})
    page.say("Invoices are stored in Singapore.", STORED, {"Singapore": RESTS})
    page.say("Photographs are not stored in Brazil.", STORED, {"Brazil": RESTS}, negated=True)
    return page.say("Telemetry is processed globally.", PROCESSED)


def countries(said: tuple[Placement, ...], world: World) -> Mapping[str, Coverage]:
    return {id_.removeprefix("country:"): one for id_, one in by_country(said, world).items()}


def words(page: Page, world: World) -> Mapping[str, str]:
    return {code: one.words for code, one in countries(page.placements(), world).items()}


# By role: sentence, kind, denied, roles, and what is told of the countries.
SAID: list[tuple[str, StatementKind, bool, dict[str, PlaceRole], dict[str, str]]] = [
    ("Drawings are kept in Norway.", STORED, False, {"Norway": RESTS}, {"NO": "stored"}),
    ("Logs are kept for 30 days in Norway.", StatementKind.RETAINED, False,
     {"Norway": RESTS}, {"NO": "stored"}),
    ("Drawings are rendered in Oslo.", PROCESSED, False,
     {"Oslo": IS_PROCESSED}, {"NO": "processed"}),
    ("Ledgers are copied from Oslo to Zurich.", REPLICATED, False,
     {"Oslo": COMES_FROM, "Zurich": GOES_TO}, {"CH": "stored"}),
    ("The second copy rests in Chile.", REPLICATED, False, {"Chile": RESTS}, {"CL": "stored"}),
    ("Crash reports are sent to Chile.", MOVED, False, {"Chile": GOES_TO}, {"CL": "goes to"}),
    ("Crash reports leave Germany for Chile.", MOVED, False,
     {"Germany": COMES_FROM, "Chile": GOES_TO}, {"DE": "excepted", "CL": "goes to"}),
    ("Queries are sent to Chile and answered there.", PROCESSED, False,
     {"Chile": GOES_TO}, {"CL": "goes to"}),
    ("You can choose Norway or Kenya.", StatementKind.DETERMINED_BY, False,
     {"Norway": CHOICE, "Kenya": CHOICE}, {"NO": "offered", "KE": "offered"}),
    ("Norway (fjord-1)", MEMBER, False, {"Norway": CHOICE}, {"NO": "offered"}),
    ("Select Norway in the list of regions.", StatementKind.STEP, False,
     {"Norway": CHOICE}, {"NO": "offered"}),
    ("Kiel is run by Quay GmbH, Germany.", StatementKind.DEFINED, False, {"Germany": SEAT}, {}),
    ("Customers in Japan pay in yen.", STORED, False, {"Japan": CUSTOMER}, {}),
    ("Norway is mentioned.", MEMBER, False, {"Norway": NAMED}, {}),
    ("ledger create --region Norway", StatementKind.COMMAND, False, {"Norway": RESTS}, {}),
    ("Files must be kept in Norway first.", StatementKind.REQUIRED, False, {"Norway": RESTS}, {}),
    ("Call our people in Kenya.", StatementKind.CONTACT, False, {"Kenya": RESTS}, {}),
    # Denials reach what the kind says, and nothing else.
    ("Drawings are not kept in Norway.", STORED, True, {"Norway": RESTS}, {"NO": "excepted"}),
    ("There is no data center in Kenya.", STORED, True, {"Kenya": LEFT_OUT}, {"KE": "excepted"}),
    ("Nothing is rendered in Kenya.", PROCESSED, True,
     {"Kenya": IS_PROCESSED}, {"KE": "excepted"}),
    ("Data kept in Norway is not processed in Chile.", PROCESSED, True,
     {"Norway": RESTS, "Chile": IS_PROCESSED}, {"CL": "excepted"}),
    ("Data in Norway is not replicated to Chile.", REPLICATED, True,
     {"Norway": RESTS, "Chile": GOES_TO}, {"CL": "excepted"}),
    ("Copies do not rest in Chile.", REPLICATED, True, {"Chile": RESTS}, {"CL": "excepted"}),
    ("Data in Norway never moves to Chile.", MOVED, True,
     {"Norway": RESTS, "Chile": GOES_TO}, {"NO": "stored", "CL": "excepted"}),
    ("Data never leaves Norway.", MOVED, True, {"Norway": COMES_FROM}, {}),
    ("You cannot choose Kenya.", StatementKind.NOT_SUPPORTED, True,
     {"Kenya": CHOICE}, {"KE": "excepted"}),
    ("If you choose Norway, drafts are not kept in Chile.", STORED, True,
     {"Norway": CHOICE, "Chile": RESTS}, {"CL": "excepted"}),
    # Never outside of a place is a promise about it.
    ("Backups are never kept outside of Canada.", STORED, True,
     {"Canada": LEFT_OUT}, {"CA": "stored"}),
    ("Backups are never kept outside Canada and Norway.", STORED, True,
     {"Canada": LEFT_OUT, "Norway": LEFT_OUT}, {"CA": "stored", "NO": "stored"}),
    ("Backups are kept in no country other than Canada.", STORED, True,
     {"Canada": RESTS}, {"CA": "stored"}),
    ("Nothing is processed outside the borders of Canada.", PROCESSED, True,
     {"Canada": LEFT_OUT}, {"CA": "processed"}),
    ("Outside office hours nothing is kept in Canada.", STORED, True,
     {"Canada": RESTS}, {"CA": "excepted"}),
    ("Storage outside Canada is not supported.", StatementKind.NOT_SUPPORTED, True,
     {"Canada": LEFT_OUT}, {}),
    ("Some logs are processed outside of Germany.", PROCESSED, False,
     {"Germany": LEFT_OUT}, {"DE": "excepted"}),
    ("Kenya is left out of the promise.", StatementKind.EXCLUDED, False,
     {"Kenya": LEFT_OUT}, {"KE": "excepted"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "kind", "negated", "roles", "told"), SAID, ids=[one[0] for one in SAID]
)
def test_what_happens_in_a_place_follows_its_role(
    sentence: str,
    kind: StatementKind,
    negated: bool,
    roles: dict[str, PlaceRole],
    told: dict[str, str],
    page: Page,
    world: World,
) -> None:
    assert words(page.say(sentence, kind, roles, negated=negated), world) == told


def test_a_customers_country_is_told_beside_and_never_shown(page: Page, world: World) -> None:
    page.say(
        "Invoices of customers in Japan are stored in Singapore.",
        STORED,
        {"Japan": CUSTOMER, "Singapore": RESTS},
        conditions=(Condition("customers in Japan", term=Term.SIGNED_UP, places=("country:JP",)),),
    )
    (placement,) = page.placements()
    assert [place.name for place in placement.customers] == ["Japan"]
    assert words(page, world) == {"SG": "stored"}
    (row,) = matrix([placement], world)
    assert [cell.places for cell in row.cells.values()] == [("Singapore",)]


def test_a_customer_who_is_left_out_is_none_that_it_is_said_of(page: Page) -> None:
    page.say(
        "Unless you signed up in Japan, invoices are stored in Singapore.",
        STORED,
        {"Japan": CUSTOMER, "Singapore": RESTS},
        conditions=(
            Condition("you signed up in Japan", None, Term.SIGNED_UP, True, ("country:JP",)),
        ),
    )
    (placement,) = page.placements()
    assert placement.customers == ()


def test_what_rests_in_a_region_once_it_is_chosen_is_offered(page: Page, world: World) -> None:
    page.say(
        "If you choose Norway, drawings rest in Norway and thumbnails in Sweden.",
        STORED,
        {"Norway": RESTS, "Sweden": RESTS},
        conditions=(Condition("you choose Norway", term=Term.CHOSE, places=("country:NO",)),),
    )
    assert words(page, world) == {"NO": "offered", "SE": "stored"}


def test_what_only_may_be_so_is_told_so_until_something_is_said_for_sure(
    page: Page, world: World
) -> None:
    page.say("Logs may be kept in Kenya.", STORED, {"Kenya": RESTS}, modality=Modality.MAY)
    page.say("Logs may leave Peru.", MOVED, {"Peru": COMES_FROM}, modality=Modality.MAY)
    assert words(page, world) == {"KE": "may be stored"}
    page.say("Keys are kept in Kenya.", STORED, {"Kenya": RESTS})
    assert words(page, world) == {"KE": "stored"}


def test_several_things_that_happen_in_a_place_are_all_told(page: Page, world: World) -> None:
    page.say("You can choose Kenya.", MEMBER, {"Kenya": CHOICE})
    page.say("Queries are answered in Kenya.", PROCESSED, {"Kenya": IS_PROCESSED})
    page.say("Keys are kept in Kenya.", STORED, {"Kenya": RESTS})
    page.say("Crash reports are sent to Kenya.", MOVED, {"Kenya": GOES_TO})
    page.say("Photographs are not kept in Kenya.", STORED, {"Kenya": RESTS}, negated=True)
    assert words(page, world) == {"KE": "stored, processed, goes to, offered, excepted"}


@pytest.mark.parametrize("status", [Status.PLANNED, Status.PAST])
def test_what_does_not_hold_today_says_nothing(status: Status, page: Page) -> None:
    page.say("Drawings are kept in Norway.", STORED, {"Norway": RESTS}, status=status)
    assert page.placements() == ()


def test_a_group_is_told_as_the_group_and_not_as_its_members(harbour: Page, world: World) -> None:
    said = harbour.placements()
    found = countries(said, world)
    assert found["NO"].words == "stored"
    assert found["DE"].named == NOTHING
    assert found["DE"].words == "of European Union: stored"
    assert {group.name: one.words for group, one in by_group(said).items()} == {
        "European Union": "stored"
    }


@pytest.mark.parametrize("group", ["Africa", "EMEA", "Europe", "Asia Pacific"])
def test_a_part_of_the_world_speaks_for_none_of_its_countries(
    group: str, page: Page, world: World
) -> None:
    page.say(f"A notice for {group}: ledgers are kept in {group}.", STORED, {group: RESTS})
    said = page.placements()
    assert by_country(said, world) == {}
    assert [one.words for one in by_group(said).values()] == ["stored"]


def test_a_group_in_a_matrix_stands_by_its_own_name(page: Page, world: World) -> None:
    page.say("Ledgers are kept in Africa.", STORED, {"Africa": RESTS})
    (row,) = matrix(page.placements(), world)
    assert {id_: cell.places for id_, cell in row.cells.items()} == {"group:Africa": ("Africa",)}


def test_what_a_sentence_leaves_out_is_excepted_and_not_stored(harbour: Page, world: World) -> None:
    assert words(harbour, world)["PL"] == "excepted"


def test_a_group_that_is_left_out_leaves_out_its_members(page: Page, world: World) -> None:
    page.say(
        "Ledgers are kept in the European Economic Area except the European Union.",
        STORED,
        {"European Economic Area": RESTS, "European Union": LEFT_OUT},
    )
    found = words(page, world)
    assert found["NO"] == "of European Economic Area: stored"
    assert found["DE"] == "of European Union: excepted"


def test_a_thing_that_is_left_out_leaves_the_place_in(page: Page, world: World) -> None:
    page.say(
        "Except for telemetry, data is stored in the European Union and Chile.",
        STORED,
        {"European Union": RESTS, "Chile": RESTS},
        exceptions=(Condition("telemetry"),),
    )
    found = words(page, world)
    assert found["CL"] == "stored, excepted"
    assert found["DE"] == "of European Union: stored, excepted"


def test_an_exception_to_a_denial_is_where_it_is(page: Page, world: World) -> None:
    page.say(
        "Nothing is kept in the European Union except in Ireland.",
        STORED,
        {"European Union": RESTS, "Ireland": LEFT_OUT},
        negated=True,
        exceptions=(Condition("in Ireland", places=("country:IE",)),),
    )
    found = countries(page.placements(), world)
    assert found["IE"].named.words == "stored"
    assert found["FR"].words == "of European Union: excepted"


def test_an_exception_that_no_role_tells_is_one_all_the_same(page: Page, world: World) -> None:
    page.say(
        "Data is stored in Chile.",
        STORED,
        {"Chile": RESTS},
        exceptions=(
            Condition("backups in Peru", places=("country:PE",)),
            Condition("customers in Japan", term=Term.SIGNED_UP, places=("country:JP",)),
        ),
    )
    assert words(page, world) == {"CL": "stored", "PE": "excepted"}


def test_places_within_a_group_narrow_it(page: Page, world: World) -> None:
    page.say(
        "European Union - data centers in Ireland and Amsterdam",
        STORED,
        {"European Union": RESTS, "Ireland": RESTS, "Amsterdam": RESTS},
    )
    said = page.placements()
    assert words(page, world) == {"IE": "stored", "NL": "stored"}
    assert {ground.reach for one in by_country(said, world).values() for ground in one.grounds} == {
        Reach.NAMED
    }


def test_a_list_of_the_members_of_a_group_paints_them(page: Page, world: World) -> None:
    title = "The Africa region includes the following countries:"
    for position, name in enumerate(("Kenya", "Ghana"), start=1):
        page.say(name, MEMBER, {name: NAMED}, member=SetMembership("a", title, position, 2))
    page.say("Ledgers are kept in Africa.", STORED, {"Africa": RESTS})
    found = countries(page.placements(), world)
    assert {code: one.words for code, one in found.items()} == {"KE": "stored", "GH": "stored"}
    assert {one.grounds[0].reach for one in found.values()} == {Reach.LISTED}


def test_a_definition_of_a_group_lists_its_members(page: Page, world: World) -> None:
    page.say(
        "Benelux means Belgium and the Netherlands.",
        StatementKind.DEFINED,
        {"Belgium": NAMED, "Netherlands": NAMED},
        about=Subject("Benelux"),
    )
    page.say("Ledgers are kept in Benelux.", STORED, {"Benelux": RESTS})
    assert words(page, world) == {"BE": "stored", "NL": "stored"}


@pytest.mark.parametrize(
    ("title", "role"),
    [("Offices in Africa", NAMED), ("Telephone numbers in Africa", NAMED), ("Africa", SEAT)],
)
def test_a_list_of_other_things_makes_up_no_group(
    title: str, role: PlaceRole, page: Page, world: World
) -> None:
    page.say("Kenya: 020", MEMBER, {"Kenya": role}, member=SetMembership("a", title, 1, 1))
    page.say("Ledgers are kept in Africa.", STORED, {"Africa": RESTS})
    assert words(page, world) == {}


def test_a_record_below_an_exclusion_speaks_against_the_place_of_its_heading(
    page: Page, world: World
) -> None:
    page.say(
        "Data location at rest - Canada",
        STORED,
        {"European Union": LEFT_OUT, "Canada": RESTS},
        heading="Services excluded from the European Union commitment",
    )
    found = words(page, world)
    assert found["CA"] == "stored"
    assert found["DE"] == "of European Union: excepted"


def test_what_is_said_of_the_world_is_of_no_country(page: Page, world: World) -> None:
    page.say("Telemetry is processed globally.", PROCESSED)
    page.say("Mail is never processed globally.", PROCESSED, negated=True)
    page.say("The service is sold globally.", StatementKind.COMMITMENT)
    said = page.placements()
    assert by_country(said, world) == {}
    assert worldwide(said).words == "processed"
    assert worldwide(said).facts == 1


def test_an_exclusion_without_a_place_is_one_of_no_place(page: Page, world: World) -> None:
    page.say(
        "Support tickets are not covered.",
        StatementKind.EXCLUDED,
        {"Chile": NAMED},
        heading="Chile",
    )
    said = page.placements()
    assert by_country(said, world) == {}
    assert worldwide(said).words == "excepted"


def test_every_standing_stands_on_statements_with_their_spans(harbour: Page, world: World) -> None:
    said = {fact.value for fact in harbour.statements}
    for coverage in by_country(harbour.placements(), world).values():
        assert coverage.facts > 0
        for ground in coverage.grounds:
            assert ground.placement.fact.span.of(harbour.text) in said
    assert NOTHING.words == "not stated"


def test_the_matrix_shows_a_place_in_its_geography(harbour: Page, world: World) -> None:
    (row,) = matrix(harbour.placements(), world)
    cells = {id_.removeprefix("group:"): cell for id_, cell in row.cells.items()}
    assert row.service == SERVICE
    assert cells["Europe"].effects == (Effect.STORED, Effect.PROCESSED, Effect.EXCEPTED)
    assert set(cells["Europe"].places) == {"European Union", "Norway", "Poland", "Switzerland"}
    assert cells["Asia Pacific"].places == ("Singapore",)
    assert "Africa" not in cells
    assert row.worldwide.effects == (Effect.PROCESSED,)


def test_a_choice_of_service_and_data_narrows(harbour: Page) -> None:
    said = harbour.placements()
    assert chosen(said, service="Quay Archive") == ()
    assert chosen(said, service=SERVICE) == said
    assert {place.name for one in chosen(said, data="data") for place in one.places} == {
        "European Union", "Norway", "Poland",
    }  # fmt: skip
    assert chosen(said, data="no such data") == ()


def test_the_bundled_documents_are_read_and_say_nothing_without_a_role(
    assistant: Assistant,
) -> None:
    silent = {CUSTOMER, SEAT, NAMED}
    with assistant.reading() as index:
        said = read_placements(index)
        superseded = set(index.successors)
    assert said
    for one in said:
        assert one.fact.document not in superseded
        ids = {placed.place for placed in one.fact.places if placed.role not in silent}
        ids |= {id_ for exception in one.fact.exceptions for id_ in exception.places}
        assert {place.id for place in one.places} <= ids


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


def test_an_example_paints_no_members_of_its_group(page: Page, world: World) -> None:
    page.say(
        "For example, set the location to the European Union.",
        StatementKind.STEP,
        {"European Union": PlaceRole.CHOICE},
    )
    assert by_country(page.placements(), world) == {}
    assert [place.name for place in by_group(page.placements())] == ["European Union"]
