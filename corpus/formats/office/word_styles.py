"""Styles of a Word document: what a paragraph is by its style, and how its letters are set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.formats.office.letters import NO_FACE, Face, heading_named
from corpus.formats.office.office_xml import child, children, is_on, local, number, value

if TYPE_CHECKING:
    from lxml.etree import Element

_MOST_PARENTS = 20
_QUOTES = frozenset(("quote", "intense quote", "block text"))
_CONTENTS = re.compile(r"(?:toc|table of figures|index) ?\d*$")


def face_of(properties: Element | None) -> Face:
    """Return what the properties of a run say."""
    found: dict[str, bool] = {}
    font = ""
    for one in children(properties):
        name = local(one)
        if name in ("b", "vanish"):
            found["bold" if name == "b" else "hidden"] = is_on(one)
        elif name in ("strike", "dstrike"):
            found["struck"] = found.get("struck", False) or is_on(one)
        elif name == "vertAlign":
            found["raised"] = value(one) == "superscript"
        elif name == "rFonts":
            font = value(one, "ascii") or value(one, "hAnsi") or ""
    return Face(**found, font=font)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with the styles that it is based on."""

    name: str = ""
    heading: int = 0
    face: Face = NO_FACE
    list: str | None = None
    level: int | None = None
    indent: int | None = None

    @property
    def is_quote(self) -> bool:
        """Whether its paragraphs are quoted."""
        return self.name in _QUOTES

    @property
    def is_contents(self) -> bool:
        """Whether its paragraphs repeat headings with the numbers of their pages."""
        return bool(_CONTENTS.match(self.name))


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {value(one, "styleId") or "": one for one in children(root, "style")}
        self._known: dict[str, Style] = {}
        self.default = next(
            (
                value(one, "styleId") or ""
                for one in children(root, "style")
                if value(one, "type") == "paragraph" and value(one, "default") in ("1", "true")
            ),
            "",
        )

    def get(self, name: str | None) -> Style:
        """Return a style; one that is not there says nothing."""
        chain: list[str] = []
        while name and name in self._elements and len(chain) < _MOST_PARENTS:
            if name in self._known or name in chain:
                break
            chain.append(name)
            name = value(child(self._elements[name], "basedOn"))
        style = self._known.get(name or "", Style())
        for one in reversed(chain):
            style = self._known[one] = _with(style, self._elements[one])
        return style


def _with(above: Style, element: Element) -> Style:
    name = (value(child(element, "name")) or "").strip().lower()
    properties = child(element, "pPr")
    level = child(properties, "numPr", "ilvl")
    return Style(
        name=name,
        heading=_heading(name, child(properties, "outlineLvl"), above.heading),
        face=face_of(child(element, "rPr")).over(above.face),
        list=value(child(properties, "numPr", "numId")) or above.list,
        level=above.level if level is None else number(level),
        indent=indent_of(properties, above.indent),
    )


def _heading(name: str, outline: Element | None, above: int) -> int:
    return heading_named(name) or outline_level(outline, above)


def outline_level(outline: Element | None, above: int) -> int:
    """Return the level of a heading that is stated, 0 for body text."""
    if outline is None:
        return above
    level = number(outline, 9) + 1
    return level if 1 <= level <= 9 else 0


def indent_of(properties: Element | None, default: int | None) -> int | None:
    """Return how far from the margin a paragraph begins, in twentieths of a point."""
    stated = child(properties, "ind")
    if stated is None:
        return default
    known = value(stated, "left") or value(stated, "start")
    return number(stated, 0, "left" if value(stated, "left") else "start") if known else default
