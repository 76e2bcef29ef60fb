"""What an evidence pack holds, put together from answers and the documents that they cite."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from assistant.types import Citation
from corpus.types import Block, Span
from index.types import StoredDocument
from ui.exports.check_files import CheckOfTenant, check_told, profile_said
from ui.shared.check_rows import CheckRow, Tally, by_service

if TYPE_CHECKING:
    from index.searching.reader import IndexReader

_LONGEST_CONTEXT = 600
"""Code points of a sentence before or after a quotation."""


class Documents(Protocol):
    """Where the documents of today are."""

    def reading(self) -> AbstractContextManager[IndexReader]:
        """Yield the current build."""
        ...


class Detail(NamedTuple):
    """A line of a receipt, or of what is said of a pack."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that goes into a pack."""

    number: str
    """As the reader counts it: "3", or "Sheet 1, row 12"."""
    question: str
    verdict: str
    """How the question ended, in words."""
    text: str
    """The answer with its marks; a person's words where one wrote it."""
    citations: tuple[Citation, ...]
    receipt: tuple[Detail, ...]
    """How it came about."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A quotation in its context."""

    marker: int
    quote: str
    """Verbatim."""
    before: str
    """The sentence before it in the document; empty where there is none."""
    after: str
    title: str
    """Of the document."""
    section: str
    page: int | None
    edition: date | None
    """The document's own date as it was when it was cited."""
    source: str
    """Where the document is published, possibly empty."""
    span: Span
    sha256: str
    """Of the document's text today, as UTF-8; empty where it no longer has the quotation."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question, its answer and what it stands on."""

    answered: Answered
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """What becomes of one promise or exclusion for a tenant."""

    outcome: str
    """holds, does not hold, not known."""
    quote: str
    """Verbatim."""
    because: tuple[str, ...]
    """Words of the document that decide."""
    decided_by: tuple[str, ...]
    """What of the profile decides, or would."""
    title: str
    """Of the document."""
    edition: date | None
    span: Span


@dataclass(frozen=True, slots=True)
class CheckedTenant:
    """What holds for a tenant, as a section of a pack."""

    name: str
    said: tuple[Detail, ...]
    """Its profile."""
    told: tuple[str, ...]
    """What a reader has to know beside, a sentence each."""
    tallies: tuple[Tally, ...]
    """By service."""
    statements: tuple[CheckedStatement, ...]


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that a pack cites, as it is indexed today."""

    title: str
    publisher: str
    edition: date | None
    source: str
    text_sha256: str
    file_sha256: str
    cited: int
    """How many quotations are of it."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that is handed over."""

    title: str
    about: tuple[Detail, ...]
    made: datetime
    """UTC."""
    entries: tuple[Entry, ...]
    documents: tuple[CitedDocument, ...]
    checks: tuple[CheckedTenant, ...] = ()


class Occasion(NamedTuple):
    """What a pack is of."""

    title: str
    about: tuple[Detail, ...]
    made: datetime


def evidence_pack(
    occasion: Occasion,
    answers: Iterable[Answered],
    documents: Documents,
    checks: Sequence[CheckOfTenant] = (),
) -> Pack:
    """Return the pack of some answers, with what holds for tenants where that is given too.

    Quotations are looked up in the documents of today.
    """
    with documents.reading() as index:
        texts = _Texts(index)
        entries = tuple(
            Entry(one, tuple(texts.exhibit(citation) for citation in one.citations))
            for one in answers
        )
        named = [
            *(citation.document for entry in entries for citation in entry.answered.citations),
            *(row.document for check in checks for row in check.rows),
        ]
        return Pack(
            occasion.title, occasion.about, occasion.made, entries, tuple(texts.cited(named)),
            tuple(map(texts.checked, checks)),
        )  # fmt: skip


class _Texts:
    """The documents of a build while quotations of them are looked up."""

    def __init__(self, index: IndexReader) -> None:
        self._documents: Mapping[str, StoredDocument] = index.documents
        self._units = lru_cache(maxsize=64)(lambda id_: _units(index.catalog.structure(id_)[1]))
        self._sha256 = lru_cache(maxsize=1024)(
            lambda id_: hashlib.sha256(self._documents[id_].text.encode()).hexdigest()
        )

    def exhibit(self, citation: Citation) -> Exhibit:
        """Return a quotation with the sentences around it, where its document still has it."""
        span = Span(citation.start, citation.end)
        document = self._documents.get(citation.document)
        held = document is not None and span.of(document.text) == citation.quote
        before = after = ""
        if document is not None and held:
            before, after = _around(document.text, span, self._units(document.id))
        return Exhibit(
            citation.marker, citation.quote, before, after, citation.title, citation.section,
            citation.page, citation.as_of, citation.source, span,
            self._sha256(citation.document) if held else "",
        )  # fmt: skip

    def checked(self, check: CheckOfTenant) -> CheckedTenant:
        """Return what holds for a tenant as a section."""
        return CheckedTenant(
            check.name,
            tuple(Detail(*one) for one in profile_said(check.profile)),
            tuple(check_told(check)),
            tuple(by_service(check.rows)),
            tuple(map(self._statement, check.rows)),
        )

    def _statement(self, row: CheckRow) -> CheckedStatement:
        document = self._documents.get(row.document)
        return CheckedStatement(
            row.outcome, row.quote, row.because, row.decided_by, row.title,
            document.about.date if document else None, Span(row.start, row.end),
        )  # fmt: skip

    def cited(self, named: Iterable[str]) -> Iterator[CitedDocument]:
        """Yield the documents of quotations, each named once for each quotation, by title."""
        counts = Counter(named)
        known = [self._documents[id_] for id_ in counts if id_ in self._documents]
        for one in sorted(known, key=lambda document: document.about.title.casefold()):
            about = one.about
            yield CitedDocument(
                about.title, about.publisher, about.date, about.source, self._sha256(one.id),
                one.sha256, counts[one.id],
            )  # fmt: skip


class _Unit(NamedTuple):
    """A sentence, a row or an item, and the section of its document that it stands in."""

    span: Span
    section: int


def _units(blocks: Sequence[Block]) -> tuple[_Unit, ...]:
    """Return the sentences, rows and items of a document, in order."""
    found = {
        _Unit(span, block.section) for block in blocks for span in block.sentences or (block.span,)
    }
    return tuple(sorted(found))


def _around(text: str, span: Span, units: Sequence[_Unit]) -> tuple[str, str]:
    """Return what is said before a span and after it; nothing of what stands below another heading,
    which would read like a condition of what is quoted.
    """
    before = bisect_right(units, span.start, key=lambda unit: unit.span.end) - 1
    after = bisect_right(units, span.end - 1, key=lambda unit: unit.span.start)
    own = {one.section for one in units[before + 1 : after]}
    return (
        units[before].span.of(text)[-_LONGEST_CONTEXT:]
        if before >= 0 and units[before].section in own else "",
        units[after].span.of(text)[:_LONGEST_CONTEXT]
        if after < len(units) and units[after].section in own else "",
    )  # fmt: skip
