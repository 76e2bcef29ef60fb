"""What a clause states by where it stands: in a record, a list of exceptions, steps or prose."""

from __future__ import annotations

import re

from corpus.facts.chunk_context import Place, Role, label_kind
from corpus.facts.kinds import Kinds, is_denied, is_pointer, kind_of_label, kinds_of, verbs_in
from corpus.facts.types import StatementKind
from corpus.language.clauses import Clause
from corpus.types import BlockKind, Chunk

_NOUN_PHRASE = re.compile(
    r"(?:the|an?) [\w-]+(?: and [\w-]+)? of\b(?!.*\b(?:is|are|was|were|can|may|will|must|has|"
    r"have)\b)",
    re.I,
)
_MOVING = re.compile(r"(?:mov|migrat|transferr?|relocat)ing\b", re.I)
_DOING = re.compile(r"\w+ing\b")
_DEFINING = re.compile(
    r"\b(?:the|a|an)\b.*\b(?:correspond|identif|denot)|^(?:specifies|indicates|means|denotes|"
    r"identifies)\b",
    re.I,
)
_REASON = re.compile(r"(?:reason|why|cause|background|note)", re.I)
_WHERE = frozenset(
    {StatementKind.STORED, StatementKind.PROCESSED, StatementKind.REPLICATED, StatementKind.MOVED,
     StatementKind.DETERMINED_BY, StatementKind.RETAINED}
)  # fmt: skip
"""Kinds that tell where an exception takes data."""


def kinds_at(chunk: Chunk, place: Place, clause: Clause, *, leads: bool, whole: bool) -> Kinds:
    """Return what a clause states at its place.

    `leads` tells that it is the first of its sentence, `whole` that the sentence is one clause.
    """
    if leads and place.first:
        if chunk.record and place.label:
            return _of_record(place, clause)
        if chunk.kind in (BlockKind.ITEM, BlockKind.STEP):
            return _of_item(chunk, place, clause)
    if place.role is Role.REQUIREMENT and chunk.kind is BlockKind.PARAGRAPH:
        return (StatementKind.REQUIRED,) if kinds_of(clause) or _states(clause) else ()
    found = kinds_of(clause, strict=place.excluded)
    if not found and not clause.finite:
        return _of_fragment(place, clause)
    if not found and whole and place.excluded and _states(clause):
        return (StatementKind.EXCLUDED,)
    return found


def _states(clause: Clause) -> bool:
    return clause.finite and not is_pointer(clause)


def _of_record(place: Place, clause: Clause) -> Kinds:
    """A bullet of a record says what its label announces, unless the label only gives a reason."""
    kind = None if _REASON.match(place.label) else label_kind(place.label, place.excluded)
    if kind is not None:
        return (kind,)
    found = kinds_of(clause, strict=clause.finite and place.excluded) or verbs_in(clause.text)[:1]
    return found or ((StatementKind.EXCLUDED,) if place.excluded else (StatementKind.MEMBER,))


def _of_item(chunk: Chunk, place: Place, clause: Clause) -> Kinds:
    """An item of a list says what the list is of, else what its own words say."""
    if place.role is Role.EXCEPTION:
        return _of_exception(place, clause)
    if place.role is Role.REQUIREMENT:
        denied = not place.lead_in and StatementKind.NOT_SUPPORTED in kinds_of(clause)
        return (StatementKind.NOT_SUPPORTED if denied else StatementKind.REQUIRED,)
    if place.role is Role.DEFINITION:
        return (StatementKind.DEFINED,)
    if place.role is Role.STEP and (chunk.kind is BlockKind.STEP or clause.imperative):
        return (StatementKind.STEP,)
    return _of_words(place, clause)


def _of_words(place: Place, clause: Clause) -> Kinds:
    if _MOVING.match(clause.text):
        return (StatementKind.MEMBER, StatementKind.MOVED)
    if not clause.finite or (_NOUN_PHRASE.match(clause.text) and not clause.imperative):
        return _of_fragment(place, clause)
    if place.role is not Role.MEMBER:
        return kinds_of(clause)
    if _DOING.match(clause.text):
        return (StatementKind.MEMBER,)
    if place.label and _DEFINING.search(clause.text) and not verbs_in(clause.main):
        return (StatementKind.DEFINED,)
    return kinds_of(clause) or (StatementKind.MEMBER,)


def _of_exception(place: Place, clause: Clause) -> Kinds:
    """An exception says where data goes; one that does not say so is an exclusion."""
    told = tuple(kind for kind in kinds_of(clause, strict=True) if kind in _WHERE)
    if any(is_denied(kind, clause) for kind in told):
        return (StatementKind.EXCLUDED, *told)
    if clause.imperative and not place.lead_in:
        return (StatementKind.STEP,)
    return told or (StatementKind.EXCLUDED,)


def _of_fragment(place: Place, clause: Clause) -> Kinds:
    """Words without a verb say what their label, their participle or their heading announces."""
    if place.role is Role.MEMBER or place.lead_in:
        return (StatementKind.MEMBER,)
    said = kinds_of(clause)
    kind = kind_of_label(place.label) or (kind_of_label(place.heading) if place.label else None)
    if kind is not None and set(said) <= {StatementKind.RETAINED, StatementKind.MEMBER}:
        return tuple(dict.fromkeys((kind, *(k for k in said if k is StatementKind.RETAINED))))
    listed = place.block.kind in (BlockKind.ITEM, BlockKind.STEP)
    return said or ((StatementKind.MEMBER,) if listed else ())
