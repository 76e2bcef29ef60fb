"""Which units answer a question, how many of them, and when nothing does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.abstain import is_unanswered
from assistant.compose.absence import absences
from assistant.compose.counts import count
from assistant.compose.dates import dates, is_date_line
from assistant.compose.leads import lead
from assistant.compose.units import unit
from assistant.entities import services
from assistant.parts import parts
from assistant.types import Draft, Query, QuestionType, Statement, Verdict
from corpus.types import BlockKind, Chunk
from index.reader import IndexReader
from index.types import Hit, StoredDocument

_SURE = 0.85
"""Share of belief in what is shown at which nothing further is added."""
_WORTH = 0.15
"""Least belief in a further unit, as a share of that in the best one."""
_DECIDES = 0.3
"""Least belief in a sentence that says Yes or No."""
_STATEMENTS = 3
_WORDS = 140
_SIDES = 185
"""Words of an answer that sets several things side by side."""


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
    return Draft(Verdict.ANSWERED, (*absences(query, index), *_statements(query, hits, index)))


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
    abouts = [document.about for document in index.documents.values()]
    sides = len(parts(query, abouts, index.gazetteer))
    hits = [hit for hit in hits if hit.chunk.kind is not BlockKind.FIELD]
    shares = beliefs(hits)
    for place, (hit, belief) in enumerate(zip(hits, shares, strict=True)):
        is_side = place < sides
        if not is_side and (len(chosen) >= max(_STATEMENTS, sides) or believed >= _SURE):
            break
        if hit.chunk.id in shown:
            believed += belief
            continue
        if chosen and not is_side and belief < _WORTH * max(shares):
            continue
        made, ids = unit(query, hit.chunk, index)
        length = len(made.text.split())
        if (chosen and words + length > (_SIDES if is_side else _WORDS)) or ids & shown:
            continue
        counted = None if chosen else count(query, made)
        if not chosen and belief >= _DECIDES:
            made = _led(query, made, hit.chunk)
        if is_side:
            made = _labelled(made, index)
        chosen.extend([counted, made] if counted else [made])
        shown |= ids
        words += length
        believed += belief
    return tuple(chosen)


def _led(query: Query, made: Statement, chunk: Chunk) -> Statement:
    """Begin with Yes, No or It depends where the chunk decides that."""
    decided = next((part for part in made.evidence if chunk.span in part.spans), None)
    said = lead(query, decided.shown) if decided else ""
    return replace(made, lead=said, decided_by=decided) if said else made


def _labelled(made: Statement, index: IndexReader) -> Statement:
    """Say which service a side of a comparison is about."""
    about = index.documents[made.evidence[0].document].about
    return replace(made, lead=about.service or about.title, decided_by=None)


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
