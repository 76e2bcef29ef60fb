"""Which units answer a question, how many of them, and when nothing does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant import wording
from assistant.composing.abstention import is_unanswered
from assistant.composing.authors import credits_of
from assistant.composing.conditions_met import conditions
from assistant.composing.counts import count
from assistant.composing.dates import dates, is_date_line
from assistant.composing.open_service import open_services
from assistant.composing.passages import introduces_alone, is_introduced, joined, unit
from assistant.composing.places_not_named import absences
from assistant.composing.sides import sides
from assistant.composing.yes_no import lead
from assistant.draft import Draft, DraftSentence
from assistant.query import Query, QuestionType
from assistant.types import AnswerKind, Verdict
from assistant.understanding.question import asks_age
from assistant.understanding.services import services
from corpus.language.signals import Signal
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader
from index.types import Hit, StoredDocument

_SURE = 0.85
"""Share of belief in what is shown at which nothing further is added."""
_WORTH = 0.15
"""Least belief in a further unit, as a share of that in the best one."""
_DECIDES = 0.3
"""Least belief in a sentence that says Yes or No."""
_STATEMENTS = 3
_WORDS = 140
_LONGEST = 165
"""Words of an answer; the notices that follow take some more."""
_SIDES = 165
"""Words of an answer that sets several things side by side."""


def compose(query: Query, hits: list[Hit], index: IndexReader, *, clarify: bool = False) -> Draft:
    """Return a draft that answers the query from the hits, abstains, or asks back.

    `clarify` tells whether somebody is there to be asked; else an open question is answered for
    each service that it may mean.
    """
    told_of_page = of_page(query, hits, index)
    if told_of_page is not None:
        return told_of_page
    unknown = _not_covered(query, hits, index.documents.values())
    if unknown:
        notice = wording.NOT_COVERED.format(services=", ".join(unknown))
        return replace(_abstain(notice, ()), kind=AnswerKind.NOT_COVERED)
    if not hits or is_unanswered(query, hits, index):
        return _abstain(wording.NOT_STATED, hits[:1])
    open_for = open_services(query, hits, index)
    if open_for and clarify:
        return Draft(Verdict.CLARIFY, (), opening=wording.WHICH_SERVICE, choices=open_for)
    told = _statements(query, hits, open_for, index)
    weighed = conditions(query, told[0].evidence[0].document, index) if told else ()
    told = told[:1] if weighed else told
    stated = _bounded((*absences(query, index), *told, *weighed))
    if not open_for:
        return Draft(Verdict.ANSWERED, stated)
    return Draft(Verdict.ANSWERED, stated, opening=wording.BY_SERVICE, kind=AnswerKind.DEPENDS)


def of_page(query: Query, hits: list[Hit], index: IndexReader) -> Draft | None:
    """Return what is asked of a page itself: its date, who wrote it; None for other questions."""
    aged = asks_age(query.question) or query.type is QuestionType.CURRENT
    if query.type is QuestionType.DATE or (aged and is_date_line(hits)):
        dated = dates(query, hits, index)
        if dated is not None:
            return dated
    return credits_of(query, hits, index)


def beliefs(hits: Sequence[Hit]) -> list[float]:
    """Return how likely each hit is the evidence, as the weights were fitted to say it."""
    if not hits:
        return []
    best = max(hit.score for hit in hits)
    shares = [math.exp(hit.score - best) for hit in hits]
    return [share / sum(shares) for share in shares]


def _statements(
    query: Query, hits: Sequence[Hit], open_for: Sequence[str], index: IndexReader
) -> tuple[DraftSentence, ...]:
    """Return a unit for each side, else the best one, then more while doubt and room remain."""
    chosen: list[DraftSentence] = []
    shown: set[str] = set()
    words, believed = 0, 0.0
    beside = sides(query, _without_bare_introductions(hits, index), open_for, index)
    shares = beliefs(beside.hits)
    for place, (hit, belief) in enumerate(zip(beside.hits, shares, strict=True)):
        is_side = place < beside.count
        if not is_side and (len(chosen) >= max(_STATEMENTS, beside.count) or believed >= _SURE):
            break
        if hit.chunk.id in shown:
            believed += belief
            continue
        if not is_side and not _may_follow(query, hit, belief / max(shares), chosen):
            continue
        made, ids = unit(query, hit.chunk, index)
        length = len(made.text.split())
        if (chosen and words + length > (_SIDES if is_side else _WORDS)) or ids & shown:
            continue
        counted = None if chosen else count(query, made)
        if not chosen and belief >= _DECIDES:
            made = _led(query, made, hit.chunk)
        if is_side and beside.labelled:
            made = _labelled(made, beside.hits[: beside.count], index)
        elif chosen and hit.chunk.document != chosen[-1].evidence[0].document:
            made = _labelled(made, [], index)
        chosen.extend([made, counted] if counted else [made])
        shown |= ids
        words += length
        believed += belief
    return tuple(joined(chosen))


def _without_bare_introductions(hits: Sequence[Hit], index: IndexReader) -> list[Hit]:
    """Return the hits with each introduction of a list that is too long to show replaced by the
    likeliest member of that list, and left out where none was found.
    """
    kept = list(hits)
    for hit in hits:
        if not introduces_alone(hit.chunk, index):
            continue
        place = kept.index(hit)
        members = [other for other in kept[place:] if is_introduced(other.chunk, hit.chunk)]
        if members:
            kept.remove(members[0])
            kept[place] = replace(members[0], score=hit.score)
        elif len(kept) > 1:
            kept.pop(place)
    return kept


def _may_follow(query: Query, hit: Hit, share: float, chosen: Sequence[DraftSentence]) -> bool:
    """Tell whether a hit may be shown: a further one only when it is likely enough, a command only
    where one is asked for or nothing is likelier.
    """
    if hit.chunk.kind is BlockKind.CODE and not _wants_command(query) and share < 1:
        return False
    return not chosen or share >= _WORTH


def _wants_command(query: Query) -> bool:
    return query.type is QuestionType.HOW_TO or Signal.COMMAND in query.wants


def _bounded(statements: Sequence[DraftSentence]) -> tuple[DraftSentence, ...]:
    """Return the statements that fit, at least the first."""
    words, kept = 0, list[DraftSentence]()
    for statement in statements:
        words += len(f"{statement.lead} {statement.text}".split())
        if kept and words > _LONGEST:
            break
        kept.append(statement)
    return tuple(kept)


def _led(query: Query, made: DraftSentence, chunk: Chunk) -> DraftSentence:
    """Begin with Yes, No or It depends where the chunk decides that."""
    decided = next((part for part in made.evidence if chunk.span in part.spans), None)
    said = lead(query, decided.shown) if decided else ""
    return replace(made, lead=said, decided_by=decided) if said else made


def _labelled(made: DraftSentence, sides: Sequence[Hit], index: IndexReader) -> DraftSentence:
    """Say what a side of a comparison is about: its service, else its document."""
    abouts = [index.documents[hit.chunk.document].about for hit in sides]
    about = index.documents[made.evidence[0].document].about
    alone = sum(other.service == about.service for other in abouts) <= 1
    said = about.service if alone and about.service else about.title
    return replace(made, lead=said, decided_by=None)


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
    near = " ".join(wording.NEAREST_SECTION.format(section=hit.chunk.path[-1]) for hit in hits)
    return Draft(Verdict.ABSTAINED, (), opening=f"{notice} {near}".strip())
