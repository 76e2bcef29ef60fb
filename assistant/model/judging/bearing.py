"""Whether a passage or a sentence has to do with a question.

A true sentence about something else is no answer. What the search puts near the best that it finds
has to do with a question, and so has what the documents' own answer stands on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.draft import Draft, DraftSentence, Evidence
from assistant.pipeline import searched
from assistant.query import Query
from assistant.reasoning.known import Scope
from assistant.understanding.several_subjects import each_subject
from corpus.language.terms import query_terms
from corpus.types import Chunk, Span
from index.searching.reader import IndexReader
from index.searching.retrieve import search
from index.types import Hit

_REACH = 4.0
"""How far below the best one the score of a passage may lie that has to do with a question; the
weights of the score are those of log-odds: the best is fifty times as likely then."""
_FIRST = 10
"""Passages of these ranks have to do with it however far below they lie."""
_LOOKED_AT = 80
"""Passages that are looked for."""
_BEST = 5
"""Passages of these ranks may stand in for a sentence that shares a word with them."""
_AGREED = 0.4
"""Share of a failed sentence's words that its passages have to have to stand in its place."""
_AGREED_IN_DOUBT = 0.2
"""The same where the model says that the documents' own answer answers something else."""
_SHARED = 0.15
"""The same of each of them."""
_NAMED = 0.5
"""Share of the words of a name that passages have to have to name it."""
_STEM = 5
"""Letters by which words are held to be one."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What has to do with a question."""

    documents: Collection[str] | None
    """Ids of the documents that may speak; None where all may."""
    ranks: dict[str, int]
    """Chunks that were found for it, by their rank from 0."""
    near: frozenset[str]
    """Chunks that the search finds near the best one."""
    spans: tuple[tuple[str, Span], ...]
    """What the documents' own answer stands on."""

    def of_chunk(self, chunk: Chunk) -> bool:
        """Tell whether a passage has to do with the question."""
        if self.documents is not None and chunk.document not in self.documents:
            return False
        return chunk.id in self.near or any(
            one == chunk.document and _meet(span, chunk.span) for one, span in self.spans
        )

    def of_chunks(self, chunks: Sequence[Chunk]) -> bool:
        """Tell whether one of some passages has to do with the question."""
        return any(map(self.of_chunk, chunks))

    def standing_in(
        self, chunks: Sequence[Chunk], sentence: str, *, doubted: bool = False
    ) -> list[Chunk]:
        """Return the passages that may be quoted where a sentence that cites them failed: those
        that were found first for the question, and others that have to do with it where they say
        much of what the sentence says; less, where the model doubts the documents' own answer.
        """
        said = stems(sentence)
        told = {chunk.id: stems(chunk.context) for chunk in chunks}
        if not said or not chunks:
            return []
        together = _share(said, frozenset[str]().union(*told.values()))
        agreed = together >= (_AGREED_IN_DOUBT if doubted else _AGREED)
        any_bears = agreed and self.of_chunks(chunks)
        return [
            chunk for chunk in chunks
            if (any_bears and _share(said, told[chunk.id]) >= _SHARED)
            or (self._is_among_best(chunk) and said & told[chunk.id])
        ]  # fmt: skip

    def agrees(self, chunks: Sequence[Chunk], sentence: str) -> bool:
        """Tell whether passages say much of what a sentence says."""
        told = frozenset[str]().union(*(stems(chunk.context) for chunk in chunks))
        said = stems(sentence)
        return bool(said) and _share(said, told) >= _AGREED

    def _is_among_best(self, chunk: Chunk) -> bool:
        return self.ranks.get(chunk.id, _BEST) < _BEST and self.of_chunk(chunk)


def bearing_of(
    query: Query, hits: Sequence[Hit], scope: Scope | None, draft: Draft, index: IndexReader
) -> Bearing:
    """Return what has to do with a question."""
    only = frozenset(scope.documents) if scope is not None and scope.is_sure else None
    return Bearing(
        documents=only,
        ranks={hit.chunk.id: rank for rank, hit in reversed([*enumerate(hits)])},
        near=frozenset(hit.chunk.id for hit in hits[:_FIRST]) | _near(query, only, index),
        spans=tuple(
            (part.document, span)
            for statement in draft.statements for part in statement.evidence for span in part.spans
        ),
    )  # fmt: skip


def _near(query: Query, only: frozenset[str] | None, index: IndexReader) -> frozenset[str]:
    """Return the chunks that a search finds near the best one, for each of several subjects."""
    parts = each_subject(query, index.abouts, index.gazetteer) or (query,)
    return frozenset(
        hit.chunk.id
        for part in parts
        for found in (search(index, searched(part, index, only or frozenset()), _LOOKED_AT),)
        for hit in found if hit.score >= found[0].score - _REACH
    )  # fmt: skip


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's content words."""
    return frozenset(word[:_STEM] for word in query_terms(text) if len(word) > 1)


def names_said(names: Sequence[str], chunks: Sequence[Chunk]) -> bool:
    """Tell whether passages have the words of a name, most of them."""
    told = frozenset[str]().union(*(stems(chunk.context) for chunk in chunks))
    return all(_share(own, told) >= _NAMED for name in names if (own := stems(name)))


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
