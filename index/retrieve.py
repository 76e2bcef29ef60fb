"""Words and vectors to one ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.types import Hit, Scored

if TYPE_CHECKING:
    from index.reader import IndexReader

_CANDIDATES = 60
_RANK_OFFSET = 20
"""Added to every rank before its reciprocal is taken (Cormack et al., 2009, use 60 for long
lists); smaller, because the lists are short."""
_VECTOR_WEIGHT = 1.0
_WORD_WEIGHT = 0.6


def search(index: IndexReader, question: str, limit: int = 20) -> list[Hit]:
    """Return the chunks that fit a question best, by weighted reciprocal rank fusion."""
    near = index.vectors.nearest(index.encoder.encode(question), _CANDIDATES)
    words = index.words.search(question, _CANDIDATES)
    fused = fuse((near, words), (_VECTOR_WEIGHT, _WORD_WEIGHT))[:limit]
    chunks = index.catalog.chunks([found.id for found in fused])
    cosine = dict(near)
    rank = {found.id: number for number, found in enumerate(words, 1)}
    return [
        Hit(chunks[found.id], found.score, cosine.get(found.id, 0.0), rank.get(found.id, 0))
        for found in fused
        if found.id in chunks
    ]


def fuse(rankings: tuple[list[Scored], ...], weights: tuple[float, ...]) -> list[Scored]:
    """Return the ids of all rankings by the weighted sum of their reciprocal ranks."""
    total: dict[str, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for number, found in enumerate(ranking, 1):
            total[found.id] = total.get(found.id, 0.0) + weight / (_RANK_OFFSET + number)
    ordered = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Scored(id_, score) for id_, score in ordered]
