"""What holds for a tenant: every kind of condition, met, not met and not said."""

from __future__ import annotations

import pytest

from assistant.errors import UnknownFactFilter
from assistant.tenant.checking import Promises, check, promises_of
from assistant.tenant.types import Fact, Outcome
from assistant.types import EVERY_ADD_ON, Licence, Profile
from index.searching.reader import IndexReader
from tests.assistant.tenant.conftest import TODAY, Tenants

HOLDS, DOES_NOT, NOT_KNOWN = "holds", "does not hold", "not known"
BACKUPS = "backups at rest in Iceland"
FILES = "synchronized files at rest"
INVOICES = "stores invoices in Chile"
ANCHOR = (Licence("Anchor Vault", 100.0),)


def test_what_is_said_without_conditions_holds_for_everybody(tenants: Tenants) -> None:
    assert tenants.outcome("audit logs at rest in Norway") == HOLDS


@pytest.mark.parametrize(
    ("country", "outcome"), [("Brazil", HOLDS), ("Norway", DOES_NOT), ("", NOT_KNOWN)]
)
def test_a_country_is_held_against_the_sign_up_country(
    tenants: Tenants, country: str, outcome: str
) -> None:
    decided = tenants.decided(INVOICES, country=country)
    assert decided.outcome.value == outcome
    requirement = decided.deciding[0].requirement
    assert requirement.fact is Fact.COUNTRY
    assert requirement.span is not None
    text = tenants.index.documents[decided.statement.document].text
    assert "Brazil" in requirement.span.of(text)


@pytest.mark.parametrize(
    ("profile", "outcome"),
    [
        ({}, NOT_KNOWN),
        ({"features": ("Tide Search",)}, HOLDS),
        ({"without": ("Tide Search",)}, DOES_NOT),
        ({"features": ("Tide",)}, NOT_KNOWN),
        ({"features": ("Tide Search Extra",)}, NOT_KNOWN),
    ],
)
def test_a_feature_has_to_be_on(tenants: Tenants, profile: dict[str, object], outcome: str) -> None:
    assert tenants.outcome("search queries in Japan", **profile) == outcome


def test_an_exception_that_no_profile_decides_stands_beside_what_is_promised(
    tenants: Tenants,
) -> None:
    decided = tenants.decided("receipts in Portugal")
    assert decided.outcome is Outcome.HOLDS
    (beside,) = [one.requirement for one in decided.weighed if one.requirement.is_aside]
    assert "court orders otherwise" in beside.said
    listed = tenants.decided("transfer profiles outside", country="Malta")
    assert listed.outcome is Outcome.HOLDS
    assert [one.requirement.said for one in listed.weighed if one.requirement.is_aside] == [
        "except when:"
    ]
    assert tenants.outcome("transfer profiles outside", country="Japan") == DOES_NOT


@pytest.mark.parametrize(
    ("words", "profile", "outcome"),
    [
        ("data that you configure", {}, HOLDS),
        ("Copies of profiles", {}, HOLDS),
        ("Coral snapshots", {}, NOT_KNOWN),
        ("Coral snapshots", {"features": ("Coral Backup",)}, HOLDS),
        ("application logos", {}, HOLDS),
        ("regular analytics involve", {}, NOT_KNOWN),
        ("regular analytics involve", {"services": ("Beacon Directory",)}, NOT_KNOWN),
        ("regular analytics involve", {"features": ("Beacon Directory Connect",)}, HOLDS),
        ("have not moved sign-in records", {}, NOT_KNOWN),
        ("have not moved sign-in records", {"features": ("Beacon Stamps",)}, HOLDS),
    ],
)
def test_what_is_used_is_told_from_what_the_vendor_does(
    tenants: Tenants, words: str, profile: dict[str, object], outcome: str
) -> None:
    assert tenants.outcome(words, document="beacon", country="Malta", **profile) == outcome


BOUGHT = {
    "country": "Switzerland",
    "add_ons": ("Anchor Vault",),
    "agreement": "Enterprise Agreement",
    "licences": ANCHOR,
}


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, HOLDS),
        ({"country": "France"}, HOLDS),
        ({"country": "Norway"}, DOES_NOT),
        ({"country": ""}, NOT_KNOWN),
        ({"agreement": "Customer Agreement"}, DOES_NOT),
        ({"agreement": ""}, NOT_KNOWN),
        ({"licences": (Licence("Anchor Vault", 99.0),)}, DOES_NOT),
        ({"licences": ()}, NOT_KNOWN),
        ({"add_ons": ("Quay Sync",), "licences": ()}, DOES_NOT),
        ({"add_ons": (), "licences": (), "without": (EVERY_ADD_ON,)}, DOES_NOT),
        ({"add_ons": (), "licences": ()}, NOT_KNOWN),
    ],
)
def test_a_list_of_conditions_holds_for_the_commitment_beside_it(
    tenants: Tenants, change: dict[str, object], outcome: str
) -> None:
    assert tenants.outcome(BACKUPS, **{**BOUGHT, **change}) == outcome


@pytest.mark.parametrize(("share", "outcome"), [(5.0, DOES_NOT), (5.1, HOLDS), (None, NOT_KNOWN)])
def test_a_share_of_licences_is_more_than_the_least(
    tenants: Tenants, share: float | None, outcome: str
) -> None:
    assert tenants.outcome(FILES, licences=(Licence("Quay Sync", share),)) == outcome


@pytest.mark.parametrize(
    ("region", "row", "outcome"),
    [
        ("Germany", "| Germany | Frankfurt |", HOLDS),
        # The table has a row of its own for it.
        ("Germany", "| Europe | Ireland |", DOES_NOT),
        ("Europe", "| Europe | Ireland |", HOLDS),
        ("Spain", "| Europe | Ireland |", HOLDS),
        ("Spain", "| Japan | Osaka |", DOES_NOT),
        ("", "| Japan | Osaka |", NOT_KNOWN),
    ],
)
def test_a_row_holds_for_the_region_in_its_first_column(
    tenants: Tenants, region: str, row: str, outcome: str
) -> None:
    assert tenants.outcome(row.strip("| "), region=region) == outcome


@pytest.mark.parametrize(
    ("country", "outcome"), [("Japan", HOLDS), ("Chile", DOES_NOT), ("", NOT_KNOWN)]
)
def test_a_title_says_for_whom_the_page_is(tenants: Tenants, country: str, outcome: str) -> None:
    assert tenants.outcome("messages at rest in Osaka", country=country) == outcome


def test_services_that_are_not_used_are_left_out_and_counted(
    promises: Promises, index: IndexReader
) -> None:
    every = check(promises, Profile(), index.gazetteer, TODAY)
    some = check(promises, Profile(services=("Pilot Mail",)), index.gazetteer, TODAY)
    assert every.left_out == 0
    assert {one.statement.document for one in some.decided} == {"pilot"}
    assert some.left_out == len(every.decided) - len(some.decided)


def test_what_nobody_knows_is_named(promises: Promises, index: IndexReader) -> None:
    strange = Profile(
        "Germny", ("Zork Shield", "Anchor Vault"), services=("Nonesuch",),
        features=("Tide Search", "Gull Whistle"),
    )  # fmt: skip
    told = " ".join(check(promises, strange, index.gazetteer, TODAY).unknown)
    assert "Germny: no country" in told
    assert "Germany" in told
    assert "Zork Shield" in told
    assert "Nonesuch" in told
    assert "Anchor Vault" not in told
    assert "Gull Whistle: nothing in the documents depends on" in told
    assert "Tide Search" not in told


def test_of_an_unknown_country_nothing_follows(tenants: Tenants) -> None:
    assert tenants.outcome(INVOICES, country="Germny") == NOT_KNOWN


def test_a_service_narrows_what_is_read(index: IndexReader) -> None:
    found = promises_of(index, "Pilot Mail")
    assert {one.statement.document for one in found.every} == {"pilot"}
    with pytest.raises(UnknownFactFilter, match="Nonesuch"):
        promises_of(index, "Nonesuch")


def test_a_check_reads_the_same_whether_one_service_or_all(
    promises: Promises, index: IndexReader
) -> None:
    own = promises_of(index, "Harbour Ledger").every
    same = [one for one in promises.every if one.statement.document == "ledger"]
    assert [(p.statement.id, p.required) for p in own] == [
        (p.statement.id, p.required) for p in same
    ]


@pytest.mark.parametrize(
    ("words", "profile", "outcome"),
    [
        ("shall be stored in the assigned Satellite", {"add_ons": ("Multi-Geo",)}, NOT_KNOWN),
        ("shall be stored in the assigned Satellite", {"without": (EVERY_ADD_ON,)}, DOES_NOT),
        ("cross-geo mailbox auditing", {"add_ons": ("Multi-Geo",)}, HOLDS),
        ("cross-geo mailbox auditing", {"add_ons": ("Advanced Data Residency",)}, DOES_NOT),
        ("cross-geo mailbox auditing", {}, NOT_KNOWN),
        ("won't store Customer Data at rest outside", {"country": "Norway"}, HOLDS),
        ("Audit logs are retained", {}, HOLDS),
        ("do not yet support storage", {"country": "Japan"}, HOLDS),
        ("do not yet support storage", {"country": "Norway"}, DOES_NOT),
    ],
)
def test_the_bundled_documents(
    tenants: Tenants, words: str, profile: dict[str, object], outcome: str
) -> None:
    assert tenants.outcome(words, **profile) == outcome
