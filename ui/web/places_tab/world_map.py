"""What is said of the countries as a picture of the world, with its legend; pure.

Every effect has a colour and marks of its own; a country of several has a stripe of each. A country
of which only a group is said is hatched. The picture is one image to a screen reader;
`ui.web.places_tab.coverage_tables` says the same as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assistant.coverage.by_place import NOT_STATED, NOTHING, Coverage
from assistant.coverage.placements import Effect
from corpus.places import Place
from ui.web.html import escaped
from ui.web.places_tab.country_shapes import Atlas, atlas

_RADIUS = 3.5
"""Pixels of the circle of a small country."""
_STRIPE = 8
"""Pixels of width and height of an effect in a pattern."""
_MARKS = {
    Effect.STORED: "",
    Effect.PROCESSED: '<circle cx="4" cy="4" r="1.6"/>',
    Effect.GOES_TO: '<path d="M1 4h6M5 2l2 2-2 2"/>',
    Effect.OFFERED: '<path d="M4 1l3 3-3 3-3-3z"/>',
    Effect.EXCEPTED: '<path d="M0 0l8 8M8 0 0 8"/>',
}
"""Marks on the colour of an effect, in a square of `_STRIPE` pixels."""
_LEGEND = {
    Effect.STORED: "stored",
    Effect.PROCESSED: "processed",
    Effect.GOES_TO: "goes to: data is moved or sent there",
    Effect.OFFERED: "offered: it can be chosen, which stores nothing there yet",
    Effect.EXCEPTED: "excepted: not there, or not covered there",
}
_SEVERAL = "striped: each of the colours holds"
_HATCHED = "hatched: said of a group of countries, and not of the country by name"


_BUTTONS = (
    '<div class="atlas-zoom" role="group" aria-label="Size of the map">'
    '<button type="button" data-zoom="+" aria-label="Larger">+</button>'
    '<button type="button" data-zoom="-" aria-label="Smaller">−</button>'
    '<button type="button" data-zoom="0">Whole world</button></div>'
)


class Look(NamedTuple):
    """How a country is drawn."""

    effects: tuple[Effect, ...]
    """Empty where nothing is stated."""
    is_group: bool
    """True where nothing is said of the country by name."""

    @property
    def pattern(self) -> str:
        """Name of the pattern that fills it."""
        return "-".join(("atlas-group" if self.is_group else "atlas", *map(_name, self.effects)))


def look(coverage: Coverage) -> Look:
    """Return how a country is drawn: by its name where it is named, else by its groups."""
    named = coverage.named.effects
    return Look(named or coverage.effects, is_group=not named and bool(coverage.grounds))


def style_name(effect: Effect) -> str:
    """Return the name that styles of an effect have."""
    return f"atlas-{_name(effect)}"


def told(coverage: Coverage) -> str:
    """Return what is said in words: "stored; of European Union: processed, 3 facts"."""
    if not coverage.grounds:
        return NOT_STATED
    return f"{coverage.words}, {coverage.facts} fact{'s' if coverage.facts != 1 else ''}"


def world_map(
    countries: Iterable[Place], covered: Mapping[str, Coverage], label: str, selected: str = ""
) -> str:
    """Return the picture; a shape carries its country's code in `data-country`.

    `covered` is by the id of the country; `selected` is the code of the one that is looked at.
    """
    drawn = atlas()
    named = {place.id.removeprefix("country:"): place for place in countries}
    shown = {code: place for code, place in named.items() if code in drawn.codes}
    stands = {code: covered.get(place.id, NOTHING) for code, place in shown.items()}
    blank = "".join(_shape(code, "", drawn) for code in sorted(drawn.codes - shown.keys()))
    # What is selected is drawn last: its outline lies above its neighbours.
    order = sorted(shown, key=lambda code: (code == selected, code))
    shapes = "".join(
        _country(shown[code].name, code, stands[code], drawn, selected=code == selected)
        for code in order
    )
    used = dict.fromkeys(look(one) for one in stands.values())
    return (
        f'<figure class="atlas">{_BUTTONS}<div class="atlas-scroll" tabindex="0" role="region" '
        'aria-label="Map: plus and minus make it larger and smaller, arrows move it">'
        f'<svg class="atlas-map" role="img" aria-label="{escaped(label)}" '
        f'viewBox="0 0 {drawn.width} {drawn.height}">{_definitions(used)}'
        f'<g class="atlas-not-stated">{blank}</g>{shapes}</svg></div>{_legend(used)}</figure>'
    )


def _name(effect: Effect) -> str:
    return effect.value.replace(" ", "-")


def _country(name: str, code: str, coverage: Coverage, drawn: Atlas, *, selected: bool) -> str:
    own = look(coverage)
    kind = " atlas-selected" if selected else ""
    kind += "" if own.effects else " atlas-not-stated"
    title = f"<title>{escaped(name)}: {escaped(told(coverage))}</title>"
    fill = own.pattern if own.effects else ""
    # What something is said of has its name on it, where there is room.
    shown = f' data-name="{escaped(name)}"' if own.effects else ""
    return (
        f'<g class="atlas-country{kind}" data-country="{escaped(code)}"{shown}>{title}'
        f"{_shape(code, fill, drawn)}{_circle(code, fill, drawn)}</g>"
    )


def _shape(code: str, pattern: str, drawn: Atlas) -> str:
    path = drawn.shapes.get(code)
    # Shapes are drawn ten times larger than circles.
    fill = f' fill="url(#{pattern}-large)"' if pattern else ""
    return f'<path transform="scale(.1)"{fill} d="{path}"/>' if path else ""


def _circle(code: str, pattern: str, drawn: Atlas) -> str:
    point = drawn.points.get(code)
    fill = f' fill="url(#{pattern})"' if pattern else ""
    return f'<circle cx="{point[0]}" cy="{point[1]}" r="{_RADIUS}"{fill}/>' if point else ""


def _definitions(looks: Iterable[Look]) -> str:
    """Return the patterns that are used, and those of the legend."""
    every = (*(Look((effect,), is_group=False) for effect in Effect), *looks)
    wanted = (one for one in dict.fromkeys(every) if one.effects)
    patterns = (_pattern(one, scale) for one in wanted for scale in (1, 10))
    return f"<defs>{''.join(patterns)}</defs>"


def _pattern(own: Look, scale: int) -> str:
    name = own.pattern + ("-large" if scale > 1 else "")
    turn = " rotate(45)" if own.is_group else ""
    draw, step = (_hatch, _STRIPE // 2) if own.is_group else (_stripe, _STRIPE)
    stripes = "".join(draw(effect, n * step) for n, effect in enumerate(own.effects))
    width = step * len(own.effects)
    land = f'<rect class="atlas-land" width="{width}" height="{_STRIPE}"/>'
    return (
        f'<pattern id="{name}" width="{width}" height="{_STRIPE}" '
        f'patternUnits="userSpaceOnUse" patternTransform="scale({scale}){turn}">'
        f"{land if own.is_group else ''}{stripes}</pattern>"
    )


def _stripe(effect: Effect, at: int) -> str:
    return (
        f'<g transform="translate({at})"><rect class="{style_name(effect)}" width="{_STRIPE}" '
        f'height="{_STRIPE}"/><g class="{style_name(effect)}-marks">{_MARKS[effect]}</g></g>'
    )


def _hatch(effect: Effect, at: int) -> str:
    width = _STRIPE // 4
    return f'<rect class="{style_name(effect)}" x="{at}" width="{width}" height="{_STRIPE}"/>'


def _legend(looks: Iterable[Look]) -> str:
    used = tuple(looks)
    wanted = {effect for one in used for effect in one.effects}
    items = [
        _entry(Look((effect,), is_group=False), _LEGEND[effect])
        for effect in Effect
        if effect in wanted
    ]
    several = next((one for one in used if len(one.effects) > 1), None)
    group = next((one for one in used if one.is_group), None)
    items += [_entry(several, _SEVERAL)] if several else []
    items += [_entry(group, _HATCHED)] if group else []
    if any(not one.effects for one in used):
        items.append(_entry(Look((), is_group=False), NOT_STATED))
    return f'<figcaption><ul class="atlas-legend">{"".join(items)}</ul></figcaption>'


def _entry(own: Look, words: str) -> str:
    fill = f' fill="url(#{own.pattern})"' if own.effects else ' class="atlas-land"'
    return (
        '<li><svg class="atlas-key" viewBox="0 0 24 16" aria-hidden="true">'
        f'<rect width="24" height="16"{fill}/></svg>{escaped(words)}</li>'
    )
