"""The values of the fact table: one statement of a document, made machine-readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.types import Span


class FactKind(StrEnum):
    """What a fact says."""

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


class FactStatus(StrEnum):
    """How long a fact is meant to hold."""

    CURRENT = "current"
    TEMPORARY = "temporary"
    PREVIEW = "preview"
    PLANNED = "planned"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with the span that says it: `document.text[span.start:span.end]`."""

    id: str
    """Hash of document, place in it, kind and words; stable while these are."""
    document: str
    chunk: str
    """Id of the chunk that holds the span, or the greatest part of it."""
    kind: FactKind
    subject: str
    """Service, feature or thing that it is said of, as the document names it."""
    value: str
    """What is said, as written but for mark-up."""
    places: tuple[str, ...]
    """Gazetteer ids of the places that it names or takes over from its heading or lead-in."""
    data: tuple[str, ...]
    """Categories of data, as written."""
    conditions: tuple[str, ...]
    exceptions: tuple[str, ...]
    negated: bool
    status: FactStatus
    as_of: date | None
    """The document's date; None where it states none."""
    span: Span
    support: tuple[Span, ...] = ()
    """Other places that it is read from: heading, lead-in, label, column titles."""
