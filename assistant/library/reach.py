"""How far what is asked about goes, where no place is named: within a region, or to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.language.parsing import Parse, Token

_NOUNS = frozenset(
    "region country geography geo location place datacenter site zone area state jurisdiction "
    "border".split()
)
_CROSSING = frozenset("between across another different other several outside beyond".split())
_WITHIN = frozenset("within inside same single".split())
_FAR = 3
"""Words before the noun among which the one stands that tells it: "within the same region"."""


class Way(StrEnum):
    """Whether a kind of place is left."""

    CROSSING = "crossing"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a kind of place is left, as "region" by "across regions"."""

    noun: str
    way: Way


def reaches(parse: Parse) -> frozenset[Reach]:
    """Return what a question says of places without names."""
    found = (
        (token.lemma, _way(parse.tokens[max(0, at - _FAR) : at]))
        for at, token in enumerate(parse.tokens)
        if token.lemma in _NOUNS
    )
    return frozenset(Reach(noun, way) for noun, way in found if way is not None)


def contrary(one: frozenset[Reach], other: frozenset[Reach]) -> bool:
    """Tell whether what one question has stay within a kind of place, the other has leave it."""
    return any(
        mine.noun == its.noun and mine.way is not its.way
        for mine in one - other
        for its in other - one
    )


def _way(before: tuple[Token, ...]) -> Way | None:
    """Return what the words before a noun tell, the nearest first."""
    for token in reversed(before):
        low = token.text.lower()
        if low in _CROSSING:
            return Way.CROSSING
        if low in _WITHIN:
            return Way.WITHIN
        if token.lemma in _NOUNS:
            return None
    return None
