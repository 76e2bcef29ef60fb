"""From a question and the passages in its scope to the value that it wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.composing.evidence import piece
from assistant.draft import Evidence
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Difference, NotStated, Said, Value
from assistant.reasoning.known import Known
from assistant.reasoning.values.asked_words import stems
from assistant.reasoning.values.candidate_rank import Ranked, ranked
from assistant.reasoning.values.candidates import Candidate, Weighed, candidates
from assistant.reasoning.values.group_said import listed, words_of
from assistant.reasoning.values.indirect_question import asked_indirectly
from assistant.reasoning.values.passage_said import said
from assistant.reasoning.values.two_things import difference
from assistant.reasoning.values.value_absent import is_absent, keeps_none, row_of_kind
from assistant.understanding.question import asks_age
from corpus.types import BlockKind
from index.types import Hit, Match

_MOST_WORDS = 75
"""Words of an answer of several passages."""
_SURE = 0.75
"""Belief in a passage at which nothing is added to it."""
_WORTH = 0.25
"""Least belief in a further passage, as a share of that in the first."""
_MOST = 2
_LIKELY = 0.3
"""Belief in the first passage at which a further one may not scatter what is cited."""
_MOST_SOURCES = 2
_AS_LIKELY = 0.5
"""Belief in a further member of a list, as a share of that in the one that is said alone."""
_APART = 120
"""Code points between passages that are cited apart."""
_NEARBY = 30
"""Words of what comes nearest where nothing is stated."""
_FEW = 8
"""Passages that a search for one identifier looks at."""
_SEVERAL, _MOST_NAMED = 2, 6
"""Identifiers of which each is answered for itself."""
NOT_VALUES = (Wanted.WHETHER, Wanted.ALL_OF, Wanted.HOW_MANY, Wanted.IS_CURRENT)
"""What others answer; passages stand in where they cannot."""


def value(ask: Ask, known: Known) -> Value | Difference | NotStated | None:
    """Return the place, duration, date, person, reason, definition, way, condition, exception,
    service or data that a question wants, or that it is not stated; None for other questions.
    """
    if ask.wanted in NOT_VALUES or asks_age(ask.question):
        return None
    weighed = candidates(ask, known)
    apart = ask.wanted is Wanted.DIFFERENCE
    return (difference(ask, known, weighed) if apart else None) or _nearest(ask, known, weighed)


def nearest(ask: Ask, known: Known) -> Value | NotStated | None:
    """Return the passages of the asked subject that come nearest to an answer, whatever is
    wanted; None where nothing was found.
    """
    return _nearest(ask, known, candidates(ask, known))


def _nearest(ask: Ask, known: Known, weighed: Weighed) -> Value | NotStated | None:
    order = ranked(weighed.candidates)
    if not order:
        return NotStated(asked_indirectly(ask.question)) if known.scope.is_sure else None
    row = row_of_kind(ask, known, [one.candidate for one in order])
    if row is not None:
        order = tuple(sorted(order, key=lambda one: one.candidate is not row))
    if is_absent(ask, known, [one.candidate for one in order]):
        denied = keeps_none(ask, known, [one.candidate for one in order])
        if denied is not None:
            return Value((said(ask, weighed.words, denied, known),))
        return _not_stated(ask, known, weighed, order[0].candidate)
    told = _said(ask, known, weighed, _typed_first(ask, order))
    return Value(told, _lead(told, known))


def _typed_first(ask: Ask, order: Sequence[Ranked]) -> Sequence[Ranked]:
    """Return the candidates with one that has a time before those without, where a time is asked
    for and it is worth being said at all.
    """
    if ask.wanted not in _TIMES or order[0].candidate.fit.typed >= _HAS:
        return order
    worth = (
        one for one in order[1:_FEW]
        if one.candidate.fit.typed >= _HAS and one.belief >= _WORTH * order[0].belief
    )  # fmt: skip
    first = next(worth, None)
    return order if first is None else (first, *(one for one in order if one is not first))


_TIMES = (Wanted.DURATION, Wanted.DATE)
_HAS = 0.9
"""How surely a passage has to hold a time."""


def _lead(told: Sequence[Said], known: Known) -> str:
    """Return the service that is spoken of, where the question leaves it open and it is one."""
    if known.scope.is_sure or len(known.scope.documents) == 1:
        return ""
    documents = {part.document for one in told for part in one.evidence}
    services = {known.index.documents[id_].about.service for id_ in documents}
    service = services.pop() if len(services) == 1 else ""
    return "" if service.lower() in told[0].text.lower() else service


def _not_stated(ask: Ask, known: Known, weighed: Weighed, near: Candidate) -> NotStated:
    """Return that nothing is stated, with what comes nearest where that is short."""
    told = said(ask, weighed.words, near, known)
    aside = near.chunk.kind is BlockKind.CODE or near.fit.pointing
    short = len(told.text.split()) <= _NEARBY and not aside
    section = near.chunk.path[-1] if near.chunk.path else ""
    return NotStated(asked_indirectly(ask.question), (told,) if short else (), section)


def _row_of_note(order: Sequence[Ranked]) -> Ranked | None:
    """Return the row that the best passage is a note of: the note says where it is otherwise."""
    best = order[0].candidate.chunk
    if best.kind is not BlockKind.NOTE:
        return None
    rows = (one for one in order[1:] if one.candidate.chunk.pairs)
    return next((one for one in rows if best.span in one.candidate.chunk.support), None)


def _said(ask: Ask, known: Known, weighed: Weighed, order: Sequence[Ranked]) -> tuple[Said, ...]:
    """Return the best passage as it is said, and a second one while that is in doubt."""
    if several := _by_identifier(ask, known, order):
        return tuple(said(ask, weighed.words, one, known) for one in several)
    if whole := _of_whole_list(ask, known, order):
        return (whole,)
    first = _row_of_note(order) or order[0]
    believed = {one.candidate.chunk.id: one.belief for one in order}
    parts = [said(ask, weighed.words, first.candidate, known, believed)]
    room = _MOST_WORDS - len(parts[0].text.split())
    apart = ask.wanted is Wanted.DIFFERENCE
    most, worth, added_parts = (_MOST + 1, _WORTH / 2, 1) if apart else (_MOST, _WORTH, 1)
    for other in order[1:]:
        if first.belief >= _SURE or added_parts >= most or other.belief < worth * first.belief:
            break
        if other.candidate.chunk.kind is BlockKind.CODE or not _may_speak(other, first, known):
            continue
        added = said(ask, weighed.words, other.candidate, known, believed)
        lead = _introduced_by(parts[0], added)
        size = len(added.text.split()) - len(lead.split())
        if size > room or _same(added, parts) or _is_sibling(other, first, parts[0]):
            continue
        most_sources = _MOST_SOURCES + bool(lead)
        if first.belief >= _LIKELY and not apart and _sources([*parts, added]) > most_sources:
            continue
        parts = _joined([*parts, added])
        added_parts += 1
        room -= size
    return tuple(parts)


def _of_whole_list(ask: Ask, known: Known, order: Sequence[Ranked]) -> Said | None:
    """Return the list that the best passage is a member of, where every one is asked for and most
    of its members are among the best: "name every place" wants the third one, too.
    """
    best = order[0].candidate.chunk
    if ask.wanted is not Wanted.ALL_OF or best.kind is not BlockKind.ITEM or best.group < 0:
        return None
    members = known.index.catalog.members(best.document, best.group)
    near = {one.candidate.chunk.id for one in order[: 2 * len(members)]}
    is_long = sum(map(words_of, members)) > _MOST_WORDS
    if len(members) < _MOST or is_long or 2 * sum(one.id in near for one in members) < len(members):
        return None
    parts = tuple(map(piece, members))
    return Said(listed(parts), parts)


def _sources(parts: Sequence[Said]) -> int:
    """Return in how many places stands what is said."""
    spans = sorted({(one.document, span) for part in parts for one in part.evidence
                    for span in one.spans})  # fmt: skip
    apart = (
        document != before or span.start - last.end > _APART
        for (before, last), (document, span) in pairwise(spans)
    )
    return 1 + sum(apart)


def _may_speak(other: Ranked, first: Ranked, known: Known) -> bool:
    """Tell whether a passage is of the subject of the first one: of its document, where the
    question names no subject.
    """
    same = other.candidate.chunk.document == first.candidate.chunk.document
    return same or known.scope.is_sure


def _joined(parts: Sequence[Said]) -> list[Said]:
    """Return what is said with members of one list, or rows of one name, under what introduces
    them.
    """
    first, last = parts[0], parts[-1]
    lead = first.evidence[0]
    shared = _shared(lead, first, last)
    if len(parts) == 1:
        return list(parts)
    if not shared:
        return [*parts[:-1], _without_said(last, parts[:-1])]
    rest = last.text.removeprefix(shared).strip()
    evidence = (*first.evidence, *(one for one in last.evidence if one != lead))
    return [Said(f"{first.text.rstrip(' .;')}; {rest}", evidence), *parts[1:-1]]


def _without_said(last: Said, before: Sequence[Said]) -> Said:
    """Return members of a list without the sentence that introduces them, where it is said."""
    lead = last.evidence[0]
    said_before = any(lead in one.evidence and lead.shown in one.text for one in before)
    if not said_before or len(last.evidence) == 1 or not last.text.startswith(lead.shown):
        return last
    return Said(last.text.removeprefix(lead.shown).strip(), last.evidence[1:])


def _shared(lead: Evidence, first: Said, last: Said) -> str:
    """Return what two passages begin with: the sentence or the heading that introduces both, the
    name of both rows; empty where they begin differently.
    """
    if last.evidence[0] == lead:
        return next((one for one in (lead.shown, f"{lead.shown}:") if one.endswith(":")
                     and first.text.startswith(one) and last.text.startswith(one)), "")  # fmt: skip
    rows = bool(lead.pairs) and bool(last.evidence[0].pairs)
    name = f"{lead.pairs[0].value}:" if rows else ""
    return name if first.text.startswith(name) and last.text.startswith(name) else ""


def _by_identifier(ask: Ask, known: Known, order: Sequence[Ranked]) -> tuple[Candidate, ...]:
    """Return the best passage about each of several identifiers that a question names; nothing
    where it names one, or one passage is about all, or one has no passage.
    """
    words = (word.strip(".,;:?!()'\"") for word in ask.question.split())
    named = list(dict.fromkeys(word for word in words if _is_identifier(word)))[:_MOST_NAMED]
    if len(named) < _SEVERAL:
        return ()
    best = [_about(name, ask, known, order) for name in named]
    found = tuple(dict.fromkeys(one for one in best if one is not None))
    return found if len(found) > 1 and None not in best else ()


def _about(
    name: str, ask: Ask, known: Known, order: Sequence[Ranked]
) -> Candidate | None:  # fmt: skip
    """Return the best passage about an identifier, if need be of a search for it alone."""
    near = next((one.candidate for one in order if name in one.candidate.around), None)
    if near is not None:
        return near
    found = known.index.words.search(name, _FEW)
    chunks = known.index.catalog.chunks([one.id for one in found])
    inside = set(known.scope.documents)
    hits = tuple(
        Hit(chunks[one.id], 0, 0, 0, 0, Match(), 0) for one in found
        if chunks[one.id].document in inside
    )  # fmt: skip
    more = ranked(candidates(ask, replace(known, hits=hits)).candidates)
    return next((one.candidate for one in more if name in one.candidate.around), None)


def _is_identifier(word: str) -> bool:
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))


def _same(added: Said, parts: Sequence[Said]) -> bool:
    """Tell whether a passage is already said."""
    shown = {part for one in parts for part in one.evidence}
    if added.evidence[-1] in shown or any(added.text == one.text for one in parts):
        return True
    return any(stems(added.text) == stems(one.text) for one in parts)


def _introduced_by(first: Said, added: Said) -> str:
    """Return the sentence that introduces both of two members of a list, as it is said once."""
    lead = added.evidence[0]
    both = lead in first.evidence and added.text.startswith(lead.shown)
    return lead.shown if both and lead.shown.endswith(":") else ""


def _is_sibling(other: Ranked, first: Ranked, told: Said) -> bool:
    """Tell whether a passage is another row than the one whose name the question says, or a less
    likely member of a list of which one member is said by itself.
    """
    mine, theirs = first.candidate.chunk, other.candidate.chunk
    if mine.pairs and theirs.pairs:
        return first.candidate.fit.named > 0 and other.candidate.fit.named == 0
    same = mine.document == theirs.document and mine.group == theirs.group >= 0
    alone = told.evidence[0].spans[0].start >= mine.span.start
    member = mine.kind is BlockKind.ITEM and bool(mine.lead_in)
    return same and member and alone and other.belief < _AS_LIKELY * first.belief
