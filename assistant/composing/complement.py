"""The other side of a comparison within one service: what the first passage leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.query import Query
from index.searching.reader import IndexReader
from index.types import Hit

_LOOKED_AT = 10
_GAIN = 0.03
"""Least rise of the mean match of the question's word pieces."""


def complement(query: Query, hits: Sequence[Hit], index: IndexReader) -> Hit | None:
    """Return the hit that, with the first one, answers to most of the question's words; None
    where no other adds to it.
    """
    asked = index.encoder.asked(query.standalone)
    best = index.pieces.best(asked, [hit.chunk.id for hit in hits[:_LOOKED_AT]])
    if not hits or hits[0].chunk.id not in best:
        return None
    first = best[hits[0].chunk.id]
    together = {
        hit.chunk.id: float(first.clip(min=best[hit.chunk.id]).mean())
        for hit in hits[1:_LOOKED_AT]
        if hit.chunk.id in best and hit.chunk.block != hits[0].chunk.block
    }
    chosen = max(together, key=lambda id_: together[id_], default="")
    if not chosen or together[chosen] - float(first.mean()) < _GAIN:
        return None
    return next(hit for hit in hits if hit.chunk.id == chosen)
