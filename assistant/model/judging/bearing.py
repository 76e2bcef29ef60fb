"""Whether a passage or a sentence has to do with a question.

A true sentence about something else is no answer. What retrieval finds for the question has to do
with it, and so has what stands in the same paragraph, list or table; of anything else the words
decide.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.draft import Draft, DraftSentence, Evidence
from assistant.query import Query
from assistant.reasoning.known import Scope
from corpus.language.terms import query_terms
from corpus.types import Chunk, Span
from index.types import Hit

_BEST = 5
"""Passages of these ranks bear on the question whatever their words."""
_SHARED = 0.34
"""Share of a failed sentence's words that a passage has to have to stand in its place."""
_ASKED = 0.5
"""Share of the question's words that a passage has to have where retrieval did not find it."""
_STEM = 5
"""Letters by which words are held to be one."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What has to do with a question."""

    documents: Collection[str] | None
    """Ids of the documents that may speak; None where all may."""
    ranks: dict[str, int]
    """Chunks that were found for it, by their rank from 0."""
    groups: frozenset[tuple[str, int]]
    """Documents and blocks in which these stand."""
    spans: tuple[tuple[str, Span], ...]
    """What the documents' own answer stands on."""
    terms: frozenset[str]
    """Stems of the question's words."""

    def of_chunk(self, chunk: Chunk) -> bool:
        """Tell whether a passage has to do with the question."""
        if self.documents is not None and chunk.document not in self.documents:
            return False
        if chunk.id in self.ranks or (chunk.document, chunk.block) in self.groups:
            return True
        if any(one == chunk.document and _meet(span, chunk.span) for one, span in self.spans):
            return True
        return bool(self.terms) and _share(self.terms, stems(chunk.context)) >= _ASKED

    def of_chunks(self, chunks: Sequence[Chunk]) -> bool:
        """Tell whether one of some passages has to do with the question."""
        return any(map(self.of_chunk, chunks))

    def stands_in(self, chunk: Chunk, sentence: str) -> bool:
        """Tell whether a passage may be quoted where a sentence that cites it failed."""
        if not self.of_chunk(chunk):
            return False
        if self.ranks.get(chunk.id, _BEST) < _BEST:
            return True
        said = stems(sentence)
        return bool(said) and _share(said, stems(chunk.context)) >= _SHARED


def bearing_of(query: Query, hits: Sequence[Hit], scope: Scope | None, draft: Draft) -> Bearing:
    """Return what has to do with a question."""
    only = frozenset(scope.documents) if scope is not None and scope.is_sure else None
    return Bearing(
        documents=only,
        ranks={hit.chunk.id: rank for rank, hit in reversed([*enumerate(hits)])},
        groups=frozenset((hit.chunk.document, hit.chunk.block) for hit in hits),
        spans=tuple(
            (part.document, span)
            for statement in draft.statements for part in statement.evidence for span in part.spans
        ),
        terms=stems(query.standalone),
    )  # fmt: skip


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's content words."""
    return frozenset(word[:_STEM] for word in query_terms(text) if len(word) > 1)


def overlap(statement: DraftSentence, evidence: Evidence) -> bool:
    """Tell whether a statement stands on a piece of some evidence."""
    return any(
        part.document == evidence.document and _meet(mine, other)
        for part in statement.evidence for mine in part.spans for other in evidence.spans[:1]
    )  # fmt: skip


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _share(words: Collection[str], known: Collection[str]) -> float:
    return sum(word in known for word in words) / len(words)
