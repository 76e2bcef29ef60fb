"""Facts as the rows that people read and export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.understanding.services import service_of
from corpus.facts.types import Statement
from index.searching.reader import IndexReader


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with all that a reader needs to judge it; the fields are the columns, in order."""

    document: str
    kind: str
    subject: str
    value: str
    places: tuple[str, ...]
    """Names."""
    data: tuple[str, ...]
    conditions: tuple[str, ...]
    exceptions: tuple[str, ...]
    negated: bool
    status: str
    as_of: date | None
    """The document's date; None where it states none."""
    quote: str
    """Verbatim: `document.text[start:end]`."""
    start: int
    end: int
    id: str
    service: str
    """Canonical name of the service that the document is about."""
    title: str
    """Of the document."""
    source: str
    """Where the document is published, possibly empty."""


def fact_row(fact: Statement, index: IndexReader) -> FactRow:
    """Return a fact as a row."""
    document = index.documents[fact.document]
    return FactRow(
        document=fact.document,
        kind=fact.kind.value,
        subject=fact.about.name,
        value=fact.value,
        places=tuple(index.gazetteer.place(id_).name for id_ in fact.place_ids),
        data=fact.data,
        conditions=fact.conditions_said,
        exceptions=fact.exceptions_said,
        negated=fact.negated,
        status=fact.status.value,
        as_of=fact.as_of,
        quote=fact.span.of(document.text),
        start=fact.span.start,
        end=fact.span.end,
        id=fact.id,
        service=service_of(document.about),
        title=document.about.title,
        source=document.about.source,
    )
