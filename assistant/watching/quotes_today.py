"""What an answer quotes, held against the documents as they are today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from assistant.changes.find_changes import change_of
from assistant.changes.pairing import Pair, paired
from assistant.changes.read_edition import edition_of_document
from assistant.changes.types import ChangeKind, Edition, Passage, StatementChange
from assistant.history.receipts import EditionThen, QuoteStanding, QuoteToday
from assistant.history.records import RecordedDocument
from assistant.types import Citation
from corpus.language.sentences import readable, split_sentences
from corpus.types import BlockKind, Span
from index.home.edition_store import EditionState, EditionStore
from index.searching.reader import IndexReader

_WORST = tuple(QuoteStanding)
"""From best to worst."""
_SAYS_THE_SAME = (ChangeKind.WORDING, ChangeKind.REORDERED, ChangeKind.MOVED)


def quotes_today(
    citations: Sequence[Citation], recorded: Mapping[str, RecordedDocument], index: IndexReader
) -> tuple[QuoteToday, ...]:
    """Return what became of each quotation of an answer, in the order of its markers.

    `recorded` are the documents as they were then, by id. A document that is as it was is not
    looked at; one that is not indexed any more says nothing.
    """
    found: list[QuoteToday] = []
    by_document = sorted(citations, key=lambda one: one.document)
    for document, group in groupby(by_document, key=lambda one: one.document):
        found += _of_document(list(group), document, recorded.get(document), index)
    return tuple(sorted(found, key=lambda one: one.marker))


def editions_then(
    recorded: Sequence[RecordedDocument], store: EditionStore
) -> tuple[EditionThen, ...]:
    """Return the editions that an answer stood on, with what is kept of them."""
    return tuple(_edition(one, store) for one in recorded)


def _edition(one: RecordedDocument, store: EditionStore) -> EditionThen:
    kept = store.with_hash(one.sha256)
    if kept is None:
        return EditionThen(one.id, one.title, one.date)
    later = [
        other for other in store.of(kept.address, EditionState.TAKEN) if other.number > kept.number
    ]
    return EditionThen(one.id, one.title, one.date, kept.fetched, kept.ordinal, len(later))


def _of_document(
    citations: Sequence[Citation], name: str, recorded: RecordedDocument | None, index: IndexReader
) -> Iterator[QuoteToday]:
    document = index.documents.get(name)
    if document is None:
        yield from (_told(one, QuoteStanding.GONE) for one in citations)
        return
    untouched = recorded is not None and recorded.sha256 == document.sha256
    left = []
    for one in citations:
        if untouched or one.quote in document.text:
            yield _told(one, QuoteStanding.SAME)
        else:
            left.append(one)
    if left:
        yield from _against(left, edition_of_document(name, index), index)


def _against(
    citations: Sequence[Citation], today: Edition, index: IndexReader
) -> Iterator[QuoteToday]:
    """Yield what became of quotations of which a document does not have the very words."""
    said = [(one, passage) for one in citations for passage in _passages(one)]
    old = Edition(
        "then", today.title, None, "", "", tuple(passage for _, passage in said), today.speaker
    )
    pair_of = {
        number: pair for pair in paired(old.passages, today.passages).pairs for number in pair.old
    }
    for citation in citations:
        numbers = [number for number, (one, _) in enumerate(said) if one is citation]
        pairs = list(dict.fromkeys(pair_of.get(number) for number in numbers))
        yield _worst(citation, pairs, old, today, index)


def _worst(
    citation: Citation, pairs: Sequence[Pair | None], old: Edition, today: Edition,
    index: IndexReader,
) -> QuoteToday:  # fmt: skip
    changes = [change_of(old, today, one, index.gazetteer) for one in pairs if one is not None]
    standings = [_standing(one) for one in changes]
    standings += [QuoteStanding.GONE for one in pairs if one is None]
    worst = max(standings, key=_WORST.index, default=QuoteStanding.GONE)
    stands = [today.passages[number].text for one in pairs if one for number in one.new]
    differs = (
        f"{one.aspect.value}: {one.old or '–'} → {one.new or '–'}"
        for change in changes
        if change is not None
        for one in change.differences
    )
    return _told(citation, worst, " ".join(dict.fromkeys(stands)), tuple(dict.fromkeys(differs)))


def _standing(change: StatementChange | None) -> QuoteStanding:
    if change is None:
        return QuoteStanding.SAME
    if change.kind in _SAYS_THE_SAME or not change.differences:
        return QuoteStanding.WORDING
    return QuoteStanding.CHANGED


def _told(
    one: Citation, standing: QuoteStanding, today: str = "", differs: tuple[str, ...] = ()
) -> QuoteToday:
    return QuoteToday(one.marker, one.document, one.quote, standing, today, differs)


def _passages(citation: Citation) -> Iterator[Passage]:
    """Yield the sentences of a quotation, or its row, as passages of an edition."""
    section = tuple(citation.section.split(" > ")) if citation.section else ()
    quote = citation.quote
    if quote.lstrip().startswith("|"):
        cells = [readable(cell.strip()) for cell in quote.strip().strip("|").split("|")]
        text = " | ".join(cells)
        yield Passage(
            Span(0, len(text)), text, section, (), text, BlockKind.ROW, cells[0], in_set=True
        )
        return
    for span in split_sentences(quote, Span(0, len(quote))):
        written = " ".join(span.of(quote).split())
        yield Passage(span, readable(written), section, (), written, BlockKind.PARAGRAPH)
