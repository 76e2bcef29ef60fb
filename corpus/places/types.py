"""The values of the gazetteer: places, how a text names them, and how two of them lie."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """From the smallest to the largest."""

    REGION = "cloud region"
    """Where a cloud provider runs data centres, by the provider's own name."""
    CITY = "city"
    PROVINCE = "province"
    COUNTRY = "country"
    """What has a code of its own in ISO 3166-1, territories included."""
    GROUP = "group"
    """A union, a continent or another region of several countries."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its canonical name."""

    id: str
    """Kind and code, like `country:NO`, `province:US-CA`, `region:aws/eu-south-2`."""
    name: str
    kind: PlaceKind
    within: tuple[str, ...]
    """Ids of all places that contain it today, the smallest first."""

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code of the country that it is or lies in; empty for groups."""
        ids = (self.id, *self.within)
        found = next((id_ for id_ in ids if id_.startswith("country:")), "")
        return "" if self.kind is PlaceKind.GROUP else found.removeprefix("country:")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as a text names it."""

    place: Place
    start: int
    end: int
    words: str
    others: tuple[Place, ...] = ()
    """Places in other countries that the words may mean as well, where nothing in the text decides
    between them."""

    @property
    def is_sure(self) -> bool:
        """True where the words can only mean this place here."""
        return not self.others


class Relation(StrEnum):
    """How one place lies to another."""

    EQUAL = "equal"
    INSIDE = "inside"
    CONTAINS = "contains"
    OVERLAPS = "overlaps"
    DISJOINT = "disjoint"
    UNKNOWN = "unknown"
    """The sources do not tell: a region whose bounds everyone draws otherwise."""
