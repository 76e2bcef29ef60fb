"""Which passages of today's documents an answer stands on.

An answer of the assistant brings its citations. For an answer that a person wrote, or that is from
last year's file, passages are looked for and each sentence is held against them, as the sentences
of a language model are: what the referee does not let pass is no ground. Nor is a passage that
speaks of another service than the question or its scope, or that has no more of the matter than a
place or a number: "It is stored in the US." is true of something in many documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.composing.evidence import piece
from assistant.draft import DraftSentence, Form
from assistant.library.meaning import Meaning, meaning_of
from assistant.library.types import Ground, digest
from assistant.pipeline import retrieve
from assistant.query import Query
from assistant.types import Citation
from assistant.understanding.question import understand
from assistant.understanding.services import (
    documents_named,
    service_of,
    service_spans,
    services,
    services_named,
)
from assistant.verification.reading.word_senses import (
    PARTIES,
    PLACE_WORDS,
    TIME_WORDS,
    may_mean_same,
    same_sense,
)
from assistant.verification.written import why_not
from corpus.language.parsing import parse_one
from corpus.language.sentences import split_sentences
from corpus.places import fold_name
from corpus.types import Chunk, Description, Span
from index.searching.reader import IndexReader

_MOST_READ = 6
"""Passages that one sentence is held against, best first."""
_LONGEST = 5_000
"""Code points before a citation in which the passage that it is of may begin."""
_FEWEST_WORDS = 3
"""Words of a sentence that says something: "Yes." alone does not."""
_NO_MATTER = PLACE_WORDS | TIME_WORDS | PARTIES | frozenset("data datum information".split())
"""Nouns that do not tell what is spoken of."""


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


def grounds_sought(
    question: str, text: str, index: IndexReader, service: str = ""
) -> tuple[Ground, ...]:
    """Return the passages of today's documents that say the sentences of an answer.

    `service` is that of the answer's scope, empty where it has none.
    """
    found: dict[str, Ground] = {}
    for sentence in _sentences(text):
        for chunk in _saying(sentence, question, service, index):
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


def _saying(sentence: str, question: str, service: str, index: IndexReader) -> Iterator[Chunk]:
    """Yield the best passage that says a sentence, if any does."""
    asked = question if question.rstrip().endswith("?") else f"{question.rstrip('. ')}?"
    query = understand(sentence, (), None, index.gazetteer, index.abouts)
    about = understand(asked, (), None, index.gazetteer, index.abouts)
    matter = _matter(sentence, asked, service, index)
    seen: set[str] = set()
    for chunk in _near(query, about, index):
        if chunk.id not in seen and len(seen) < _MOST_READ and matter.is_of(chunk, index):
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


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a passage has to speak of, to be what an answer stands on."""

    documents: frozenset[str]
    """Ids of those about the service that is meant."""
    services: frozenset[str]
    """The services of the vocabulary that are meant."""
    names: frozenset[str]
    """Proper names that have to be said, folded: products that no vocabulary knows."""
    nouns: frozenset[str]
    """Lemmas of what is spoken of, beside places, times and whose data it is."""
    one_service: bool
    """Whether all documents are about one service, which then need not be named."""

    def is_of(self, chunk: Chunk, index: IndexReader) -> bool:
        """Tell whether a passage speaks of the same service and matter."""
        about = index.documents[chunk.document].about
        above = "\n".join((about.title, about.service, *chunk.path))
        read = "\n".join((above, read_with(chunk), chunk.text))
        return self._is_of_service(about, above, read) and self._says(read)

    def _is_of_service(self, about: Description, above: str, read: str) -> bool:
        named = {name for name, _ in service_spans(read)}
        if self.documents or self.services:
            return about.id in self.documents or bool(self.services & named)
        # Where nobody says which service is meant, what one of several does is no answer.
        of_none = not about.service and not any(one.described_by(about) for one in services())
        headed = bool(self.names) and all(name in fold_name(above) for name in self.names)
        return headed or self.one_service or (of_none and not named)

    def _says(self, read: str) -> bool:
        folded = fold_name(read)
        spoken = {token.lemma for line in read.split("\n") for token in parse_one(line).tokens}
        return all(name in folded for name in self.names) and all(
            noun in folded
            or any(same_sense(noun, one) or may_mean_same(noun, one) for one in spoken)
            for noun in self.nouns
        )


def _matter(sentence: str, question: str, service: str, index: IndexReader) -> _Matter:
    """Return what is spoken of: the service of the question, of its scope or else of the sentence,
    and the matter of the sentence, or of the question where the sentence says "it".
    """
    asked, said = (meaning_of(one, index.gazetteer) for one in (question, sentence))
    documents = documents_named(f"{question}\n{service}", index.abouts)
    named = asked.services | frozenset(services_named(service) if service else ())
    if not documents and not named:
        documents, named = documents_named(sentence, index.abouts), said.services
    names = frozenset[str]()
    if not documents and not named:
        names = _names(asked) | _names(said) | ({fold_name(service)} if service else set())
    one_service = len({service_of(one) for one in index.abouts}) <= 1
    return _Matter(documents, named, names, _nouns(said) or _nouns(asked), one_service)


def _names(meaning: Meaning) -> frozenset[str]:
    return frozenset(one.lemma for one in meaning.words if one.is_name)


def _nouns(meaning: Meaning) -> frozenset[str]:
    tokens = meaning.parse.tokens
    return frozenset(
        one.lemma for one in meaning.words
        if tokens[one.at].tag.startswith("NN") and not one.owns and one.lemma not in _NO_MATTER
    )  # fmt: skip
