"""Countries that two places narrow each other to: "a Nordic member state of the EU"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.reasoning.asking.question_text import Word
from assistant.reasoning.asking.question_words import PLACE_NOUNS
from corpus.places import Gazetteer, Place, PlaceKind, Relation
from corpus.places.sets import countries_of

_LIES = frozenset("of in within inside".split())
_EXCEPT = frozenset("not n't outside except excluding without".split())
_AROUND = frozenset(
    "a an any the but yet though although and , that which is are it still also be belong part "
    "to member state country nation lie lies".split()
)
"""Words between two places that only lead from one to the other."""


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """Words of a question that name a place."""

    first: int
    last: int
    """Indices of the words; the last one is one of them."""
    places: tuple[Place, ...]


def narrowed(
    words: Sequence[Word], said: Sequence[PlaceSaid], gazetteer: Gazetteer
) -> list[PlaceSaid]:
    """Return places with those together of which one is what the other is taken from."""
    found: list[PlaceSaid] = []
    for one in said:
        both = _both(words, found[-1], one, gazetteer) if found else None
        if both is None:
            found.append(one)
        else:
            found[-1] = both
    return found


def _both(
    words: Sequence[Word], one: PlaceSaid, other: PlaceSaid, gazetteer: Gazetteer
) -> PlaceSaid | None:
    """Return the countries of one place that are in the other one, or are not."""
    if not (_is_group(one.places) and _is_group(other.places)):
        return None
    between = words[one.last + 1 : other.first]
    if any(word.low in _EXCEPT for word in words[max(0, one.first - 2) : one.first]):
        return None
    own = [word.low for word in between if not _leads(word)]
    mine, theirs = one.places[0], other.places[0]
    if any(word in _EXCEPT for word in own) and set(own) <= _EXCEPT | _LIES:
        left = countries_of(mine, gazetteer, [theirs])
    elif len(own) == 1 and own[0] in _LIES:
        left = tuple(
            place for place in countries_of(mine, gazetteer)
            if gazetteer.relation(place, theirs) is Relation.INSIDE
        )  # fmt: skip
    else:
        return None
    return replace(one, last=other.last, places=left) if left else None


def _is_group(places: Sequence[Place]) -> bool:
    return len(places) == 1 and places[0].kind is PlaceKind.GROUP


def _leads(word: Word) -> bool:
    return word.low in _AROUND or word.lemma in PLACE_NOUNS
