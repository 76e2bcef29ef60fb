"""What the tab of places shows, from the facts of the current index; knows no Gradio."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.coverage.by_place import (
    NOTHING,
    Coverage,
    Row,
    World,
    by_country,
    by_group,
    categories,
    chosen,
    matrix,
)
from assistant.coverage.placements import Placement, read_placements
from assistant.understanding.services import service_of
from corpus.facts.types import Statement
from corpus.places import Place
from index.searching.reader import IndexReader
from index.types import StoredDocument
from ui.web.places_tab.compare_table import Compared, compare_table
from ui.web.places_tab.coverage_tables import (
    WORLDWIDE,
    country_table,
    facts_of,
    group_table,
    matrix_table,
)
from ui.web.places_tab.world_map import world_map

if TYPE_CHECKING:
    from assistant.app import Assistant

_LONGEST_LABEL = 200
_EVERYWHERE = "Worldwide, or no place named"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked at; empty names let all pass."""

    service: str = ""
    data: str = ""


class Side(StrEnum):
    """What is set side by side; the value is what a reader chooses."""

    SERVICES = "two services"
    PLACES = "two places"


@dataclass(frozen=True, slots=True)
class _Known:
    """One build as this tab reads it."""

    build: str
    placements: tuple[Placement, ...]
    world: World
    documents: Mapping[str, StoredDocument]
    named: Mapping[str, tuple[Statement, ...]]
    """Facts by the id of the country that they name, or that a place they name lies in."""
    services: Mapping[str, str]
    """By the id of the document."""


class PlacesView:
    """The pictures and tables of one served page; safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._known: _Known | None = None
        self._reading = threading.Lock()

    def services(self) -> tuple[str, ...]:
        """Return the services that a place is said of, by name."""
        return tuple(row.service for row in self._matrix(Choice()))

    def data(self) -> tuple[str, ...]:
        """Return the categories of data that a place is said of, by name."""
        return categories(said for one in self._read().placements for said in one.data)

    def countries(self) -> tuple[tuple[str, str], ...]:
        """Return names and codes of all countries, by name."""
        return tuple((place.name, _code(place)) for place in self._read().world.countries)

    def matrix(self, choice: Choice) -> str:
        """Return services by geographies."""
        return matrix_table(self._matrix(choice), self._read().world.geographies)

    def world(self, choice: Choice, country: str = "") -> str:
        """Return the map with its tables; `country` is the code of the one that is looked at."""
        known = self._read()
        said = _said(known, choice)
        covered = by_country(said, known.world)
        countries = known.world.countries
        picture = world_map(countries, covered, _label(choice, len(covered)), country)
        return picture + group_table(by_group(said)) + country_table(countries, covered)

    def country(self, choice: Choice, code: str) -> str:
        """Return the facts about a country, empty for a code that is none."""
        known = self._read()
        place = next((one for one in known.world.countries if _code(one) == code), None)
        if place is None:
            return ""
        covered = by_country(_said(known, choice), known.world).get(place.id, NOTHING)
        others = [
            fact
            for fact in known.named.get(place.id, ())
            if choice.service in ("", known.services[fact.document])
        ]
        return facts_of(_titled(place.name, choice), covered, others, known.documents)

    def group(self, choice: Choice, id_: str) -> str:
        """Return what is said of a group of countries, empty for an id that nothing is said of."""
        known = self._read()
        for place, coverage in by_group(_said(known, choice)).items():
            if place.id == id_:
                return facts_of(_titled(place.name, choice), coverage, (), known.documents)
        return ""

    def compared(
        self, choice: Choice, what: Side, first: str, second: str, country: str = ""
    ) -> str:
        """Return two services or two places side by side; empty while two are not chosen.

        A service is given by its name, a place by the id of a country or of a geography. With the
        code of a country two services are compared in it alone.
        """
        if not first or not second or first == second:
            return ""
        known = self._read()
        if what is Side.SERVICES:
            rows = {row.service: row for row in self._matrix(Choice(data=choice.data))}
            if first not in rows or second not in rows:
                return ""
            place = next((one for one in known.world.countries if _code(one) == country), None)
            if place is not None:
                return self._compared_in(place, choice, (first, second))
            return compare_table(
                (first, second), _services(rows[first], rows[second], known), known.documents
            )
        names = {place.id: place.name for place in self._places()}
        if first not in names or second not in names:
            return ""
        placed = _said(known, Choice(data=choice.data))
        services = sorted({one.service for one in placed})
        return compare_table(
            (names[first], names[second]),
            [
                Compared(service, _there(own, first, known.world), _there(own, second, known.world))
                for service in services
                for own in [chosen(placed, service)]
            ],
            known.documents,
        )

    def _compared_in(self, place: Place, choice: Choice, services: tuple[str, str]) -> str:
        """Return two services side by side in one country."""
        known = self._read()
        placed = _said(known, Choice(data=choice.data))
        one, other = (_there(chosen(placed, name), place.id, known.world) for name in services)
        return compare_table(services, [Compared(place.name, one, other)], known.documents)

    def places(self) -> tuple[tuple[str, str], ...]:
        """Return names and ids of what can be compared: geographies, then countries."""
        return tuple((place.name, place.id) for place in self._places())

    def _places(self) -> tuple[Place, ...]:
        world = self._read().world
        return (*world.geographies, *world.countries)

    def cell(self, choice: Choice, service: str, geography: str) -> str:
        """Return the facts behind a cell of the matrix, empty for one that is not there."""
        rows = [row for row in self._matrix(choice) if row.service == service]
        if not rows:
            return ""
        known = self._read()
        if geography == WORLDWIDE:
            return self._facts(service, "worldwide, or no place named", rows[0].worldwide)
        names = {place.id: place.name for place in known.world.geographies}
        if geography not in names:
            return ""
        return self._facts(service, names[geography], rows[0].cells.get(geography, NOTHING))

    def _facts(self, service: str, place: str, coverage: Coverage) -> str:
        return facts_of(f"{service}, {place}", coverage, (), self._read().documents)

    def _matrix(self, choice: Choice) -> tuple[Row, ...]:
        known = self._read()
        return matrix(_said(known, choice), known.world)

    def _read(self) -> _Known:
        """Return what is known of the current build, read once for each."""
        with self._reading, self._assistant.reading() as index:
            if self._known is None or self._known.build != index.manifest.id:
                self._known = _known(index)
            return self._known


def _known(index: IndexReader) -> _Known:
    named: dict[str, dict[str, Statement]] = defaultdict(dict)
    for fact in index.statements():
        for id_ in fact.place_ids:
            for inside in (id_, *index.gazetteer.place(id_).within):
                if inside.startswith("country:"):
                    named[inside][fact.id] = fact
    placements = read_placements(index)
    return _Known(
        index.manifest.id,
        placements,
        World(index.gazetteer),
        dict(index.documents),
        {country: tuple(facts.values()) for country, facts in named.items()},
        {id_: service_of(one.about) for id_, one in index.documents.items()},
    )


def _said(known: _Known, choice: Choice) -> tuple[Placement, ...]:
    return chosen(known.placements, choice.service, choice.data)


def _services(first: Row, second: Row, known: _Known) -> list[Compared]:
    """Return two services by geography."""
    rows = [
        Compared(
            place.name, first.cells.get(place.id, NOTHING), second.cells.get(place.id, NOTHING)
        )
        for place in known.world.geographies
    ]
    return [*rows, Compared(_EVERYWHERE, first.worldwide, second.worldwide)]


def _there(said: tuple[Placement, ...], id_: str, world: World) -> Coverage:
    """Return what is said of a country or of a geography."""
    if id_.startswith("country:"):
        return by_country(said, world).get(id_, NOTHING)
    rows = matrix(said, world)
    return rows[0].cells.get(id_, NOTHING) if rows else NOTHING


def _code(place: Place) -> str:
    return place.id.removeprefix("country:")


def _label(choice: Choice, count: int) -> str:
    what = f"{choice.data or 'data'} of {choice.service or 'all services'}"[:_LONGEST_LABEL]
    return (
        f"Map of the world: what happens to {what}. {count} countries are spoken of; "
        "the table below lists them."
    )


def _titled(name: str, choice: Choice) -> str:
    return ", ".join(filter(None, (name, choice.service, choice.data)))
