"""Roles of places in sentences and below titles."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.facts.arguments.place_roles.place_reading import Reading
from corpus.facts.arguments.place_roles.place_titles import has_word, titled
from corpus.facts.arguments.place_roles.place_words import (
    ANNOUNCING,
    FIRST,
    MOVING,
    NOT_OF_PROCESSING,
    OTHERWISE,
    OWN,
    PLACE_TITLES,
)
from corpus.facts.types import PlaceRole, StatementKind
from corpus.language.parsing import Parse, parse_one
from corpus.language.propositions import Proposition, propositions

_STANDS_FOR_PLACE = "Norway"


def role_at(
    parse: Parse,
    propositions: Sequence[Proposition],
    start: int,
    end: int,
    kind: StatementKind,
    negated: bool,
) -> PlaceRole:
    """Return what the place named at [start, end) has to do with a statement of the sentence.

    What data never leaves is told by the kind: data rests there in a statement of storage, is
    processed there in one of processing, and comes from there in one of moving.
    """
    reading = Reading(parse, propositions, kind, negated)
    return reading.role(start, end)


def role_under(title: str, kind: StatementKind) -> PlaceRole | None:
    """Return the role of places below a column title, a label, a lead-in or a heading.

    None where it tells nothing of places.
    """
    words = " ".join(title.lower().replace("/", " ").replace("_", " ").split()).strip(" :.")
    if not words:
        return None
    if _is_sentence(title):
        return _role_below_sentence(title, kind)
    names_company = any(one in words for one in NOT_OF_PROCESSING)
    for one in NOT_OF_PROCESSING:
        words = words.replace(one, " ")
    roles = titled(words)
    own = OWN.get(kind)
    role = own if own in roles else next(iter(roles), None)
    if kind in MOVING and (role is PlaceRole.RESTS or not FIRST.isdisjoint(words.split())):
        return PlaceRole.COMES_FROM
    if role is not None or not has_word(words, PLACE_TITLES):
        return role
    if names_company:
        return OWN.get(kind, PlaceRole.SEAT)
    known = {StatementKind.DEFINED: PlaceRole.SEAT, StatementKind.COMMITMENT: None}
    return known.get(kind, OTHERWISE.get(kind))


def _is_sentence(title: str) -> bool:
    said = propositions(parse_one(title))
    return any(one.subject and parse_one(title).tokens[one.verb].is_verb for one in said)


def _role_below_sentence(title: str, kind: StatementKind) -> PlaceRole:
    """Return the role of what a lead-in announces: "the following regions", or what goes on."""
    said = parse_one(title)
    marks = [token.head for token in said.tokens if token.text.lower() in ANNOUNCING]
    if marks and said.tokens[marks[-1]].is_name:
        noun = said.tokens[marks[-1]]
        return role_at(said, propositions(said), noun.start, noun.end, kind, negated=False)
    text = f"{title.rstrip(' :.')}: {_STANDS_FOR_PLACE}"
    parse = parse_one(text)
    start = len(text) - len(_STANDS_FOR_PLACE)
    return role_at(parse, propositions(parse), start, len(text), kind, negated=False)
