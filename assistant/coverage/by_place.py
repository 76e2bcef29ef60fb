"""What is said of each country, group and geography: rolled up from placements alone."""

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


NOT_STATED = "not stated"
_POSSIBLE = {
    Effect.STORED: "may be stored",
    Effect.PROCESSED: "may be processed",
    Effect.GOES_TO: "may go to",
}
"""How an effect is told that is only said to be possible."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing that is said to happen to data in a place."""

    effect: Effect
    is_possible: bool
    """True where it is only ever said that it may be so."""

    @property
    def words(self) -> str:
        """As a reader sees it."""
        sure = self.effect.value
        return _POSSIBLE.get(self.effect, sure) if self.is_possible else sure


class Reach(StrEnum):
    """How what is said of a place reaches another."""

    NAMED = "by name"
    """The place itself is named, or one in it."""
    LISTED = "by a list"
    """A group is named that the document lists one by one, this place among it."""
    GROUP = "by its group"
    """A group is named, and no member of it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A placement that a standing rests on."""

    placement: Placement
    place: Place | None
    """As the placement names it: the place itself, one in it or a group that contains it; None
    where it is said of the whole world or of no place by name."""
    reach: Reach = Reach.NAMED


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is said of one place, with all that it stands on."""

    grounds: tuple[Ground, ...]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """All that happens there, in the order of the effects; nothing where nothing is stated."""
        possible: dict[Effect, bool] = {}
        for one in (ground.placement for ground in self.grounds):
            possible[one.effect] = possible.get(one.effect, True) and one.is_possible
        return tuple(Standing(effect, possible[effect]) for effect in Effect if effect in possible)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What happens there, each once."""
        return tuple(standing.effect for standing in self.standings)

    @property
    def named(self) -> Coverage:
        """What is said of the place by name or by a list."""
        return Coverage(tuple(one for one in self.grounds if one.reach is not Reach.GROUP))

    @property
    def of_groups(self) -> Coverage:
        """What is said of groups that it belongs to."""
        return Coverage(tuple(one for one in self.grounds if one.reach is Reach.GROUP))

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places that are named, each once."""
        names = (ground.place.name for ground in self.grounds if ground.place)
        return tuple(dict.fromkeys(names))

    @property
    def words(self) -> str:
        """What happens there, as a reader sees it: "processed; of European Union: stored"."""
        said = [", ".join(one.words for one in self.named.standings)]
        groups = self.of_groups
        if groups.grounds:
            every = ", ".join(one.words for one in groups.standings)
            said.append(f"of {', '.join(groups.places)}: {every}")
        return "; ".join(filter(None, said)) or NOT_STATED

    @property
    def facts(self) -> int:
        """How many statements it stands on."""
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
    """Return what is said of each country, by its id; the others are not stated.

    What is said of a group with members by law or contract is told of them as said of their group.
    """
    grounds: dict[str, list[Ground]] = defaultdict(list)
    for placement, excepted in _with_exceptions(placements, world):
        for place in placement.places:
            for country, reach in _reached(placement, place, world).items():
                # What a statement leaves out of a group it does not say of it.
                if reach is Reach.NAMED or country not in excepted:
                    grounds[country].append(Ground(placement, place, reach))
    return {country: Coverage(tuple(found)) for country, found in grounds.items()}


def by_group(placements: Iterable[Placement]) -> dict[Place, Coverage]:
    """Return what is said of groups of countries as such, by name."""
    grounds: dict[Place, list[Ground]] = defaultdict(list)
    for placement in placements:
        for place in placement.places:
            if place.kind is PlaceKind.GROUP:
                grounds[place].append(Ground(placement, place))
    every = sorted(grounds.items(), key=lambda one: one[0].name)
    return {group: Coverage(tuple(found)) for group, found in every}


def matrix(placements: Iterable[Placement], world: World) -> tuple[Row, ...]:
    """Return what is said of each service in each geography, by the name of the service."""
    services: dict[str, list[Placement]] = defaultdict(list)
    for placement in placements:
        services[placement.service].append(placement)
    return tuple(_row(name, said, world) for name, said in sorted(services.items()))


def worldwide(placements: Iterable[Placement]) -> Coverage:
    """Return what is said of the whole world, and what is excepted without a place."""
    return Coverage(tuple(Ground(one, None) for one in placements if not one.places))


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
            Ground(one, place)
            for one in said
            for place in one.places
            if world.speaks_of(place, geography)
        )
        if grounds:
            cells[geography.id] = Coverage(grounds)
    return Row(service, cells, worldwide(said))


def _with_exceptions(
    placements: Iterable[Placement], world: World
) -> Iterable[tuple[Placement, frozenset[str]]]:
    """Yield placements with the ids of the countries that their own statement excepts."""
    every = tuple(placements)
    affirmed = {
        (one.fact.id, place) for one in every if one.effect is not Effect.EXCEPTED
        for place in one.places
    }  # fmt: skip
    excepted: dict[str, set[str]] = defaultdict(set)
    for one in every:
        for place in one.places if one.effect is Effect.EXCEPTED else ():
            # A place that only a thing is left out of is not left out itself.
            if (one.fact.id, place) not in affirmed:
                # A city that is left out leaves out no country.
                inside = world.reach(place) if place.kind is PlaceKind.GROUP else ()
                excepted[one.fact.id].update((place.id, *inside))
    for one in every:
        own = excepted[one.fact.id] if one.effect is not Effect.EXCEPTED else ()
        yield one, frozenset(own)


def _reached(placement: Placement, place: Place, world: World) -> dict[str, Reach]:
    """Return the ids of the countries that something is said of with a place, and how."""
    if place.kind is not PlaceKind.GROUP:
        return dict.fromkeys(world.reach(place), Reach.NAMED)
    if place.id in placement.listed:
        others = (one for one in placement.listed[place.id] if one not in placement.places)
        return {
            id_: Reach.LISTED
            for one in others
            if one.kind is not PlaceKind.GROUP
            for id_ in world.reach(one)
        }
    # Of Europe something is said; of Russia nothing. An example is one of the group alone.
    tells = world.is_bounded(place) and not placement.is_example
    return dict.fromkeys(world.reach(place) if tells else (), Reach.GROUP)


@lru_cache(maxsize=4096)
def _words(said: str) -> tuple[str, ...]:
    """Return the words of a category of data without case, plural and possessive."""
    plain = said.casefold().replace("’", "'").replace("'s ", " ").replace("e-mail", "email")
    return tuple(_singular(word) for word in plain.split())


def _singular(word: str) -> str:
    if word.endswith(("xes", "sses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
