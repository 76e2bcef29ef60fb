"""What must hold for a file, whatever is in it."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.chunk import LONGEST_CITATION, chunk_document
from corpus.errors import DocumentError
from corpus.facts.extract import extract
from corpus.facts.templates import template_questions
from corpus.intake.describe import UNDESCRIBED, Given
from corpus.intake.question_bank import AskedPassage, bind
from corpus.intake.sources import SourceFile, document_of
from corpus.language.instructions import telling
from corpus.places import Gazetteer
from corpus.types import Chunk, Document, Span
from index.building.annotate import about_places, annotate_all

SECONDS = 10.0
"""That one file of at most 64 KB may take; what takes longer takes a square of its size."""
_LARGEST_RATIO = 60
"""Times its text that the chunks of a document may be."""


class Stuck(BaseException):
    """A case took too long."""


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Raise Stuck in what computes for longer; works in the main thread."""

    def stop(*_: object) -> None:
        raise Stuck(f"took longer than {seconds:g} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def check_file(
    name: str, content: bytes, gazetteer: Gazetteer, given: Given = UNDESCRIBED
) -> Document | None:
    """Read a file as a build does; return its document, None where it was refused by name."""
    try:
        document = document_of(SourceFile(Path(name), name, given, "case"), content)
    except DocumentError as error:
        message = str(error)
        assert message.startswith(f"{name}: ")
        message.encode()
        return None
    check_structure(document)
    chunks = chunk_document(document)
    check_chunks(document, chunks)
    stated = telling(chunks)
    if stated:
        check_read(document, stated, gazetteer)
    return document


def check_structure(document: Document) -> None:
    """Every span of a document lies within its text."""
    text = document.text
    _encodable(document.about.title, document.about.service, document.about.source, document.id)
    assert list(document.pages) == sorted(document.pages)
    assert all(0 <= page <= len(text) for page in document.pages)
    for section in document.sections:
        assert 0 <= section.span.start <= section.span.end <= len(text)
    for block in document.blocks:
        _within(text, block.span)
        assert 0 <= block.section < len(document.sections)
        for sentence in block.sentences:
            _within(text, sentence)
            assert block.span.contains(sentence)
        for span in (block.lead_in, block.label, block.titles):
            if span is not None:
                _within(text, span)
        for cell in block.cells:
            assert 0 <= cell.span.start <= cell.span.end <= len(text)


def check_chunks(document: Document, chunks: Sequence[Chunk]) -> None:
    """Chunks are verbatim, short, and each has an id of its own."""
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    for chunk in chunks:
        _within(document.text, chunk.span)
        assert chunk.text == chunk.span.of(document.text)
        assert chunk.text.strip()
        assert len(chunk.text) <= LONGEST_CITATION
        for span in chunk.support:
            _within(document.text, span)
            assert span.end - span.start <= LONGEST_CITATION
        _encodable(chunk.context, chunk.lead_in, *chunk.path)
    carried = sum(len(chunk.context) + len(chunk.lead_in) for chunk in chunks)
    assert carried <= _LARGEST_RATIO * max(10_000, len(document.text)), "chunks carry too much"


def check_read(document: Document, chunks: Sequence[Chunk], gazetteer: Gazetteer) -> None:
    """What is read off the chunks lies within the text too."""
    notes = annotate_all(chunks, gazetteer)
    assert [id_ for id_, _ in notes] == [chunk.id for chunk in chunks]
    assert about_places(notes) <= {chunk.id for chunk in chunks}
    facts = extract(document, chunks, gazetteer)
    ids = {chunk.id for chunk in chunks}
    for fact in facts:
        assert fact.chunk in ids
        for span in (fact.span, *fact.support):
            _within(document.text, span)
        limits = (*fact.conditions_said, *fact.exceptions_said)
        _encodable(fact.value, fact.said, *fact.about.names, *limits, *fact.data)
    assert len({fact.id for fact in facts}) == len(facts)
    assert {row.chunk for row in template_questions(facts)} <= ids
    passages = [chunks[0].text, chunks[-1].text[:50], "Data is kept in Oslo."]
    rows = [AskedPassage("case", "A > B", passage, ("Where?", "")) for passage in passages]
    bound = bind(rows, chunks)
    assert {asked.chunk for asked in bound.asked} <= ids


def _within(text: str, span: Span) -> None:
    assert 0 <= span.start < span.end <= len(text), span


def _encodable(*texts: str) -> None:
    for text in texts:
        text.encode()
