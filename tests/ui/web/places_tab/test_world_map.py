"""The shipped shapes, and the map as inert, labelled SVG."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from assistant.app import Assistant
from assistant.coverage.by_place import Coverage, Ground, Reach
from assistant.coverage.placements import Effect, Placement
from corpus.facts.types import PlaceRole, StatementKind
from corpus.places import Gazetteer, Place, PlaceKind
from tests.assistant.coverage.made_statements import Page
from tests.paths import ROOT
from ui.web.places_tab.country_shapes import FILE, atlas
from ui.web.places_tab.draw_shapes import Place as Spot
from ui.web.places_tab.draw_shapes import area, projected, simplified
from ui.web.places_tab.world_map import Look, look, style_name, told, world_map

# Countries of the gazetteer that the source draws as part of another one, or not at all; two
# have come to an end.
NOT_DRAWN = {
    "AN", "AQ", "CS", "BQ", "BV", "CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ",
    "TK", "TV", "UM", "YT",
}  # fmt: skip


@pytest.fixture
def placement(gazetteer: Gazetteer) -> Placement:
    page = Page(gazetteer)
    page.say("Kept in Norway.", StatementKind.STORED, {"Norway": PlaceRole.RESTS})
    return page.placements()[0]


def covered(placement: Placement, *effects: Effect, reach: Reach = Reach.NAMED) -> Coverage:
    group = Place("group:Ocean <b>", "Ocean <b>", PlaceKind.GROUP, ())
    return Coverage(
        tuple(Ground(replace(placement, effect=effect), group, reach) for effect in effects)
    )


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
def test_a_country_tells_what_happens_there_in_words(placement: Placement, effect: Effect) -> None:
    coverage = covered(placement, effect, reach=Reach.GROUP)
    page = world_map([country("NO", "Norway")], {"country:NO": coverage}, "World")
    shape = ET.fromstring(page).find(".//*[@data-country='NO']")
    assert shape is not None
    assert shape.findtext("title") == f"Norway: of Ocean <b>: {effect.value}, 1 fact"


def test_names_are_data_and_no_markup(placement: Placement) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    coverage = covered(placement, Effect.STORED)
    page = world_map([country("NO", hostile)], {"country:NO": coverage}, hostile, "NO")
    tree = ET.fromstring(page)
    assert {"script", "img"}.isdisjoint(one.tag for one in tree.iter())
    svg = tree.find(".//svg")
    assert svg is not None
    assert svg.get("aria-label") == hostile


def legend(page: str) -> list[str]:
    return [("".join(one.itertext())).strip() for one in ET.fromstring(page).iter("li")]


def test_the_legend_names_what_the_map_shows_and_nothing_else(placement: Placement) -> None:
    both = [country("NO", "Norway"), country("SE", "Sweden")]
    page = world_map(both, {"country:NO": covered(placement, Effect.EXCEPTED)}, "World")
    assert legend(page) == ["excepted: not there, or not covered there", "not stated"]


def test_the_legend_tells_stripes_from_hatching(placement: Placement) -> None:
    stands = {
        "country:NO": covered(placement, Effect.OFFERED, Effect.STORED),
        "country:SE": covered(placement, Effect.GOES_TO, reach=Reach.GROUP),
    }
    page = world_map([country("NO", "Norway"), country("SE", "Sweden")], stands, "World")
    assert legend(page) == [
        "stored",
        "goes to: data is moved or sent there",
        "offered: it can be chosen, which stores nothing there yet",
        "striped: each of the colours holds",
        "hatched: said of a group of countries, and not of the country by name",
    ]


def test_every_fill_of_a_map_is_a_pattern_of_its_own(placement: Placement) -> None:
    codes = ("NO", "SE", "SG", "KE")
    stands = {
        "country:NO": covered(placement, *Effect),
        "country:SE": covered(placement, *Effect, reach=Reach.GROUP),
        "country:SG": covered(placement, Effect.OFFERED),
    }
    tree = ET.fromstring(world_map([country(code, code) for code in codes], stands, "World"))
    patterns = {one.get("id"): one for one in tree.iter("pattern")}
    fills = {str(one.get("fill"))[len("url(#") : -1] for one in tree.iter() if one.get("fill")}
    assert fills <= patterns.keys()
    striped = patterns["atlas-stored-processed-goes-to-offered-excepted-large"]
    hatched = patterns["atlas-group-stored-processed-goes-to-offered-excepted-large"]
    shown = [one.get("class") for one in hatched.iter("rect")]
    assert shown == ["atlas-land", *(style_name(effect) for effect in Effect)]
    assert [one.get("class") for one in striped.iter("rect")] == shown[1:]
    assert "rotate" in str(hatched.get("patternTransform"))
    assert "rotate" not in str(striped.get("patternTransform"))
    blank = tree.find(".//*[@data-country='KE']")
    assert blank is not None
    assert "atlas-not-stated" in str(blank.get("class"))
    assert all(one.get("fill") is None for one in blank.iter())


def test_what_is_named_is_drawn_before_what_a_group_says(placement: Placement) -> None:
    named = covered(placement, Effect.PROCESSED)
    group = covered(placement, Effect.STORED, reach=Reach.GROUP)
    assert look(Coverage((*group.grounds, *named.grounds))) == Look((Effect.PROCESSED,), False)
    assert look(group) == Look((Effect.STORED,), True)
    assert look(Coverage(())) == Look((), False)


def test_every_effect_has_a_style_of_its_own() -> None:
    style = (ROOT / "ui/web/style/places.css").read_text(encoding="utf-8")
    for effect in Effect:
        assert f"\n.{style_name(effect)} {{ fill: var(--{style_name(effect)}) }}" in style
        assert style.count(f"--{style_name(effect)}: #") == 2, "one by day, one by night"


def test_what_is_not_stated_is_told_so() -> None:
    assert told(Coverage(())) == "not stated"
