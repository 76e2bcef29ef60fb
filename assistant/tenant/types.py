"""What a condition asks of a tenant, and what becomes of a statement for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.types import Profile
from corpus.facts.types import Statement
from corpus.types import Span


class Outcome(StrEnum):
    """What becomes of a statement for a tenant."""

    HOLDS = "holds"
    DOES_NOT = "does not hold"
    NOT_KNOWN = "not known"


class Fact(StrEnum):
    """What a profile would have to say, for a requirement to be decided."""

    COUNTRY = "sign-up country"
    REGION = "region chosen"
    ADD_ONS = "add-ons"
    LICENCES = "licences and their share"
    AGREEMENT = "agreement"
    PROVISIONED = "date of provisioning"
    FEATURES = "services used and features on"
    NONE = "nothing that a profile says"
    """Its words are shown; a person has to judge."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, by what its first cell names."""

    places: tuple[str, ...]
    """Gazetteer ids."""
    others: tuple[str, ...]
    """Places of the other rows: what one of them names more closely is not meant by this one."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that must be so (or, negated, must not) for a statement to hold for a tenant."""

    fact: Fact
    said: str
    """The document's words."""
    document: str
    span: Span | None = None
    """Where they stand; None where they were put together."""
    negated: bool = False
    places: tuple[str, ...] = ()
    """Gazetteer ids: the country or the region is in one of them."""
    is_open: bool = False
    """True where it counts places too that only a name stands for ("Local Region")."""
    row: Row | None = None
    """The row of a table that the tenant has to be in, for places of the first column."""
    names: tuple[str, ...] = ()
    """Add-ons, agreements, features: one of them is enough."""
    percent: float | None = None
    """Least share of the users that must have a licence."""
    is_more: bool = False
    """True where `percent` itself is not enough."""
    day: date | None = None
    is_before: bool = False
    """True where it was before `day`, else from it on."""
    is_aside: bool = False
    """An exception that nothing of a tenant decides ("unless a court orders it"), or words before a
    list of exceptions, which are statements themselves: what is promised holds with it."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A requirement and whether the profile meets it; None where that is not known."""

    requirement: Requirement
    met: bool | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of one statement for a tenant, and why."""

    statement: Statement
    outcome: Outcome
    weighed: tuple[Weighed, ...]
    """All that it is said under; what decides is first."""

    @property
    def deciding(self) -> tuple[Weighed, ...]:
        """What decides: what fails, else what is not known, else what is met."""
        wanted = {Outcome.DOES_NOT: False, Outcome.NOT_KNOWN: None, Outcome.HOLDS: True}
        return tuple(
            one
            for one in self.weighed
            if one.met is wanted[self.outcome] and not one.requirement.is_aside
        )


@dataclass(frozen=True, slots=True)
class TenantCheck:
    """All promises and exclusions of the documents for a tenant."""

    profile: Profile
    decided: tuple[Decided, ...]
    """By document and place in it."""
    left_out: int
    """Statements of services that the profile, which names services, does not name."""
    unknown: tuple[str, ...]
    """What of the profile nobody knows, a sentence each."""

    def count(self, outcome: Outcome) -> int:
        """Return how many statements end so."""
        return sum(one.outcome is outcome for one in self.decided)


@dataclass(frozen=True, slots=True)
class Changed:
    """A statement that another profile decides otherwise."""

    before: Decided | None
    """None where its service was not used."""
    after: Decided
