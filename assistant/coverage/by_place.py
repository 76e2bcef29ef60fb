"""What is said of each country and geography: rolled up from placements, nothing without one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.coverage.placements import Effect, Placement
from corpus.places import Gazetteer, Place, PlaceKind

GEOGRAPHIES = (
    "Europe",
    "Middle East",
    "Africa",
    "Asia Pacific",
    "North America",
    "Latin America",
)
"""The regions that a matrix sets side by side; a country belongs to the first that has it."""
_BOUNDED = ("union", "area", "boundary")
"""Kinds of groups of which what is said of the whole is said of each member's territory."""
_SHARED = 0.5
"""Share of the smaller of two regions that both must have for one to speak of the other."""


class Standing(StrEnum):
    """What the documents say that happens to data in a place, from the most to the least."""

    STORED = "stored"
    """Something rests there, or a copy of it, and nothing is excepted."""
    STORED_WITH_EXCEPTIONS = "stored with exceptions"
    PROCESSED = "processed"
    """Processed there; that it rests there is not said."""
    PROCESSED_WITH_EXCEPTIONS = "processed with exceptions"
    EXCEPTED = "excepted"
    """Only what is not there, or is not covered there, is said."""
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Ground:
    """A placement that a standing rests on."""

    placement: Placement
    place: Place | None
    """As the placement names it: the country itself, a place in it or a region that contains it;
    None where it is said of the whole world or of no place by name."""
    by_region: bool
    """True when a larger place is named and not this one."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is said of one place, with all that it stands on."""

    grounds: tuple[Ground, ...]

    @property
    def standing(self) -> Standing:
        """What happens there."""
        return _standing({ground.placement.effect for ground in self.grounds})

    @property
    def regions(self) -> tuple[str, ...]:
        """Names of the regions that it is said of, when the place itself is never named."""
        if not all(ground.by_region for ground in self.grounds):
            return ()
        names = (ground.place.name for ground in self.grounds if ground.place)
        return tuple(dict.fromkeys(names))

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places that are named, each once."""
        names = (ground.place.name for ground in self.grounds if ground.place)
        return tuple(dict.fromkeys(names))

    @property
    def facts(self) -> int:
        """How many facts it stands on."""
        return len({ground.placement.fact.id for ground in self.grounds})


NOTHING = Coverage(())


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one service, by geography."""

    service: str
    cells: Mapping[str, Coverage]
    """By the id of the geography; what is not there is not stated."""
    worldwide: Coverage


class World:
    """The countries of a gazetteer and the geographies that they belong to."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.countries = gazetteer.countries()
        named = (gazetteer.named(name) for name in GEOGRAPHIES)
        self.geographies = tuple(place for place in named if place is not None)
        self._bounded = frozenset(place.id for place in gazetteer.groups(_BOUNDED))
        inside: dict[str, set[str]] = defaultdict(set)
        own: dict[str, set[str]] = defaultdict(set)
        for country in self.countries:
            for region in country.within:
                inside[region].add(country.id)
            home = next((g for g in self.geographies if g.id in country.within), None)
            if home is not None:
                own[home.id].add(country.id)
        self._inside = {region: frozenset(ids) for region, ids in inside.items()}
        self._own = {region: frozenset(ids) for region, ids in own.items()}

    def reach(self, place: Place) -> frozenset[str]:
        """Return the ids of the countries that a place lies in, is or contains."""
        if place.kind is PlaceKind.GROUP:
            return self._inside.get(place.id, frozenset())
        ids = (place.id, *place.within)
        return frozenset(id_ for id_ in ids if id_.startswith("country:"))

    def is_bounded(self, place: Place) -> bool:
        """Tell whether a group has members by law or contract, and is no part of the world whose
        countries somebody may or may not have meant.
        """
        return place.id in self._bounded

    def speaks_of(self, place: Place, geography: Place) -> bool:
        """Tell whether what is said of a place is said of a geography or of something in it."""
        if place.id == geography.id:
            return True
        theirs, own = self.reach(place), self._own.get(geography.id, frozenset())
        if place.kind is not PlaceKind.GROUP:
            return bool(theirs & own)
        smaller = min(len(theirs), len(own))
        return smaller > 0 and len(theirs & own) >= _SHARED * smaller


def chosen(
    placements: Iterable[Placement], service: str = "", data: str = ""
) -> tuple[Placement, ...]:
    """Return the placements about a service and a category of data; empty names let all pass."""
    return tuple(
        one
        for one in placements
        if (not service or one.service == service) and in_category(one.data, data)
    )


def by_country(placements: Iterable[Placement], world: World) -> dict[str, Coverage]:
    """Return what is said of each country, by its id; the others are not stated."""
    grounds: dict[str, list[Ground]] = defaultdict(list)
    for placement, excepted in _with_exceptions(placements):
        for place in placement.places:
            region = place.kind is PlaceKind.GROUP
            if region and not world.is_bounded(place):
                # Of Europe something is said; of Russia nothing.
                continue
            for country in world.reach(place):
                # What a sentence leaves out of a region it does not say of it.
                if not (region and country in excepted):
                    grounds[country].append(Ground(placement, place, region))
    return {country: Coverage(tuple(found)) for country, found in grounds.items()}


def matrix(placements: Iterable[Placement], world: World) -> tuple[Row, ...]:
    """Return what is said of each service in each geography, by the name of the service."""
    services: dict[str, list[Placement]] = defaultdict(list)
    for placement in placements:
        services[placement.service].append(placement)
    return tuple(_row(name, said, world) for name, said in sorted(services.items()))


def worldwide(placements: Iterable[Placement]) -> Coverage:
    """Return what is said of the whole world, and what is excepted without a place."""
    return Coverage(
        tuple(Ground(one, None, by_region=True) for one in placements if not one.places)
    )


def categories(said: Iterable[str]) -> tuple[str, ...]:
    """Return the categories of data to choose from, each in its commonest spelling, by name.

    One that only lengthens another ("following customer data") is found by the shorter one, and
    what ends in the same thing ("shared mailboxes", "archive mailboxes") by that thing.
    """
    spelt: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for category in said:
        words = _words(category)
        spelt[words][category] += 1
        if len(words) > 1 and words[-1:] != ("data",):
            spelt[words[-1:]][category.split()[-1]] += 1
    shown = []
    for words, spellings in spelt.items():
        longer = any(words[n:] in spelt for n in range(1, len(words)))
        if words and (not longer or spellings.total() > 1):
            shown.append(max(spellings, key=lambda one: (spellings[one], one.islower(), one)))
    return tuple(sorted(shown, key=str.casefold))


def in_category(said: Iterable[str], category: str) -> bool:
    """Tell whether one of the categories that a fact names is a category, or a kind of it."""
    wanted = _words(category)
    return not wanted or any(_words(one)[-len(wanted) :] == wanted for one in said)


def _row(service: str, placements: Iterable[Placement], world: World) -> Row:
    said = tuple(placements)
    cells = {}
    for geography in world.geographies:
        grounds = tuple(
            Ground(one, place, by_region=False)
            for one in said
            for place in one.places
            if world.speaks_of(place, geography)
        )
        if grounds:
            cells[geography.id] = Coverage(grounds)
    return Row(service, cells, worldwide(said))


def _with_exceptions(
    placements: Iterable[Placement],
) -> Iterable[tuple[Placement, frozenset[str]]]:
    """Yield placements with the ids of the countries that their own fact excepts by name."""
    every = tuple(placements)
    excepted: dict[str, set[str]] = defaultdict(set)
    for one in every:
        if one.effect is Effect.EXCEPTED:
            excepted[one.fact.id].update(place.id for place in one.places)
    for one in every:
        own = excepted[one.fact.id] if one.effect is not Effect.EXCEPTED else ()
        yield one, frozenset(own)


def _standing(effects: set[Effect]) -> Standing:
    excepted = Effect.EXCEPTED in effects
    if Effect.STORED in effects:
        return Standing.STORED_WITH_EXCEPTIONS if excepted else Standing.STORED
    if Effect.PROCESSED in effects:
        return Standing.PROCESSED_WITH_EXCEPTIONS if excepted else Standing.PROCESSED
    return Standing.EXCEPTED if excepted else Standing.NOT_STATED


@lru_cache(maxsize=4096)
def _words(said: str) -> tuple[str, ...]:
    """Return the words of a category of data without case, plural and possessive."""
    plain = said.casefold().replace("’", "'").replace("'s ", " ").replace("e-mail", "email")
    return tuple(_singular(word) for word in plain.split())


def _singular(word: str) -> str:
    if word.endswith(("xes", "sses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
