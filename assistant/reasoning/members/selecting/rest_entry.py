"""What holds for a place that no entry of a set names: the entry for all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.composing.evidence import piece
from assistant.draft import Step
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Said, Value
from assistant.reasoning.known import Known
from assistant.reasoning.members.entry_places import places_of
from assistant.reasoning.members.find_sets import sets_of
from assistant.reasoning.members.listed_set import Entry, ListedSet
from assistant.reasoning.members.place_bounds import bounds_in
from assistant.reasoning.members.set_words import gazetteer_about
from assistant.reasoning.members.word_stems import among, stems
from corpus.language.terms import WORD
from corpus.places import Place, PlaceKind, Relation
from corpus.places.sets import Bound

_WANTED = frozenset({Wanted.PLACE, Wanted.DURATION, Wanted.SERVICE, Wanted.DATA, Wanted.UNKNOWN})
_REST = frozenset("other others else elsewhere rest remaining".split())
_NAMED = frozenset("named listed mentioned above".split())
_PLACED = 0.5
"""Least share of entries that name places."""


def of_the_rest(ask: Ask, known: Known) -> Value | None:
    """Return what a table or list says for all others, where the question asks for a place that
    it does not name; None where it names the place, or has no such entry.
    """
    place = _one_place(ask, known)
    if place is None:
        return None
    for one in sets_of(known):
        found = _rest(one, place, known)
        if found is not None and (known.scope.is_sure or one.rank < _NEAR):
            what = "table" if one.is_table else "list"
            read = f"The {what} “{one.title}” has no entry of its own for {place.name}."
            evidence = (piece(found.chunk),)
            return Value((Said(_said(ask, one, found, known), evidence),), steps=(Step(read),))
    return None


_NEAR = 3
"""Rank among the hits up to which a set answers a question that names no subject."""


def _one_place(ask: Ask, known: Known) -> Place | None:
    """Return the one place that a question asks for, where it asks what holds for it."""
    if ask.wanted not in _WANTED or ask.denied:
        return None
    bounds = bounds_in(ask.question, known.gazetteer)
    if len(bounds) != 1 or bounds[0].bound is not Bound.IN or len(bounds[0].places) != 1:
        return None
    place = bounds[0].places[0]
    return None if place.kind is PlaceKind.GROUP else place


def _rest(one: ListedSet, place: Place, known: Known) -> Entry | None:
    """Return the entry for all others, where no entry names a place or what it lies in."""
    rest = [entry for entry in one.entries if _is_of_others(_name(entry))]
    others = [entry for entry in one.entries if entry not in rest]
    if len(rest) != 1 or not others or one.is_enumeration:
        return None
    placed = [list(_places(entry, one, known)) for entry in others]
    if sum(map(bool, placed)) < _PLACED * len(others) or any(_places(rest[0], one, known)):
        return None
    nested = (Relation.INSIDE, Relation.EQUAL, Relation.OVERLAPS, Relation.CONTAINS)
    relation = known.gazetteer.relation
    names = any(relation(place, other) in nested for found in placed for other in found)
    return None if names else rest[0]


def _name(entry: Entry) -> str:
    return entry.cells[0].value


def _places(entry: Entry, one: ListedSet, known: Known) -> Iterator[Place]:
    about = gazetteer_about(one.document, known)
    found = places_of(_name(entry), known.gazetteer, about)
    yield from (name.place for name in found if name.place)


def _is_of_others(name: str) -> bool:
    words = {match.group().lower() for match in WORD.finditer(name)}
    return bool(words & _REST) or ("not" in words and bool(words & _NAMED))


def _said(ask: Ask, one: ListedSet, entry: Entry, known: Known) -> str:
    """Return the asked cells of an entry under its name, all of them where none is asked for."""
    name = _name(entry)
    if not one.is_table:
        return f"{name}: {entry.rest}" if entry.rest else name
    cells = entry.cells[1:]
    asked = _asked_columns(ask, one, [cell.title for cell in cells], known)
    kept = [cell for cell in cells if cell.title in asked] or cells
    if len(kept) == 1:
        return f"{name}: {kept[0].value}"
    return f"{name}: " + "; ".join(f"{cell.title}: {cell.value}" for cell in kept)


def _asked_columns(ask: Ask, one: ListedSet, columns: Sequence[str], known: Known) -> list[str]:
    words = set(stems(ask.question))
    titled = [column for column in columns if any(stem in words for stem in stems(column))]
    if titled or ask.wanted is not Wanted.PLACE:
        return titled
    alike = [column for column in columns if any(among(stem, words) for stem in stems(column))]
    about = gazetteer_about(one.document, known)
    placed = [
        column for column in columns
        if any(places_of(value, known.gazetteer, about)[0].place
               for value in one.values(column)[:1] if value)
    ]  # fmt: skip
    return alike or placed[:1]
