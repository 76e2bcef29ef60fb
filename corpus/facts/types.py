"""What a document says, made machine-readable: a statement with its typed arguments and spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.types import Span


class StatementKind(StrEnum):
    """What a statement says."""

    STORED = "stored"
    """Where data rests, or that it does not."""
    PROCESSED = "processed"
    REPLICATED = "replicated"
    EXCLUDED = "excluded"
    """What a promise or a rule does not cover."""
    REQUIRED = "required"
    """What must hold or be done, or (negated) need not."""
    DETERMINED_BY = "determined_by"
    """What decides about a place, and who may choose it."""
    RETAINED = "retained"
    MOVED = "moved"
    NOT_SUPPORTED = "not_supported"
    COMMAND = "command"
    STEP = "step"
    MEMBER = "member"
    """One of a list, or one row of a table."""
    CONTACT = "contact"
    DATE = "date"
    COMMITMENT = "commitment"
    DEFINED = "defined"


class Status(StrEnum):
    """How long a statement is meant to hold."""

    CURRENT = "current"
    TEMPORARY = "temporary"
    PREVIEW = "preview"
    PLANNED = "planned"
    DEPRECATED = "deprecated"
    PAST = "past"
    """It held once and no longer does."""


class Modality(StrEnum):
    """How firmly it is said."""

    IS = "is"
    MAY = "may"
    """It may or can be so; whether it is, is not said."""
    MUST = "must"
    """It must or should be so, or is promised with "shall" or "will"."""


class PlaceRole(StrEnum):
    """What a place has to do with what is said."""

    RESTS = "rests"
    """Data rests there, or (denied) does not."""
    PROCESSED = "is processed"
    GOES_TO = "goes to"
    """Data is moved, copied or sent there."""
    COMES_FROM = "comes from"
    """Data is moved, copied or sent from there."""
    CHOICE = "can be chosen"
    """It is offered to choose from; nothing rests there until somebody chooses it."""
    CUSTOMER = "of the customer"
    """Where the customer or a user is, signed up, or is billed."""
    SEAT = "seat of a company"
    """Where a company, an authority, a court or a team sits."""
    LEFT_OUT = "left out"
    """What is said holds outside of it, or does not hold there."""
    NAMED = "named"
    """Named without any of these."""


@dataclass(frozen=True, slots=True)
class PlacedAt:
    """A place in a statement, by what it has to do with it."""

    place: str
    """Gazetteer id."""
    role: PlaceRole
    span: Span
    """Where the document names it: in the statement, its heading, its lead-in or its label."""


class Term(StrEnum):
    """What a condition asks for."""

    SIGNED_UP = "signed up in"
    """The customer signed up, is billed or has the tenant in one of `places`."""
    LOCATED = "is in"
    """A user, a company or a thing is in one of `places`."""
    CHOSE = "chose"
    """The customer chose or created something in one of `places`, or in a region of a name."""
    HAS = "has"
    """The customer has what `names` says: a plan, a licence, an add-on, a subscription."""
    AGREED = "under agreement"
    """An agreement, an addendum or terms that `names` says are in force."""
    ENABLED = "is on"
    """A feature or setting that `names` says is on, used or configured."""
    BEFORE = "before"
    """Before `date`, or before what `names` says."""
    AFTER = "after"
    """From `date` on, or after what `names` says."""
    PREVIEW = "in preview"
    OTHER = "other"
    """Something else; its words say what."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold, or (negated) must not hold, for a statement to hold."""

    text: str
    """As a reader sees it, without the word that leads it in."""
    span: Span | None = None
    """Where it stands; None where it was put together from several parts."""
    term: Term = Term.OTHER
    negated: bool = False
    """True where the statement holds unless this does."""
    places: tuple[str, ...] = ()
    """Gazetteer ids."""
    names: tuple[str, ...] = ()
    """Add-ons, plans, agreements, features, as the document names them."""
    date: date | None = None
    only: bool = False
    """True where the statement holds under this condition alone ("only if")."""
    lead: str = ""
    """Words that lead it in, in lower case: "if", "unless", "for", "except where"; empty for a
    label set apart."""


class Openness(StrEnum):
    """Whether a list says that nothing else belongs to it."""

    CLOSED = "closed"
    """"the following", "only", the rows of a table."""
    OPEN = "open"
    """"such as", "including", "for example"."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SetMembership:
    """The list, table or record that a statement belongs to."""

    id: str
    """Equal for the members of one set; unique over all documents."""
    title: str
    """What it is a set of: its lead-in, its title or its heading, as a reader sees it."""
    position: int
    """From 1."""
    size: int
    openness: Openness = Openness.UNKNOWN
    record: str = ""
    """Equal for the statements of one row or one label-value group of the set."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement is about, in the document's own terms."""

    name: str
    """Service, feature, thing or party; empty where the document tells none."""
    of: tuple[str, ...] = ()
    """What it is a part of, the nearest first; the service that the document is about last."""
    aliases: tuple[str, ...] = ()
    """Other names that the document gives it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that the statement can be asked by, the nearest first."""
        return tuple(dict.fromkeys(n for n in (self.name, *self.aliases, *self.of) if n))


_OF_DATA = frozenset(
    {StatementKind.STORED, StatementKind.PROCESSED, StatementKind.REPLICATED,
     StatementKind.MOVED, StatementKind.RETAINED, StatementKind.COMMITMENT,
     StatementKind.DETERMINED_BY}
)  # fmt: skip
"""Kinds that say what becomes of data, and where."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One proposition of a document with the span that says it."""

    id: str
    """Hash of document, place in it, kind and words; stable while these are."""
    document: str
    chunk: str
    """Id of the chunk that holds the span, or the greatest part of it."""
    kind: StatementKind
    about: Subject
    value: str
    """What is said, as written but for mark-up."""
    places: tuple[PlacedAt, ...]
    """In the order of the text, each place once in a role."""
    data: tuple[str, ...]
    """Categories of data, as written."""
    conditions: tuple[Condition, ...]
    exceptions: tuple[Condition, ...]
    """What it does not hold for."""
    negated: bool
    status: Status
    as_of: date | None
    """The document's date; None where it states none."""
    span: Span
    """`document.text[span.start:span.end]` says it."""
    support: tuple[Span, ...] = ()
    """Other places that it is read from: heading, lead-in, label, column titles."""
    modality: Modality = Modality.IS
    only: bool = False
    """True where nothing else is said to do: "only in …"."""
    member: SetMembership | None = None
    said: str = ""
    """A whole sentence that says it, for readers: subject, lead-in and label filled in."""

    @property
    def place_ids(self) -> tuple[str, ...]:
        """Ids of the places that it is about: where the customer is does not say where data is,
        but may be what is required; where a company sits may be what is defined."""
        aside = set()
        if self.kind in _OF_DATA:
            aside.add(PlaceRole.CUSTOMER)
        if self.kind is not StatementKind.DEFINED:
            aside.add(PlaceRole.SEAT)
        return tuple(dict.fromkeys(p.place for p in self.places if p.role not in aside))

    @property
    def conditions_said(self) -> tuple[str, ...]:
        """Words of the conditions, each once."""
        return tuple(dict.fromkeys(one.text for one in self.conditions))

    @property
    def exceptions_said(self) -> tuple[str, ...]:
        """Words of the exceptions, each once."""
        return tuple(dict.fromkeys(one.text for one in self.exceptions))

    def at(self, *roles: PlaceRole) -> tuple[str, ...]:
        """Return the ids of the places of some roles, each once."""
        return tuple(dict.fromkeys(p.place for p in self.places if p.role in roles))
