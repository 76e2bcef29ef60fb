"""Which passages of today's documents an answer stands on.

An answer of the assistant brings its citations. For an answer that a person wrote, or that is from
last year's file, passages are looked for and each sentence is held against them, as the sentences
of a language model are: what the referee does not let pass is no ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.composing.evidence import piece
from assistant.draft import DraftSentence, Form
from assistant.library.types import Ground, digest
from assistant.pipeline import retrieve
from assistant.query import Query
from assistant.types import Citation
from assistant.understanding.question import understand
from assistant.verification.written import why_not
from corpus.language.sentences import split_sentences
from corpus.types import Chunk, Span
from index.searching.reader import IndexReader

_MOST_READ = 6
"""Passages that one sentence is held against, best first."""
_LONGEST = 5_000
"""Code points before a citation in which the passage that it is of may begin."""
_FEWEST_WORDS = 3
"""Words of a sentence that says something: "Yes." alone does not."""


def grounds_cited(citations: Iterable[Citation], index: IndexReader) -> tuple[Ground, ...]:
    """Return the passages that an answer cites, whole: the sentence, the row, the item."""
    found: dict[tuple[str, int], Ground] = {}
    for one in citations:
        chunks = index.catalog.between(one.document, one.start - _LONGEST, one.end)
        inside = [
            each for each in chunks if each.span.end > one.start and each.span.start < one.end
        ]
        for chunk in inside:
            found.setdefault((one.document, chunk.span.start), ground_of(chunk, index))
        if not inside:
            found.setdefault((one.document, one.start), _bare(one, index))
    return tuple(found.values())


def grounds_sought(question: str, text: str, index: IndexReader) -> tuple[Ground, ...]:
    """Return the passages of today's documents that say the sentences of an answer."""
    found: dict[str, Ground] = {}
    for sentence in _sentences(text):
        for chunk in _saying(sentence, question, index):
            found.setdefault(chunk.id, ground_of(chunk, index))
    return tuple(found.values())


def ground_of(chunk: Chunk, index: IndexReader) -> Ground:
    """Return a passage as something that an answer stands on."""
    document = index.documents[chunk.document]
    return Ground(
        chunk.document, document.about.title, chunk.span.start, chunk.span.end, chunk.text,
        digest(chunk.text), document.sha256, " > ".join(chunk.path), read_with(chunk),
    )  # fmt: skip


def read_with(chunk: Chunk) -> str:
    """Return what a passage is read with: what leads its list in, the titles of its columns."""
    return "; ".join(filter(None, (chunk.lead_in, *(pair.title for pair in chunk.pairs))))


def _bare(citation: Citation, index: IndexReader) -> Ground:
    """Return a span that is no passage, such as a line with a date, as a ground."""
    document = index.documents[citation.document]
    return Ground(
        citation.document, citation.title, citation.start, citation.end, citation.quote,
        digest(citation.quote), document.sha256, citation.section,
    )  # fmt: skip


def _sentences(text: str) -> Iterator[str]:
    for span in split_sentences(text, Span(0, len(text))):
        for line in span.of(text).split("\n"):
            if len(line.split()) >= _FEWEST_WORDS:
                yield line.strip(" -*•\t")


def _saying(sentence: str, question: str, index: IndexReader) -> Iterator[Chunk]:
    """Yield the best passage that says a sentence, if any does."""
    asked = question if question.rstrip().endswith("?") else f"{question.rstrip('. ')}?"
    query = understand(sentence, (), None, index.gazetteer, index.abouts)
    about = understand(asked, (), None, index.gazetteer, index.abouts)
    seen: set[str] = set()
    for chunk in _near(query, about, index):
        if chunk.id not in seen and len(seen) < _MOST_READ:
            seen.add(chunk.id)
            said = DraftSentence(sentence, (piece(chunk),), Form.WRITTEN)
            if not why_not(said, about, index):
                yield chunk
                return


def _near(query: Query, about: Query, index: IndexReader) -> Iterator[Chunk]:
    for hit in retrieve(query, index):
        yield hit.chunk
    for hit in retrieve(about, index):
        yield hit.chunk
