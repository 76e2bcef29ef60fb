"""The asker's own case against the conditions that a document sets, one by one.

A section that lists what is required stands beside the section that promises something; each
such promise is met, not met, or open for the case that the asker states or has in the profile.
What is derived here is derived again by `verify`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant import wording
from assistant.composing.evidence import piece
from assistant.draft import DraftSentence, Form
from assistant.query import Case, Query
from corpus.facts.types import Statement, StatementKind
from corpus.types import Chunk
from index.searching.reader import IndexReader

_MOST = 4
_CONDITIONS = re.compile(r"\b(?:condition|require|eligib|prerequisit|qualif)", re.I)
_PLACE = re.compile(r"\b(?:countr|sign-?up|located|billing address|region included)", re.I)
_BOUGHT = re.compile(
    r"\b(?:add-?ons?|subscription|licen[cs]es?|units?|plan|purchas\w+|paid)\b", re.I
)
_AGREEMENT = re.compile(r"\b(?:[A-Z]\w+ )+Agreement\b")
_NAME = re.compile(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)*\b")
_REQUIRING = frozenset({StatementKind.REQUIRED, StatementKind.MEMBER, StatementKind.DEFINED})
"""What a list of conditions holds, in whatever words each of them is."""
_STORES = (StatementKind.STORED, StatementKind.COMMITMENT)


class Standing(StrEnum):
    """How a condition stands for a case."""

    MET = wording.MET
    UNMET = wording.UNMET
    OPEN = wording.NOT_SAID_BY_ASKER


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised under conditions, by its heading."""

    title: str
    conditions: tuple[Chunk, ...]
    places: frozenset[str]
    """Ids of the places that the promise itself names."""


def conditions(query: Query, document: str, index: IndexReader) -> tuple[DraftSentence, ...]:
    """Return how each promise of a document stands for the asker's case; nothing where the asker
    states none.
    """
    if not query.case.is_stated:
        return ()
    stated = (statement_of(query.case, promise) for promise in promises(document, index))
    return tuple(stated)[:_MOST]


def statement_of(case: Case, promise: Promise) -> DraftSentence:
    """Return how a promise stands for a case, with the condition that decides."""
    standing, decisive = _weighed(case, promise)
    evidence = piece(decisive)
    text = wording.CONDITION_STANDS.format(
        promise=promise.title, standing=standing.value, condition=evidence.shown
    )
    return DraftSentence(text, (evidence,), Form.CASE)


def is_so(statement: DraftSentence, query: Query, index: IndexReader) -> bool:
    """Tell whether a statement follows when the conditions are weighed again."""
    found = promises(statement.evidence[0].document, index)
    return any(statement == statement_of(query.case, promise) for promise in found)


def promises(document: str, index: IndexReader) -> list[Promise]:
    """Return the promises of a document that have conditions, in reading order."""
    facts = index.catalog.statements(document=document)
    chunks = index.catalog.chunks(list(dict.fromkeys(fact.chunk for fact in facts)))
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for fact in facts:
        chunk = chunks.get(fact.chunk)
        if chunk and fact.kind in _REQUIRING and not fact.negated and _lists(chunk):
            groups.setdefault(chunk.path, []).append(fact)
    # What is required right under the title of the page belongs to a procedure, not a promise.
    return [
        _promise(path, own, facts, chunks) for path, own in groups.items() if len(_above(path)) > 1
    ]


def _above(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings of the promise that conditions stand under."""
    return path[:-1] if _CONDITIONS.search(path[-1]) else path


def _lists(chunk: Chunk) -> bool:
    """Tell whether a chunk stands under a heading or a lead-in that announces conditions."""
    return _CONDITIONS.search(f"{chunk.path[-1]} {chunk.lead_in}") is not None


def _promise(
    path: tuple[str, ...],
    own: Sequence[Statement],
    facts: Iterable[Statement],
    chunks: dict[str, Chunk],
) -> Promise:
    above = _above(path)
    places = {
        place
        for fact in facts
        if fact.kind in _STORES
        and not fact.negated
        and chunks[fact.chunk].path[: len(above)] == above
        for place in fact.place_ids
    }
    listed = dict.fromkeys(fact.chunk for fact in own)
    return Promise(above[-1], tuple(chunks[name] for name in listed), frozenset(places))


def _weighed(case: Case, promise: Promise) -> tuple[Standing, Chunk]:
    """Return how a promise stands, and the condition that decides: the first that fails, else the
    first that is open, else the first.
    """
    weighed = [(_standing(case, chunk.text, promise.places), chunk) for chunk in promise.conditions]
    for wanted in (Standing.UNMET, Standing.OPEN):
        for standing, chunk in weighed:
            if standing is wanted:
                return standing, chunk
    return weighed[0]


def _standing(case: Case, condition: str, places: frozenset[str]) -> Standing:
    agreement = _AGREEMENT.search(condition)
    if agreement:
        if not case.agreement:
            return Standing.OPEN
        same = case.agreement.lower() in agreement.group().lower()
        return Standing.MET if same else Standing.UNMET
    if _BOUGHT.search(condition) and not _PLACE.search(condition):
        return _bought(case, condition)
    if _PLACE.search(condition) and case.country is not None and places:
        around = {case.country.id, *case.country.within}
        return Standing.MET if around & places else Standing.UNMET
    return Standing.OPEN


def _bought(case: Case, condition: str) -> Standing:
    named = {name.lower() for name in _NAME.findall(condition)}
    initials = {"".join(word[0] for word in name.split()) for name in named if " " in name}
    for add_on in case.add_ons:
        said = add_on.lower()
        if said in initials or any(
            said in name or name in said for name in named if " " in name or "-" in name
        ):
            return Standing.MET
    return Standing.UNMET if case.nothing_else else Standing.OPEN
