"""The compiled gazetteer, opened for reading: places by id and by name, and how two of them lie."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.places.compile import COUNTRY, STATE, Weight
from corpus.places.mentions import Candidate, Reader
from corpus.places.names import fold_name
from corpus.places.types import Mention, Place, PlaceKind, Relation

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a place besides its name and where it lies."""

    source: str
    """Where that is from, with its date where the source has none of its own."""
    extra: dict[str, Any]


class Gazetteer:
    """A compiled gazetteer, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.place = lru_cache(maxsize=8192)(self._place)
        self.record = lru_cache(maxsize=1024)(self._record)
        self._reader = Reader(self._candidates, self.place)
        # Titles of documents and the latest question are read again and again.
        self._mentioned = lru_cache(maxsize=4096)(self._reader.mentions)
        self._extents: dict[tuple[str, date | None], frozenset[str]] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def mentions(self, text: str, about: str = "") -> tuple[Mention, ...]:
        """Return the places that a text names, in order, the longest name where several fit.

        `about` is what is known of where the text is from, such as title and publisher of its
        document: the names of a vendor's regions are read where that vendor is in view.
        """
        return self._mentioned(text, about)

    def countries(self) -> tuple[Place, ...]:
        """Return all countries, by name."""
        rows = self._connection.execute(
            "SELECT id FROM places WHERE kind = ? ORDER BY name", (PlaceKind.COUNTRY.value,)
        )
        return tuple(self.place(id_) for (id_,) in rows.fetchall())

    def groups(self, kinds: Iterable[str]) -> tuple[Place, ...]:
        """Return the groups of some kinds, such as union or continent."""
        rows = self._connection.execute(
            "SELECT id FROM places WHERE kind = ?", (PlaceKind.GROUP.value,)
        )
        every = [self.place(id_) for (id_,) in rows.fetchall()]
        wanted = frozenset(kinds)
        return tuple(one for one in every if self.record(one.id).extra["kind"] in wanted)

    def named(self, name: str) -> Place | None:
        """Return the place of a name or code that stands alone, None when it is none.

        Of several places of one name the likeliest: who gives a name alone means the known one.
        """
        code = name.strip()
        keys = [fold_name(name)]
        if code.isupper() and len(code) in (2, 3):
            keys.append(fold_name(f"{COUNTRY} {code}"))
        for key in keys:
            found = self._candidates([key]).get(key, ())
            plain = [one for one in found if one.how != "vendor"] or list(found)
            if plain:
                return self.place(max(plain, key=lambda one: one.weight).place)
        return None

    def similar(self, name: str, most: int = 3) -> tuple[Place, ...]:
        """Return places whose names are spelt nearly so: to propose, never to take."""
        from rapidfuzz import process

        key = fold_name(name)
        rows = self._connection.execute(
            "SELECT words, place FROM names WHERE weight >= ? AND substr(words, 1, 1) = ?",
            (Weight.SMALL_PROVINCE, key[:1]),
        ).fetchall()
        near = process.extract(key, [words for words, _ in rows], limit=most, score_cutoff=85)
        return tuple(dict.fromkeys(self.place(rows[place][1]) for _, _, place in near))

    def relation(self, one: Place, other: Place, as_of: date | None = None) -> Relation:
        """Return how one place lies to another, today or on a day.

        A group of open bounds (the Middle East) contains what its list names; of what it does not
        name, nothing is known where the two could touch.
        """
        if one.id == other.id:
            return Relation.EQUAL
        mine, theirs = self.extent(one, as_of), self.extent(other, as_of)
        if not mine or not theirs:
            return Relation.UNKNOWN
        if PlaceKind.GROUP not in (one.kind, other.kind):
            return _of_points(one, other)
        if one.kind is not PlaceKind.GROUP or other.kind is not PlaceKind.GROUP:
            return self._with_group(one, other, mine, theirs)
        return self._of_groups(one, other, mine, theirs)

    def _of_groups(
        self, one: Place, other: Place, mine: frozenset[str], theirs: frozenset[str]
    ) -> Relation:
        # A part of a member counts with it where the other group does not name it.
        inside = not self._apart(mine - theirs, theirs)
        contains = not self._apart(theirs - mine, mine)
        if inside or contains:
            both = Relation.EQUAL if inside and contains else Relation.INSIDE
            return both if inside else Relation.CONTAINS
        if mine & theirs:
            return Relation.OVERLAPS
        return Relation.DISJOINT if self._closed(one) and self._closed(other) else Relation.UNKNOWN

    def _apart(self, codes: Iterable[str], members: frozenset[str]) -> list[str]:
        """Return those of some codes that are no part of any member."""
        return [code for code in codes if self.sovereign(code) not in members]

    def sovereign(self, code: str, *, part: bool = True) -> str:
        """Return the country that a territory is an integral part of, empty for all else; without
        `part`, the one that it belongs to in whatever way.
        """
        id_ = f"province:{code}" if "-" in code else f"country:{code}"
        row = self._connection.execute("SELECT extra FROM places WHERE id = ?", (id_,)).fetchone()
        extra = json.loads(row[0]) if row else {}
        return str(extra.get("sovereign", "")) if extra.get("part") or not part else ""

    def extent(self, place: Place, as_of: date | None = None) -> frozenset[str]:
        """Return the codes of the countries and divisions that a place is made of or lies in."""
        key = (place.id, as_of)
        if key not in self._extents:
            self._extents[key] = self._extent(place, as_of)
        return self._extents[key]

    def _extent(self, place: Place, as_of: date | None) -> frozenset[str]:
        if place.kind is not PlaceKind.GROUP:
            # A territory with a code of its own counts by that, not by its sovereign's.
            ids = (place.id, *place.within)
            divisions = [id_ for id_ in ids if id_.startswith("province:")]
            return frozenset([place.country, *(id_.partition(":")[2] for id_ in divisions)]) - {""}
        extra = self.record(place.id).extra
        codes = set(extra["members"])
        if as_of is not None:
            for code, day in extra["since"].items():
                if date.fromisoformat(day) > as_of:
                    codes.discard(code)
            codes |= {c for c, day in extra["until"].items() if date.fromisoformat(day) >= as_of}
        return frozenset(codes)

    def _with_group(
        self, one: Place, other: Place, mine: frozenset[str], theirs: frozenset[str]
    ) -> Relation:
        """Relate a place that is no group with one that is, whichever comes first."""
        group, place = (one, other) if one.kind is PlaceKind.GROUP else (other, one)
        extra = self.record(group.id).extra
        shared = mine & theirs
        if shared and shared <= set(extra["partial"]):
            return Relation.UNKNOWN
        if shared:
            return Relation.INSIDE if group is other else Relation.CONTAINS
        far = not self._continents(place) & self._continents(group)
        return Relation.DISJOINT if far or self._closed(group) else Relation.UNKNOWN

    def _continents(self, place: Place) -> frozenset[str]:
        """Return the continents that a place lies in or reaches into."""
        mine = self.extent(place)
        return frozenset(
            id_ for id_ in self._all_continents() if mine & self.extent(self.place(id_))
        )

    @lru_cache(maxsize=1)  # noqa: B019 - one gazetteer lives as long as its build is open
    def _all_continents(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.groups(["continent"]))

    def _closed(self, place: Place) -> bool:
        return place.kind is not PlaceKind.GROUP or bool(self.record(place.id).extra["closed"])

    def _candidates(self, keys: Iterable[str]) -> dict[str, tuple[Candidate, ...]]:
        wanted = sorted(set(keys))
        found: dict[str, list[Candidate]] = {}
        for start in range(0, len(wanted), _BATCH):
            part = wanted[start : start + _BATCH]
            rows = self._connection.execute(
                "SELECT words, place, weight, how FROM names "
                f"WHERE words IN ({','.join('?' * len(part))}) ORDER BY weight DESC, place",
                part,
            )
            for words, place, weight, how in rows:
                found.setdefault(words, []).append(Candidate(place, weight, how))
        return {key: tuple(rows) for key, rows in found.items()}

    def _place(self, id_: str) -> Place:
        row = self._connection.execute(
            "SELECT id, name, kind, within FROM places WHERE id = ?", (id_,)
        ).fetchone()
        if row is None:
            raise KeyError(id_)
        within = tuple(row[3].split("\t")) if row[3] else ()
        return Place(row[0], row[1], PlaceKind(row[2]), within)

    def _record(self, id_: str) -> Record:
        source, extra = self._connection.execute(
            "SELECT source, extra FROM places WHERE id = ?", (id_,)
        ).fetchone()
        return Record(source, json.loads(extra))


def _of_points(one: Place, other: Place) -> Relation:
    """Relate two places of which none is a group."""
    if other.id in one.within:
        return Relation.INSIDE
    if one.id in other.within:
        return Relation.CONTAINS
    shared = {PlaceKind.CITY, PlaceKind.REGION, PlaceKind.PROVINCE}
    if one.country == other.country and {one.kind, other.kind} <= shared:
        # Both are in one country; whether a city lies in a division is not known of all.
        same_kind = one.kind is other.kind and one.kind is not PlaceKind.REGION
        return Relation.DISJOINT if same_kind else Relation.UNKNOWN
    return Relation.DISJOINT


def countries(places: Iterable[Place], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the countries among places, and those of the cities among them, each once."""
    found = [gazetteer.place(f"country:{place.country}") for place in places if place.country]
    return tuple(dict.fromkeys(found))


__all__ = ["COUNTRY", "STATE", "Gazetteer", "Record", "countries"]
