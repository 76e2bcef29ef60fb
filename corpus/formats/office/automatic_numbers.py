"""Numbers that a program writes before headings, clauses and items, as a reader sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_LEVELS = 10
_LONGEST_LABEL = 40
_LARGEST = 10**8
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_FIELD = re.compile(r"%([1-9])")
_PLAIN = re.compile(r"%\d[.)]?\s*$")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    style: str = "decimal"
    """In the words of Office Open XML: "decimal", "lowerLetter", "bullet", "none"."""
    text: str = ""
    """What is written, `%1` for the number of the first level; the sign of a bullet."""
    start: int = 1
    restarts: bool = True
    """Whether it begins anew below each number of the levels above."""
    all_decimal: bool = False
    """Whether numbers of levels above are written in digits here, as in contracts."""
    indent: int = 0
    """Of its paragraphs, in units that only their order matters of."""

    @property
    def is_plain(self) -> bool:
        """Whether it counts as the numbered lists of Markdown do."""
        return self.style == "decimal" and bool(_PLAIN.match(self.text))


@dataclass(slots=True)
class Counter:
    """Counts the paragraphs of one list."""

    values: list[int | None] = field(default_factory=lambda: [None] * MOST_LEVELS)

    def next(self, level: int, levels: tuple[Level, ...]) -> int:
        """Count one more paragraph of a level and return its number."""
        value = self.values[level]
        number = levels[level].start if value is None else min(value + 1, _LARGEST)
        self.values[level] = number
        for deeper in range(level + 1, len(levels)):
            if levels[deeper].restarts:
                self.values[deeper] = None
        return number

    def label(self, level: int, levels: tuple[Level, ...]) -> str:
        """Return what stands before the paragraph that was counted last."""
        digits = levels[level].all_decimal

        def number(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            if which >= len(levels):
                return ""
            value = self.values[which]
            style = "decimal" if digits else levels[which].style
            return written(levels[which].start if value is None else value, style)

        return _FIELD.sub(number, levels[level].text)[:_LONGEST_LABEL].strip()


def written(number: int, style: str) -> str:
    """Return a number in the style of a list."""
    if style in ("none", "bullet"):
        return ""
    if style == "decimalZero":
        return f"{number:02}"
    if style == "ordinal":
        teen = number % 100 in (11, 12, 13)
        return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
    if style in ("lowerRoman", "upperRoman") and 0 < number < 5000:
        return _cased(_roman(number), style)
    if style in ("lowerLetter", "upperLetter") and 0 < number <= 26 * _LONGEST_LABEL:
        # After z comes aa, then bb.
        return _cased(chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1), style)
    return str(number)


def _cased(text: str, style: str) -> str:
    return text.upper() if style.startswith("upper") else text


def _roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said
