"""What letters and the names of styles say in every office document."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek"
    r"|nadpis|naslov|címsor|başlık|заголовок|標題|标题|見出し|제목)\s?([1-9])(?:\D|$)"
)
"""Programs that translate the names of styles do not always say the level beside them."""
_TITLES = frozenset(("title", "titel", "titre", "título", "titolo", "tytuł", "otsikko"))

_WINGDINGS = {
    0x6F: "☐", 0xA8: "☐", 0x71: "☐", 0x72: "☐", 0xFD: "☒", 0xFE: "☒", 0x78: "☒", 0xFC: "✓",
    0xFB: "✗", 0xE0: "→", 0xE8: "→", 0xDF: "←", 0xF0: "→",
}  # fmt: skip
_WINGDINGS_2 = {
    0xA3: "☐", 0x2A: "☐", 0x52: "☒", 0x53: "☒", 0x54: "☒", 0x51: "☒", 0x50: "✓", 0x4F: "✗",
}  # fmt: skip
_SYMBOL = {
    0xB3: "≥", 0xA3: "≤", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xAE: "→", 0xAC: "←", 0xB0: "°",
    0xB7: "•", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xA2: "′", 0xB2: "″", 0xA5: "∞", 0x2D: "−",
    0xBB: "≈", 0xD7: "⋅", 0x6D: "μ", 0xBC: "…", 0xDE: "⇒",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """How letters are set, as far as it changes what they say; None where nothing is said."""

    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    font: str = ""

    def over(self, other: Face) -> Face:
        """Return this face where it says something, else the other."""
        return Face(
            other.bold if self.bold is None else self.bold,
            other.struck if self.struck is None else self.struck,
            other.hidden if self.hidden is None else self.hidden,
            other.raised if self.raised is None else self.raised,
            self.font or other.font,
        )


NO_FACE = Face()


def heading_named(name: str) -> int:
    """Return the level of the heading that a style is called after, 0 for none."""
    if name in _TITLES:
        return 1
    found = _HEADING.match(name)
    return int(found[1]) if found else 0


def symbol(font: str, code: int) -> str:
    """Return a sign of a font of signs as a letter of Unicode, a bullet where it is not known."""
    name = font.lower()
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if name == "wingdings 2":
        return _WINGDINGS_2.get(low, "•")
    if name.startswith("wingdings"):
        return _WINGDINGS.get(low, "•") if name == "wingdings" else "•"
    if name == "symbol" and (code >= 0xF000 or low in _SYMBOL):
        return _SYMBOL.get(low, chr(low) if 0x20 <= low < 0x7F else "•")
    if 0xE000 <= code <= 0xF8FF:
        return "•"
    return chr(code) if 0x20 <= code <= 0xFFFF and not 0xD800 <= code <= 0xDFFF else ""
