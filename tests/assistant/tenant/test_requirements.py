"""What words ask of a tenant, and how a profile meets it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.tenant.requirements import Page, is_of_tenant, of_whole_page
from assistant.tenant.tenant_names import is_feature, is_vendor
from assistant.tenant.types import Fact, Requirement, Row
from assistant.tenant.weighing import is_met, tenant_of
from assistant.types import Licence, Profile
from corpus.places import Gazetteer

DAY = date(2026, 11, 29)


def test_a_page_says_under_which_agreement_all_of_it_stands(gazetteer: Gazetteer) -> None:
    page = Page("list", "Sub-processors Ostwick", (), gazetteer)
    text = "This list is applicable for all services governed by the [Ostwick Data Agreement](/a)."
    (asked,) = of_whole_page(text, page)
    assert (asked.fact, asked.names) == (Fact.AGREEMENT, ("Ostwick Data Agreement",))
    assert asked.span is not None
    assert asked.span.of(text) == asked.said
    assert not list(of_whole_page("This list is renewed under the Ostwick Data Agreement.", page))


@pytest.mark.parametrize(
    ("words", "is_own"),
    [("you enable relays", True), ("you do so", False), ("a court orders it", False),
     ("the customer requests otherwise", False), ("deleted by the customer", True)],
)  # fmt: skip
def test_what_a_tenant_may_ask_for_once_is_no_fact_of_it(words: str, is_own: bool) -> None:
    assert is_of_tenant(words) is is_own


def test_a_row_of_a_country_does_not_mean_the_regions_that_are_kept_apart(
    gazetteer: Gazetteer,
) -> None:
    row = Row(("country:US",), ("country:JP",))
    asked = Requirement(Fact.REGION, "United States", "list", places=row.places, row=row)

    def met(region: str) -> bool | None:
        tenant = tenant_of(Profile(region=region), gazetteer, DAY)
        return is_met(asked, tenant, "Azure Microsoft")

    assert met("East US") is True
    assert met("US Gov Virginia") is None
    assert met("Japan East") is False


def test_a_share_says_nothing_of_those_users_that_something_else_tells(
    gazetteer: Gazetteer,
) -> None:
    asked = Requirement(
        Fact.LICENCES, "all users assigned to it", "list", names=("Multi-Geo",), percent=100.0,
        is_open=True,
    )  # fmt: skip

    def met(share: float) -> bool | None:
        profile = Profile(licences=(Licence("Multi-Geo", share),))
        return is_met(asked, tenant_of(profile, gazetteer, DAY), "")

    assert (met(10.0), met(100.0)) == (None, True)


def test_names_of_vendors_and_verbs_are_no_features() -> None:
    assert is_vendor("Amazon Web Services")
    assert not is_vendor("Azure Monitor")
    assert is_feature("Huddle", "you connect Huddle")
    assert not is_feature("Huddle", "Huddle Connect")
