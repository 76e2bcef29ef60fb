"""Which units answer a question, how many of them, and when nothing does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from assistant.abstain import is_unanswered
from assistant.compose.counts import count
from assistant.compose.dates import dates, is_date_line
from assistant.compose.units import unit
from assistant.entities import services
from assistant.types import Draft, Query, QuestionType, Statement, Verdict
from corpus.types import BlockKind
from index.reader import IndexReader
from index.types import Hit, StoredDocument

_SURE = 0.85
"""Share of belief in what is shown at which nothing further is added."""
_WORTH = 0.15
"""Least belief in a further unit, as a share of that in the best one."""
_STATEMENTS = 3
_WORDS = 140


def compose(query: Query, hits: list[Hit], index: IndexReader) -> Draft:
    """Return a draft that answers the query from the hits, or abstains."""
    if query.type is QuestionType.DATE or is_date_line(hits):
        told = dates(query, hits, index)
        if told is not None:
            return told
    unknown = _not_covered(query, hits, index.documents.values())
    if unknown:
        return _abstain(f"The indexed documents do not cover {', '.join(unknown)}.", ())
    if not hits or is_unanswered(query, hits, index):
        return _abstain("The indexed documents do not say this.", hits[:1])
    return Draft(Verdict.ANSWERED, _statements(query, hits, index))


def beliefs(hits: Sequence[Hit]) -> list[float]:
    """Return how likely each hit is the evidence, as the weights were fitted to say it."""
    if not hits:
        return []
    best = max(hit.score for hit in hits)
    shares = [math.exp(hit.score - best) for hit in hits]
    return [share / sum(shares) for share in shares]


def _statements(query: Query, hits: list[Hit], index: IndexReader) -> tuple[Statement, ...]:
    """Return the best unit, then further ones while doubt and room remain."""
    chosen: list[Statement] = []
    shown: set[str] = set()
    words, believed = 0, 0.0
    candidates = _ordered(query, hits)
    shares = beliefs(candidates)
    for hit, belief in zip(candidates, shares, strict=True):
        if len(chosen) >= _STATEMENTS or (believed >= _SURE and not _compares(query, chosen)):
            break
        if hit.chunk.id in shown:
            believed += belief
            continue
        if chosen and (hit.chunk.kind is BlockKind.FIELD or belief < _WORTH * shares[0]):
            continue
        made, ids = unit(query, hit.chunk, index)
        length = len(made.text.split())
        if (chosen and words + length > _WORDS) or ids & shown:
            continue
        counted = None if chosen else count(query, made)
        chosen.extend([counted, made] if counted else [made])
        shown |= ids
        words += length
        believed += belief
    return tuple(chosen)


def _compares(query: Query, chosen: list[Statement]) -> bool:
    return query.type is QuestionType.COMPARE and len(chosen) < 2


def _ordered(query: Query, hits: list[Hit]) -> list[Hit]:
    """Return the hits; for a comparison the best of each document that is meant come first."""
    if query.type is not QuestionType.COMPARE or len(query.services) < 2:
        return hits
    firsts: dict[str, Hit] = {}
    for hit in hits:
        firsts.setdefault(hit.chunk.document, hit)
    leading = list(firsts.values())[: len(query.services)]
    return leading + [hit for hit in hits if hit not in leading]


def _not_covered(
    query: Query, hits: list[Hit], documents: Iterable[StoredDocument]
) -> tuple[str, ...]:
    """Return the services of a query when no document is about any of them, nor what was found."""
    named = [service for service in services() if service.name in query.services]
    if any(service.described_by(document.about) for service in named for document in documents):
        return ()
    found = " ".join(hit.chunk.context.lower() for hit in hits[:5])
    if any(cover in found for service in named for cover in service.covers):
        return ()
    return tuple(service.name for service in named)


def _abstain(notice: str, hits: Iterable[Hit]) -> Draft:
    near = " ".join(f"The nearest section is “{hit.chunk.path[-1]}”." for hit in hits)
    return Draft(Verdict.ABSTAINED, (), f"{notice} {near}".strip())
