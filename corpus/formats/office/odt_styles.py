"""Styles and lists of an OpenDocument text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.formats.office.automatic_numbers import MOST_LEVELS, Level
from corpus.formats.office.letters import NO_FACE, Face, heading_named, symbol
from corpus.formats.office.office_xml import child, children, local, number, value

if TYPE_CHECKING:
    from lxml.etree import Element

OUTLINE = "\0outline"
"""Name of the list that numbers headings; no file can name one so."""
_MOST_PARENTS = 20
_ENCODED = re.compile(r"_([0-9a-f]{2})_")
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)(in|cm|mm|pt|pc|px)$")
_TWIPS = {"in": 1440, "cm": 566.9, "mm": 56.69, "pt": 20, "pc": 240, "px": 15}
_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
_NUMBER = re.compile(r"%([1-9])%")
_RAISED = re.compile(r"super|[1-9]\d?(?:\.\d+)?%")


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What a style says, with the styles that it is based on."""

    names: tuple[str, ...] = ()
    """Its own name and those above it, in lower case."""
    face: Face = NO_FACE
    list: str | None = None
    indent: int = 0

    @property
    def heading(self) -> int:
        """The level of the heading that it is called after, 0 for none."""
        return next(filter(None, map(heading_named, self.names)), 0)

    @property
    def is_quote(self) -> bool:
        """Whether its paragraphs are quoted."""
        return "quotations" in self.names


class OdtStyles:
    """The styles and lists of a document by their names."""

    def __init__(self, *roots: Element | None) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._known: dict[tuple[str, str], OdtStyle] = {}
        self.lists: dict[str, tuple[Level, ...]] = {}
        for root in roots:
            for one in children(root):
                if local(one) == "style":
                    key = (value(one, "family") or "", value(one, "name") or "")
                    self._elements[key] = one
                elif local(one) in ("list-style", "outline-style"):
                    outline = local(one) == "outline-style"
                    name = OUTLINE if outline else value(one, "name") or ""
                    self.lists[name] = _levels(one)

    def get(self, family: str, name: str | None) -> OdtStyle:
        """Return a style; one that is not there says nothing."""
        chain: list[tuple[str, str]] = []
        key = (family, name or "")
        while key in self._elements and key not in chain and len(chain) < _MOST_PARENTS:
            if key in self._known:
                break
            chain.append(key)
            key = (family, value(self._elements[key], "parent-style-name") or "")
        style = self._known.get(key, OdtStyle())
        for one in reversed(chain):
            style = self._known[one] = _with(style, self._elements[one])
        return style


def _with(above: OdtStyle, element: Element) -> OdtStyle:
    name = _ENCODED.sub(lambda found: chr(int(found[1], 16)), value(element, "name") or "")
    shown = value(element, "display-name") or name
    margin = value(child(element, "paragraph-properties"), "margin-left")
    stated = value(element, "list-style-name")
    return OdtStyle(
        (shown.lower(), *above.names),
        _face(child(element, "text-properties")).over(above.face),
        above.list if stated is None else stated,
        above.indent if margin is None else length(margin),
    )


def _face(properties: Element | None) -> Face:
    weight = value(properties, "font-weight")
    strikes = [
        said
        for name in ("text-line-through-style", "text-line-through-type")
        if (said := value(properties, name)) is not None
    ]
    shown = value(properties, "display")
    position = value(properties, "text-position")
    return Face(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        struck="none" not in strikes if strikes else None,
        hidden=None if shown is None else shown == "none",
        raised=None if position is None else bool(_RAISED.match(position)),
        font=value(properties, "font-name") or "",
    )


def length(said: str | None) -> int:
    """Return a length in twentieths of a point, 0 where it is none."""
    found = _LENGTH.match(said or "")
    return round(float(found[1]) * _TWIPS[found[2]]) if found else 0


def _levels(element: Element) -> tuple[Level, ...]:
    levels = [Level(style="none") for _ in range(MOST_LEVELS - 1)]
    for one in children(element):
        where = number(one, 0, "level") - 1
        if 0 <= where < len(levels):
            levels[where] = _level(one, where)
    return tuple(levels)


def _level(element: Element, where: int) -> Level:
    aligned = child(element, "list-level-properties", "list-level-label-alignment")
    spaced = child(element, "list-level-properties")
    indent = length(value(aligned, "margin-left"))
    indent = indent or length(value(spaced, "space-before")) + length(
        value(spaced, "min-label-width")
    )
    level = Level(start=number(element, 1, "start-value"), indent=indent)
    if local(element) == "list-level-style-bullet":
        sign = value(element, "bullet-char") or "•"
        font = value(child(element, "text-properties"), "font-name") or ""
        return replace(level, style="bullet", text=symbol(font, ord(sign[0])))
    style = _STYLES.get(value(element, "num-format") or "", "none")
    return replace(level, style=style, text=_label(element, where, style))


def _label(element: Element, where: int, style: str) -> str:
    """Return what is written before paragraphs of a level, `%1` for the first number."""
    if style == "none":
        return ""
    written = value(element, "num-list-format")
    if written is not None:
        return _NUMBER.sub(r"%\1", written)
    shown = max(1, min(number(element, 1, "display-levels"), where + 1))
    numbers = ".".join(f"%{level + 1}" for level in range(where + 1 - shown, where + 1))
    prefix, suffix = value(element, "num-prefix") or "", value(element, "num-suffix") or ""
    return f"{prefix}{numbers}{suffix}"
