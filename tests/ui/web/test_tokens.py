"""The page's colours can be told apart by everybody, and the page of the design says how well."""

from __future__ import annotations

import re

import pytest

from tests.paths import ROOT
from ui.web.theme import _TOKENS

STYLE = ROOT / "ui" / "web" / "style"
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--ra-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)",
        (STYLE / "tokens.css").read_text(encoding="utf-8"),
    )
}
TEXT, BORDER = 4.5, 3.0
"""Least ratios of WCAG 2.2 AA for text, and for what shows where a control is."""
PAIRS = [
    *((one, ground, TEXT) for one in ("text", "text-2", "accent")
      for ground in ("surface", "surface-2", "surface-3")),
    ("text", "accent-soft", TEXT), ("accent", "accent-soft", TEXT),
    ("on-accent", "accent", TEXT), ("on-accent", "accent-strong", TEXT),
    *((one, ground, TEXT) for one in ("ok", "warn", "bad")
      for ground in (f"{one}-soft", "surface")),
    ("mark-text", "mark", TEXT),
    ("line-strong", "surface", BORDER), ("line-strong", "surface-2", BORDER),
]  # fmt: skip


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the ratio of contrast of two colours, as WCAG counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("one", "ground", "least"), PAIRS)
def test_what_is_to_be_read_stands_out(one: str, ground: str, least: float) -> None:
    for scheme in (0, 1):
        assert contrast(COLOURS[one][scheme], COLOURS[ground][scheme]) >= least


@pytest.mark.parametrize(("one", "ground", "least"), PAIRS)
def test_the_design_states_the_contrast_as_it_is(one: str, ground: str, least: float) -> None:
    light, dark = (f"{contrast(COLOURS[one][s], COLOURS[ground][s]):.1f}" for s in (0, 1))
    assert f"| `{one}` on `{ground}` | {least} | {light} | {dark} |" in DESIGN


def test_every_token_that_is_used_is_there() -> None:
    known = set(re.findall(r"--(ra-[\w-]+):", (STYLE / "tokens.css").read_text(encoding="utf-8")))
    used = {
        name
        for sheet in STYLE.glob("*.css")
        for name in re.findall(r"var\(--(ra-[\w-]+)", sheet.read_text(encoding="utf-8"))
    }
    assert used | {f"ra-{name}" for name in _TOKENS.values()} <= known
