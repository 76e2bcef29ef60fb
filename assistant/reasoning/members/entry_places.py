"""Where the entries of a set lie: the places that a cell names, each by its closest name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from corpus.places import Gazetteer, Mention, Place, PlaceKind, Relation
from corpus.places.sets import countries_of

_JOINTS = (" or ", " and ", "; ", ", ")
_NESTED = (Relation.INSIDE, Relation.EQUAL)


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name of one place within a cell."""

    words: str
    place: Place | None
    """None where the words name no place."""


@lru_cache(maxsize=8192)
def pieces(text: str) -> tuple[str, ...]:
    """Return what a text names, parted by commas, "and" and "or" outside of brackets."""
    found, start, depth, at = [], 0, 0, 0
    while at < len(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(text[at], 0)
        joint = next((j for j in _JOINTS if depth <= 0 and text.startswith(j, at)), "")
        if joint:
            found.append(text[start:at])
            at = start = at + len(joint)
        else:
            at += 1
    found.append(text[start:])
    stripped = (part.strip() for part in found)
    bare = (part.removeprefix("and ").removeprefix("or ").strip() for part in stripped)
    return tuple(part for part in bare if part)


def places_of(cell: str, gazetteer: Gazetteer, about: str = "") -> tuple[PlacedName, ...]:
    """Return the places that a cell names, in order; "London, England, UK" is one place."""
    return _places_of(cell, gazetteer, about)


@lru_cache(maxsize=16_384)
def _places_of(cell: str, gazetteer: Gazetteer, about: str) -> tuple[PlacedName, ...]:
    found: list[PlacedName] = []
    for part in pieces(cell):
        place = _closest(gazetteer.mentions(part, about), gazetteer)
        if place is not None and place.kind is PlaceKind.GROUP:
            place = _in_group(part, place, gazetteer) or place
        before = found[-1].place if found else None
        goes_on = place and before and gazetteer.relation(before, place) in _NESTED
        if goes_on or (place is None and found and before is not None):
            found[-1] = PlacedName(f"{found[-1].words}, {part}", before)
        else:
            found.append(PlacedName(part, place))
    return tuple(found)


def _in_group(name: str, group: Place, gazetteer: Gazetteer) -> Place | None:
    """Return the place in a group of countries that stands in brackets behind it, where only its
    country's name tells which it is.
    """
    _, bracket, rest = name.partition("(")
    bare = rest.partition(")")[0].split(",")[0].strip()
    if not bracket or not bare or gazetteer.mentions(bare):
        return None
    found = {
        place.id: place
        for country in countries_of(group, gazetteer)
        if (place := gazetteer.named(f"{bare}, {country.name}")) and place.country
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _closest(mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> Place | None:
    """Return the place that a name is of: what lies in what its first place names, else that."""
    sure = [one.place for one in mentions if one.is_sure] or [one.place for one in mentions]
    if not sure:
        return None
    best = sure[0]
    for place in sure[1:]:
        if gazetteer.relation(place, best) is Relation.INSIDE and _is_nearer(place, best):
            best = place
    return best


def _is_nearer(place: Place, best: Place) -> bool:
    """Tell whether a place says more than another: "Europe (EU Access)" is in Europe."""
    return place.kind is not PlaceKind.GROUP or best.kind is PlaceKind.GROUP
