"""What is said of the countries as a picture of the world, with its legend; pure.

Every standing has a colour and a pattern of its own. The picture is one image to a screen reader;
`ui.web.places_tab.coverage_tables` says the same as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.coverage.by_place import NOTHING, Coverage, Standing
from corpus.places import Place
from ui.web.html import escaped
from ui.web.places_tab.country_shapes import Atlas, atlas

_RADIUS = 3.5
"""Pixels of the circle of a small country."""
_PATTERNS = {
    Standing.STORED: "",
    Standing.STORED_WITH_EXCEPTIONS: '<path d="M-1 7 7-1M3 11l8-8"/>',
    Standing.PROCESSED: '<circle cx="4" cy="4" r="1.6"/>',
    Standing.PROCESSED_WITH_EXCEPTIONS: '<circle cx="2" cy="2" r="1.4"/><path d="M0 6h8"/>',
    Standing.EXCEPTED: '<path d="M0 0l8 8M8 0 0 8"/>',
}
"""Marks on the colour of a standing, in a square of eight pixels."""


def style_name(standing: Standing) -> str:
    """Return the name that styles and patterns of a standing have."""
    return f"atlas-{standing.value.replace(' ', '-')}"


def told(coverage: Coverage) -> str:
    """Return a standing in words: "stored (by Europe), 3 facts"."""
    if not coverage.grounds:
        return Standing.NOT_STATED.value
    by = f" (by {', '.join(coverage.regions)})" if coverage.regions else ""
    count = f"{coverage.facts} fact{'s' if coverage.facts != 1 else ''}"
    return f"{coverage.standing.value}{by}, {count}"


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
    used = {one.standing for one in stands.values()}
    return (
        '<figure class="atlas"><div class="atlas-scroll" tabindex="0" role="region" '
        f'aria-label="Map"><svg class="atlas-map" role="img" aria-label="{escaped(label)}" '
        f'viewBox="0 0 {drawn.width} {drawn.height}">{_definitions()}'
        f"<g>{blank}</g>{shapes}</svg></div>{_legend(used, stands.values())}</figure>"
    )


def _country(name: str, code: str, coverage: Coverage, drawn: Atlas, *, selected: bool) -> str:
    kind = style_name(coverage.standing)
    kind += " atlas-by-region" if coverage.regions else ""
    kind += " atlas-selected" if selected else ""
    title = f"<title>{escaped(name)}: {escaped(told(coverage))}</title>"
    return (
        f'<g class="atlas-country {kind}" data-country="{escaped(code)}">{title}'
        f"{_shape(code, _circle(code, drawn), drawn)}</g>"
    )


def _shape(code: str, circle: str, drawn: Atlas) -> str:
    path = drawn.shapes.get(code)
    land = f'<path transform="scale(.1)" d="{path}"/>' if path else ""
    return land + circle


def _circle(code: str, drawn: Atlas) -> str:
    point = drawn.points.get(code)
    return f'<circle cx="{point[0]}" cy="{point[1]}" r="{_RADIUS}"/>' if point else ""


def _definitions() -> str:
    """Return the patterns; one for shapes, which are drawn ten times larger, and one for others."""
    patterns = (
        _pattern(standing, mark, large)
        for standing, mark in _PATTERNS.items()
        for large in (False, True)
    )
    return f"<defs>{''.join(patterns)}</defs>"


def _pattern(standing: Standing, mark: str, large: bool) -> str:
    name = style_name(standing)
    scale = ' patternTransform="scale(10)"' if large else ""
    return (
        f'<pattern id="{name}{"-large" if large else ""}" class="{name}-marks" width="8" '
        f'height="8" patternUnits="userSpaceOnUse"{scale}>'
        f'<rect width="8" height="8"/>{mark}</pattern>'
    )


def _legend(used: Iterable[Standing], stands: Iterable[Coverage]) -> str:
    wanted = set(used)
    items = [_entry(standing, standing.value) for standing in Standing if standing in wanted]
    if any(one.regions for one in stands):
        items.append(
            '<li><svg class="atlas-key" viewBox="0 0 24 16" aria-hidden="true">'
            '<g class="atlas-country atlas-stored atlas-by-region">'
            '<rect width="24" height="16"/></g></svg>'
            "paler: said of its region, not of the country by name</li>"
        )
    return f'<figcaption><ul class="atlas-legend">{"".join(items)}</ul></figcaption>'


def _entry(standing: Standing, words: str) -> str:
    return (
        '<li><svg class="atlas-key" viewBox="0 0 24 16" aria-hidden="true">'
        f'<g class="atlas-country {style_name(standing)}"><rect width="24" height="16"/></g></svg>'
        f"{escaped(words)}</li>"
    )
