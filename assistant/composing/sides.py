"""What an answer has to show side by side: the parts of a question, the sides of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composing.open_service import first_of_each
from assistant.query import Query, QuestionType
from assistant.understanding.several_subjects import each_subject
from corpus.types import BlockKind
from index.searching.reader import IndexReader
from index.types import Hit

_LOOKED_AT = 10
_GAIN = 0.03
"""Least rise of the mean match of the question's word pieces."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Hits in the order in which they are shown; the first ones are all shown, one a side."""

    hits: Sequence[Hit]
    count: int = 0
    labelled: bool = False
    """True when each side is named by what it is about."""


def sides(query: Query, hits: Sequence[Hit], open_for: Sequence[str], index: IndexReader) -> Sides:
    """Return the hits with those first that stand side by side.

    `open_for` names the services that an open question may mean.
    """
    # Lines of front matter answer when a document is from, which `dates` tells.
    hits = [hit for hit in hits if hit.chunk.kind is not BlockKind.FIELD]
    if open_for:
        firsts = first_of_each(open_for, hits, index)
        return Sides(_led_by(firsts, hits), len(firsts), labelled=True)
    several = each_subject(query, index.abouts, index.gazetteer)
    if several:
        return Sides(hits, len(several), labelled=True)
    other = _complement(query, hits, index) if query.type is QuestionType.COMPARE else None
    if other is None:
        return Sides(hits)
    firsts = [hits[0], other]
    return Sides(_led_by(firsts, hits), len(firsts))


def _led_by(firsts: Sequence[Hit], hits: Sequence[Hit]) -> list[Hit]:
    return [*firsts, *(hit for hit in hits if all(hit is not first for first in firsts))]


def _complement(query: Query, hits: Sequence[Hit], index: IndexReader) -> Hit | None:
    """Return the other side of a comparison within one service: the hit that, with the first one,
    answers to most of the question's words. None where no other adds to it.
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
