"""The shapes of the countries, read from the file that ships with the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "world.json"


@dataclass(frozen=True, slots=True)
class Atlas:
    """A picture of the world, by country."""

    width: int
    """Pixels."""
    height: int
    shapes: Mapping[str, str]
    """SVG paths in tenths of a pixel, by ISO 3166-1 code."""
    points: Mapping[str, tuple[float, float]]
    """Middles, in pixels, of countries too small for a shape, by code."""

    @property
    def codes(self) -> frozenset[str]:
        """The countries that the picture shows."""
        return frozenset(self.shapes) | frozenset(self.points)


@cache
def atlas() -> Atlas:
    """Return the picture that ships with the page."""
    drawn = json.loads(FILE.read_text(encoding="utf-8"))
    points = {code: (float(x), float(y)) for code, (x, y) in drawn["points"].items()}
    return Atlas(drawn["width"], drawn["height"], drawn["shapes"], points)
