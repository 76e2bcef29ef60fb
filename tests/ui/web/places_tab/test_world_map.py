"""The shipped shapes, and the map as inert, labelled SVG."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET

import pytest

from assistant.app import Assistant
from assistant.coverage.by_place import Coverage, Ground, Standing
from assistant.coverage.placements import Effect, Placement, read_placements
from corpus.places import Place, PlaceKind
from tests.paths import ROOT
from ui.web.places_tab.country_shapes import FILE, atlas
from ui.web.places_tab.draw_shapes import Place as Spot
from ui.web.places_tab.draw_shapes import area, projected, simplified
from ui.web.places_tab.world_map import style_name, told, world_map

# Countries of the gazetteer that the source draws as part of another one, or not at all; two
# have come to an end.
NOT_DRAWN = {
    "AN", "AQ", "CS", "BQ", "BV", "CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ",
    "TK", "TV", "UM", "YT",
}  # fmt: skip


def covered(assistant: Assistant, effect: Effect, *, by_region: bool) -> Coverage:
    with assistant.reading() as index:
        fact = read_placements(index)[0].fact
    region = Place("group:Ocean <b>", "Ocean <b>", PlaceKind.GROUP, ())
    placement = Placement(fact, "Harbour", effect, (region,), ())
    return Coverage((Ground(placement, region, by_region),))


def country(code: str, name: str) -> Place:
    return Place(f"country:{code}", name, PlaceKind.COUNTRY, ())


def test_the_shipped_shapes_are_those_that_the_notice_names() -> None:
    shipped = hashlib.sha256(FILE.read_bytes()).hexdigest()
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert shipped in notice
    assert FILE.stat().st_size < 150_000


def test_every_country_of_the_gazetteer_is_drawn(assistant: Assistant) -> None:
    with assistant.reading() as index:
        known = {place.id.removeprefix("country:") for place in index.gazetteer.countries()}
    assert known - atlas().codes <= NOT_DRAWN


def test_small_countries_can_be_pointed_at() -> None:
    for code in ("SG", "MT", "HK", "LU", "BH", "MC"):
        assert code in atlas().points, code


def test_every_shape_lies_in_the_picture() -> None:
    drawn = atlas()
    for code, (x, y) in drawn.points.items():
        assert 0 <= x <= drawn.width, code
        assert 0 <= y <= drawn.height, code


def test_the_projection_is_even() -> None:
    def box(south: float) -> float:
        corners = ((0, south), (5, south), (5, south + 0.5), (0, south + 0.5))
        return area([projected(Spot(x, y)) for x, y in corners])

    from math import cos, radians

    for south in (0.0, 30.0, 50.0):
        assert box(south) / cos(radians(south + 0.25)) == pytest.approx(box(-0.25), rel=0.01)


def test_a_simplified_border_keeps_its_ends_and_its_corners() -> None:
    line = [Spot(0, 0), Spot(5, 0.001), Spot(10, 0), Spot(10, 10)]
    assert simplified(line, 0.3) == [Spot(0, 0), Spot(10, 0), Spot(10, 10)]


@pytest.mark.parametrize("effect", list(Effect))
def test_a_country_tells_its_standing_in_words(assistant: Assistant, effect: Effect) -> None:
    coverage = covered(assistant, effect, by_region=True)
    page = world_map([country("NO", "Norway")], {"country:NO": coverage}, "World")
    shape = ET.fromstring(page).find(".//*[@data-country='NO']")
    assert shape is not None
    assert shape.findtext("title") == f"Norway: {effect.value} (by Ocean <b>), 1 fact"
    assert "atlas-by-region" in str(shape.get("class"))


def test_names_are_data_and_no_markup(assistant: Assistant) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    coverage = covered(assistant, Effect.STORED, by_region=False)
    page = world_map([country("NO", hostile)], {"country:NO": coverage}, hostile, "NO")
    tree = ET.fromstring(page)
    assert {"script", "img"}.isdisjoint(one.tag for one in tree.iter())
    svg = tree.find(".//svg")
    assert svg is not None
    assert svg.get("aria-label") == hostile


def test_the_legend_names_what_the_map_shows_and_nothing_else(assistant: Assistant) -> None:
    coverage = covered(assistant, Effect.EXCEPTED, by_region=False)
    page = world_map(
        [country("NO", "Norway"), country("SE", "Sweden")], {"country:NO": coverage}, "World"
    )
    items = [("".join(one.itertext())).strip() for one in ET.fromstring(page).iter("li")]
    assert items == ["excepted", "not stated"]


def test_every_standing_has_a_style_and_a_pattern_of_its_own() -> None:
    style = (ROOT / "ui/web/style/places.css").read_text(encoding="utf-8")
    page = world_map([], {}, "World")
    for standing in Standing:
        assert f".{style_name(standing)}" in style, standing
        if standing is not Standing.NOT_STATED:
            assert f'id="{style_name(standing)}"' in page


def test_what_is_not_stated_is_told_so() -> None:
    assert told(Coverage(())) == "not stated"
