"""Statements as the rows that people read and export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.understanding.services import service_of
from corpus.facts.types import Statement
from corpus.facts.wording import (
    condition_words,
    exception_words,
    kind_words,
    place_words,
    set_words,
)
from corpus.types import Chunk
from index.searching.reader import IndexReader


@dataclass(frozen=True, slots=True)
class FactRow:
    """A statement and all that a reader needs to judge it; the fields are the columns, in order."""

    statement: str
    """A sentence, or what reads like one; `value` and `quote` have all of what it shortens."""
    says: str
    """What kind of statement it is, in words; a denial has words of its own ("is not stored")."""
    placed: tuple[str, ...]
    """Names of places with what each has to do with it: "Norway (rests)", "Germany (customer)"."""
    data: tuple[str, ...]
    conditions: tuple[str, ...]
    """With what leads them in: "if …", "unless …", "from 1 June 2024"."""
    exceptions: tuple[str, ...]
    negated: bool
    only: bool
    """True where nothing else is said to do: "only in …"."""
    modality: str
    """How firmly it is said: is, may, must."""
    status: str
    as_of: date | None
    """The document's date; None where it states none."""
    subject: str
    part_of: tuple[str, ...]
    """What the subject is a part of, the nearest first."""
    service: str
    """Canonical name of the service that the document is about."""
    set: str
    """Where it stands in its list or table: "2 of 14, closed list"."""
    set_title: str
    """What the list or table is of."""
    quote: str
    """Verbatim: `document.text[start:end]`."""
    document: str
    title: str
    """Of the document."""
    section: str
    """Headings above it, the outermost first."""
    page: int | None
    """From 1; None where the document has no pages."""
    source: str
    """Where the document is published, possibly empty."""
    start: int
    end: int
    value: str
    """What is said of the subject, as written but for mark-up."""
    kind: str
    """The kind for programs: `stored`."""
    places: tuple[str, ...]
    """Names of all its places, each once."""
    id: str


def fact_rows(facts: Sequence[Statement], index: IndexReader) -> tuple[FactRow, ...]:
    """Return statements as rows, in their order."""
    chunks = index.catalog.chunks([fact.chunk for fact in facts])
    return tuple(_row(fact, chunks.get(fact.chunk), index) for fact in facts)


def _row(fact: Statement, chunk: Chunk | None, index: IndexReader) -> FactRow:
    document = index.documents[fact.document]
    places = (place_words(index.gazetteer.place(p.place).name, p.role) for p in fact.places)
    return FactRow(
        statement=sentence_of(fact),
        says=kind_words(fact.kind, negated=fact.negated),
        placed=tuple(dict.fromkeys(places)),
        data=fact.data,
        conditions=tuple(dict.fromkeys(map(condition_words, fact.conditions))),
        exceptions=tuple(dict.fromkeys(map(exception_words, fact.exceptions))),
        negated=fact.negated,
        only=fact.only,
        modality=fact.modality.value,
        status=fact.status.value,
        as_of=fact.as_of,
        subject=fact.about.name,
        part_of=fact.about.of,
        service=service_of(document.about),
        set=set_words(fact.member),
        set_title=fact.member.title if fact.member else "",
        quote=fact.span.of(document.text),
        document=fact.document,
        title=document.about.title,
        section=" > ".join(chunk.path) if chunk else "",
        page=document.page(fact.span.start),
        source=document.about.source,
        start=fact.span.start,
        end=fact.span.end,
        value=fact.value,
        kind=fact.kind.value,
        places=tuple(dict.fromkeys(index.gazetteer.place(p.place).name for p in fact.places)),
        id=fact.id,
    )


def sentence_of(fact: Statement) -> str:
    """Return a statement as a sentence; its value behind its subject where it has none."""
    name = fact.about.name
    if fact.said or not name or name.casefold() in fact.value.casefold():
        return fact.said or fact.value
    return f"{name}: {fact.value}"
