"""Holds the record of an answer against what is said today, and tells what differs; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from assistant.history.records import AnswerRecord, Configuration
from assistant.types import Answer, Citation
from index.types import StoredDocument

_SHOWN = 120


class Aspect(StrEnum):
    """What may differ between then and today."""

    VERDICT = "verdict"
    TEXT = "text"
    CITATION_GONE = "citation gone"
    """Not cited today, though it may still be in its document."""
    CITATION_NEW = "citation new"
    QUOTE_GONE = "quote gone"
    """What was quoted is in its document no more."""
    DOCUMENT_GONE = "document gone"
    DOCUMENT_DATE = "document date"
    DOCUMENT_CONTENT = "document content"
    INDEX = "index"
    CONFIGURATION = "configuration"


_CIRCUMSTANCES = (Aspect.INDEX, Aspect.CONFIGURATION)
"""What may change without changing an answer."""
_OF_DOCUMENTS = (Aspect.DOCUMENT_DATE, Aspect.DOCUMENT_CONTENT)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was."""

    aspect: Aspect
    detail: str
    """What it was and what it is, in a line."""


class QuoteStanding(StrEnum):
    """What became of a passage that an answer quotes."""

    SAME = "still says it"
    WORDING = "says the same in other words"
    CHANGED = "says something else"
    GONE = "is gone"


@dataclass(frozen=True, slots=True)
class QuoteToday:
    """A passage that an answer quotes, held against its document as it is today."""

    marker: int
    """The number in brackets that the answer's text uses."""
    document: str
    quote: str
    standing: QuoteStanding
    today: str = ""
    """What stands in its place; empty where it still says it, or is gone."""
    differs: tuple[str, ...] = ()
    """In what it differs: "duration: 30 days → 90 days"."""


@dataclass(frozen=True, slots=True)
class EditionThen:
    """The edition of a document that an answer stood on."""

    document: str
    title: str
    date: dt.date | None
    """As it stated it."""
    fetched: dt.datetime | None = None
    """When it was fetched; None for files, and for pages of which that is not known."""
    ordinal: int = 0
    """Of the editions that are kept of the page, from 1; 0 where none is."""
    since: int = 0
    """Editions of the page that came after it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A recorded answer beside today's."""

    record: AnswerRecord
    today: Answer | None
    """What is answered today; None where the language model was not asked again."""
    differences: tuple[Difference, ...]
    quotes: tuple[QuoteToday, ...] = ()
    """What became of all that it quotes."""
    editions: tuple[EditionThen, ...] = ()
    """What it stood on."""

    @property
    def same(self) -> bool:
        """Tell whether the same is said, with the same quotations.

        Another build or configuration alone is no difference, nor are documents that changed
        elsewhere; where the question was not asked again, a document that changed is one.
        """
        silent = _CIRCUMSTANCES + (_OF_DOCUMENTS if self.today else ())
        return all(one.aspect in silent for one in self.differences)


@dataclass(frozen=True, slots=True)
class Present:
    """What a record is held against."""

    today: Answer | None
    """None where the question was not asked again."""
    documents: Mapping[str, StoredDocument]
    configuration: Configuration
    quotes: tuple[QuoteToday, ...] = ()
    editions: tuple[EditionThen, ...] = ()


def compare(record: AnswerRecord, present: Present) -> Comparison:
    """Return what differs between a record and today."""
    answered = _answer_differences(record.answer, present.today) if present.today else ()
    differences = (
        *answered,
        *_quote_differences(record.answer.citations, present.documents),
        *_document_differences(record, present.documents),
        *_configuration_differences(record, present.configuration),
    )
    return Comparison(record, present.today, differences, present.quotes, present.editions)


def _answer_differences(then: Answer, today: Answer) -> Iterator[Difference]:
    if then.verdict is not today.verdict:
        yield Difference(Aspect.VERDICT, f"{then.verdict.value}, today {today.verdict.value}")
    if then.text != today.text:
        yield Difference(Aspect.TEXT, f"today: {today.text}")
    before, after = _quotes(then.citations), _quotes(today.citations)
    for known, quote in before.items():
        if known not in after:
            yield Difference(Aspect.CITATION_GONE, quote)
    for known, quote in after.items():
        if known not in before:
            yield Difference(Aspect.CITATION_NEW, quote)


def _quotes(citations: Iterable[Citation]) -> dict[tuple[str, str], str]:
    """Return citations by document and quote: a passage that only moved is the same."""
    return {(one.document, one.quote): _shown(one) for one in citations}


def _shown(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    short = quote if len(quote) <= _SHOWN else quote[: _SHOWN - 1] + "…"
    return f"{citation.document}: “{short}”"


def _quote_differences(
    citations: Iterable[Citation], documents: Mapping[str, StoredDocument]
) -> Iterator[Difference]:
    for one in citations:
        if one.document in documents and one.quote not in documents[one.document].text:
            yield Difference(Aspect.QUOTE_GONE, _shown(one))


def _document_differences(
    record: AnswerRecord, documents: Mapping[str, StoredDocument]
) -> Iterator[Difference]:
    for name in dict.fromkeys(citation.document for citation in record.answer.citations):
        if name not in documents:
            yield Difference(Aspect.DOCUMENT_GONE, f"{name} is not indexed any more")
    for known in record.circumstances.documents:
        if (now := documents.get(known.id)) is None:
            continue
        if now.about.date != known.date:
            dates = f"{known.date or 'undated'}, today {now.about.date or 'undated'}"
            yield Difference(Aspect.DOCUMENT_DATE, f"{known.id}: {dates}")
        if now.sha256 != known.sha256:
            yield Difference(Aspect.DOCUMENT_CONTENT, f"{known.id}: its file changed")


def _configuration_differences(record: AnswerRecord, now: Configuration) -> Iterator[Difference]:
    then = record.circumstances.configuration
    if record.answer.index != now.index:
        yield Difference(Aspect.INDEX, f"{record.answer.index}, today {now.index}")
    if then is None:
        return
    present = asdict(now)
    for name, value in asdict(then).items():
        if name != "index" and value != present[name]:
            told = f"{value or 'none'}, today {present[name] or 'none'}"
            yield Difference(Aspect.CONFIGURATION, f"{name.replace('_', ' ')}: {told}")
