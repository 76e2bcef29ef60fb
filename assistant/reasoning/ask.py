"""A question as a typed value: what it wants, and what constrains it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.facts.types import StatementKind
from corpus.places import Place


class Wanted(StrEnum):
    """What the answer has to be."""

    WHETHER = "whether"
    """Whether something is so."""
    PLACE = "place"
    SERVICE = "service"
    """A service, a feature, a company: what something holds for."""
    DATA = "data"
    CONDITION = "condition"
    EXCEPTION = "exception"
    DURATION = "duration"
    DATE = "date"
    PERSON = "person"
    """Who does something, or whom to turn to."""
    WAY = "way"
    """How something is done."""
    REASON = "reason"
    DEFINITION = "definition"
    ALL_OF = "all_of"
    """Every member of a set."""
    HOW_MANY = "how_many"
    DIFFERENCE = "difference"
    IS_CURRENT = "is_current"
    """Whether a document or a statement still holds."""
    UNKNOWN = "unknown"
    """It does not show: passages answer."""


class PlaceRelation(StrEnum):
    """How what is asked about lies to the places that are named."""

    IN = "in"
    NOT_IN = "not_in"
    OUTSIDE = "outside"
    ONLY_IN = "only_in"
    FROM = "from"
    TO = "to"


class Time(StrEnum):
    """When, where the question says it."""

    CURRENT = "current"
    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """Places of one relation that a question names."""

    relation: PlaceRelation
    places: tuple[Place, ...]
    words: str
    """As the question says it: "the EU", "Norway or Sweden"; empty relation words left out."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a question wants to know."""

    question: str
    """The question, complete: with what it takes over from the conversation."""
    wanted: Wanted
    of: Wanted | None = None
    """What is listed or counted, for ALL_OF and HOW_MANY; None where it is none of these."""
    subjects: tuple[str, ...] = ()
    """Names of services, features, companies and add-ons, as the question says them."""
    placed: tuple[PlaceAsked, ...] = ()
    data: tuple[str, ...] = ()
    """Categories of data, as the question says them."""
    kind: StatementKind | None = None
    """What is asked to be done with data, by the main verb; None where it says nothing of that."""
    denied: bool = False
    """True where the question asks for what is not so."""
    time: Time | None = None
    case: tuple[str, ...] = ()
    """What the asker says of the own case: "our tenant is in Norway", "with the add-on"."""
    head: str = ""
    """The noun that is asked for: "regions" of "which regions", "companies" of "how many
    companies"; empty where none is named."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place that the question names, each once."""
        return tuple(dict.fromkeys(place for asked in self.placed for place in asked.places))
