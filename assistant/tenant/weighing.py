"""A requirement against a profile: met, not met, or not known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from assistant.tenant.tenant_names import is_add_on, is_agreement, is_feature
from assistant.tenant.types import Fact, Requirement, Row
from assistant.types import EVERY_ADD_ON, Profile
from corpus.places import Gazetteer, Place, Relation

_APART = re.compile(r"\b(?:Gov\w*|DoD|China|Sovereign|21Vianet)\b")
"""In the names of regions of clouds that are kept apart from the public one of their country."""
_WITHIN = frozenset({Relation.EQUAL, Relation.INSIDE})


@dataclass(frozen=True, slots=True)
class Tenant:
    """A profile with its country as a place."""

    profile: Profile
    country: Place | None
    gazetteer: Gazetteer
    today: date

    def region(self, about: str) -> Place | None:
        """Return the region that was chosen, as a document of that title and vendor names it."""
        if not self.profile.region:
            return None
        name = self.profile.region
        whole = [m for m in self.gazetteer.mentions(name, about) if m.words == name]
        return whole[0].place if whole else self.gazetteer.named(name)


def tenant_of(profile: Profile, gazetteer: Gazetteer, today: date) -> Tenant:
    """Return a profile as requirements are weighed against it."""
    country = gazetteer.named(profile.country) if profile.country else None
    return Tenant(profile, country, gazetteer, today)


def is_met(requirement: Requirement, tenant: Tenant, about: str) -> bool | None:
    """Tell whether a tenant meets a requirement; None where the profile does not say.

    `about` is title and vendor of the document, by which names of regions are understood.
    """
    if requirement.fact is Fact.REGION:
        met = _region(requirement, tenant, about)
    else:
        met = _WEIGHED[requirement.fact](requirement, tenant)
    return None if met is None else met is not requirement.negated


def _country(requirement: Requirement, tenant: Tenant) -> bool | None:
    return _lies(tenant.country, requirement, tenant.gazetteer)


def _lies(place: Place | None, requirement: Requirement, gazetteer: Gazetteer) -> bool | None:
    if place is None:
        return None
    relations = _relations(place, requirement.places, gazetteer)
    if relations & _WITHIN:
        return True
    apart = relations <= {Relation.DISJOINT} and not requirement.is_open
    return False if apart else None


def _relations(place: Place, ids: Iterable[str], gazetteer: Gazetteer) -> set[Relation]:
    return {gazetteer.relation(place, gazetteer.place(one)) for one in ids}


def _region(requirement: Requirement, tenant: Tenant, about: str) -> bool | None:
    chosen = tenant.region(about)
    if requirement.row is None or chosen is None:
        return _lies(chosen, requirement, tenant.gazetteer)
    return _in_row(chosen, requirement.row, tenant.gazetteer)


def _in_row(chosen: Place, row: Row, gazetteer: Gazetteer) -> bool | None:
    """Tell whether a row is meant: by its own name, else where no other row is nearer."""
    if chosen.id in row.places:
        return True
    if chosen.id in row.others:
        return False
    if _APART.search(chosen.name):
        # The row of a country means its public regions; which one means the others is not told.
        return None
    mine = _relations(chosen, row.places, gazetteer)
    theirs = _relations(chosen, row.others, gazetteer)
    if mine & _WITHIN:
        return None if theirs & _WITHIN else True
    return False if mine <= {Relation.DISJOINT} else None


def _add_on(requirement: Requirement, tenant: Tenant) -> bool | None:
    profile = tenant.profile
    had = (*profile.add_ons, *(one.name for one in profile.licences), *profile.features)
    if _any(had, requirement.names, is_add_on):
        return True
    if _any(profile.without, requirement.names, is_add_on):
        return False
    return False if profile.add_ons or EVERY_ADD_ON in profile.without else None


def _licences(requirement: Requirement, tenant: Tenant) -> bool | None:
    shares = [
        one.share
        for one in tenant.profile.licences
        if any(is_add_on(one.name, name) for name in requirement.names)
    ]
    share = next((one for one in shares if one is not None), None)
    if share is None or requirement.percent is None:
        return None
    if requirement.is_open and share < requirement.percent:
        return None
    return share > requirement.percent if requirement.is_more else share >= requirement.percent


def _agreement(requirement: Requirement, tenant: Tenant) -> bool | None:
    said = tenant.profile.agreement
    if not said:
        return None
    found = [is_agreement(said, name) for name in requirement.names]
    if True in found:
        return True
    return None if None in found or not found else False


def _feature(requirement: Requirement, tenant: Tenant) -> bool | None:
    profile = tenant.profile
    if _any(
        (*profile.features, *profile.services, *profile.add_ons), requirement.names, is_feature
    ):
        return True
    every = all(_any(profile.without, (one,), is_feature) for one in requirement.names)
    return False if every and requirement.names else None


def _provisioned(requirement: Requirement, tenant: Tenant) -> bool | None:
    day, asked = tenant.profile.provisioned, requirement.day
    if day is None or asked is None:
        return None
    return day < asked if requirement.is_before else day >= asked


def _other(requirement: Requirement, tenant: Tenant) -> bool | None:
    """Decide by the calendar where there is a date, and not at all where there is none."""
    if requirement.day is None:
        return None
    return (tenant.today < requirement.day) is requirement.is_before


def _any(had: Iterable[str], names: Iterable[str], alike: Callable[[str, str], bool]) -> bool:
    wanted = tuple(names)
    return any(alike(one, name) for one in had for name in wanted)


_WEIGHED: dict[Fact, Callable[[Requirement, Tenant], bool | None]] = {
    Fact.COUNTRY: _country,
    Fact.ADD_ONS: _add_on,
    Fact.LICENCES: _licences,
    Fact.AGREEMENT: _agreement,
    Fact.FEATURES: _feature,
    Fact.PROVISIONED: _provisioned,
    Fact.NONE: _other,
}
