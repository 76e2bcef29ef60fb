"""Words and vectors to one ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.types import Hit, Scored
from index.vectors import Vectors

if TYPE_CHECKING:
    from index.reader import IndexReader

_CANDIDATES = 40
_RANK_OFFSET = 20
"""Added to every rank before its reciprocal is taken (Cormack et al., 2009, use 60 for long
lists); smaller, because the lists are short."""
_WEIGHTS = (0.5, 0.4, 3.0, 0.4)
"""Of the four rankings: chunks by vector, by words; either text by vector; questions by words.
The third takes the nearer of a chunk and its questions, so that a document for which nobody
wrote questions competes with its own text."""
_ASKED = 100
"""Question vectors looked at; several belong to one chunk."""


def search(index: IndexReader, question: str, limit: int = 20) -> list[Hit]:
    """Return the chunks that fit a question best, by weighted reciprocal rank fusion."""
    vector = index.encoder.encode(question)
    near = index.vectors.nearest(vector, _CANDIDATES)
    words = index.words.search(question, _CANDIDATES)
    asked = index.vectors.nearest(vector, _ASKED, Vectors.ASKED)
    asked_words = index.words.search(question, _CANDIDATES, asked=True)
    nearer = _nearer(near, asked)
    fused = fuse((near, words, nearer, asked_words), _WEIGHTS)[:limit]
    chunks = index.catalog.chunks([found.id for found in fused])
    cosine = dict(nearer)
    rank = {found.id: number for number, found in enumerate(words, 1)}
    return [
        Hit(chunks[found.id], found.score, cosine.get(found.id, 0.0), rank.get(found.id, 0))
        for found in fused
        if found.id in chunks
    ]


def _nearer(near: list[Scored], asked: list[Scored]) -> list[Scored]:
    """Return the chunks of both lists by the better of their cosines."""
    best = dict(near)
    for id_, score in asked:
        best[id_] = max(score, best.get(id_, 0.0))
    return [Scored(*pair) for pair in sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))]


def fuse(rankings: tuple[list[Scored], ...], weights: tuple[float, ...]) -> list[Scored]:
    """Return the ids of all rankings by the weighted sum of their reciprocal ranks."""
    total: dict[str, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for number, found in enumerate(ranking, 1):
            total[found.id] = total.get(found.id, 0.0) + weight / (_RANK_OFFSET + number)
    ordered = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Scored(id_, score) for id_, score in ordered]
