"""What came of reasoning: typed values that say what is so, on which passages, by which steps.

Whoever has the same question and the same statements comes to an equal finding; verification
relies on that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.draft import Evidence, Step


class Answered(StrEnum):
    """The first word of an answer to whether something is so."""

    YES = "Yes"
    NO = "No"
    DEPENDS = "It depends"


@dataclass(frozen=True, slots=True)
class Said:
    """A clause that says something, in the words of the documents as far as they are short."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Whether:
    """Something is so, or not."""

    answer: Answered
    because: tuple[Said, ...]
    """What decides, the strongest first; at most two."""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFound:
    """What holds under one condition."""

    when: str
    """The condition: "with Advanced Data Residency", "for tenants in Norway"; empty for all
    others."""
    said: Said
    holds: bool | None = None
    """Whether it is the asker's case; None where that is not known."""
    answer: Answered | None = None
    """What follows for the asker, where it is known whether it is the asker's case."""


@dataclass(frozen=True, slots=True)
class Depends:
    """It depends on something that the documents name."""

    on: str
    """"the add-on", "where the tenant is"; empty where no word says it."""
    cases: tuple[CaseFound, ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a set."""

    name: str
    detail: str = ""
    """What is asked besides: "Norway East" for Norway; empty where nothing is."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a set that fit what is asked."""

    title: str
    """What they are, in the words of the question or of the set: "regions in the EU"."""
    members: tuple[Member, ...]
    total: int
    """How many fit; more than `members` where not all are given."""
    of: int = 0
    """How many the whole set has; 0 where that is not known or says nothing."""
    asked_number: bool = False
    """True where the number is what was asked."""
    left_out: tuple[Member, ...] = ()
    """Those of the set that do not fit, where they are few and worth saying."""
    steps: tuple[Step, ...] = ()
    of_these: str = ""
    """What a further part of the question asks of them: "None of them is in the EU."."""


@dataclass(frozen=True, slots=True)
class Value:
    """A place, a duration, a date, a person, a reason, a definition or a way."""

    said: tuple[Said, ...]
    """The shortest whole clauses that answer, the best first; at most three."""
    lead: str = ""
    """What goes before: "For tenants provisioned in Norway", the service that it is about."""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that are compared."""

    name: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How two or more things differ, or that they do not."""

    sides: tuple[Side, ...]
    same: bool = False
    """True where all sides say the same."""
    concluded: str = ""
    """What follows: "Postgres: 7 days, against 4 days for ClickHouse."; empty where the sides
    speak for themselves."""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class NotNamed:
    """A closed set does not name what is asked for."""

    what: str
    """As the question says it."""
    set_title: str
    named: tuple[Member, ...]
    """What the set does name, all or the nearest."""
    total: int
    evidence: tuple[Evidence, ...]
    steps: tuple[Step, ...] = ()
    denies: bool = False
    """True where it was asked whether the set has it, and the set leaves nothing open: No."""


@dataclass(frozen=True, slots=True)
class NotStated:
    """The documents are about the subject and do not say what is asked."""

    wanted: str
    """What is not said, in the words of the question: "how long deleted volumes are kept"."""
    nearby: tuple[Said, ...] = ()
    """What they do say that comes nearest; at most one."""
    section: str = ""


@dataclass(frozen=True, slots=True)
class NoDocument:
    """No document is about what the question names, or says anything of its data."""

    names: tuple[str, ...]
    """As the question says them; empty where they are written of, and not what is asked."""
    covered: tuple[str, ...]
    """What the documents are about, at most twelve."""
    more: int = 0
    """How many further ones they cover."""


Finding = Whether | Depends | Members | Value | Difference | NotNamed | NotStated | NoDocument
