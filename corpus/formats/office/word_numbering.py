"""Lists of a Word document: how their paragraphs are numbered, and the signs of bullets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.formats.office.automatic_numbers import MOST_LEVELS, Counter, Level
from corpus.formats.office.letters import symbol
from corpus.formats.office.office_xml import child, children, is_on, number, value
from corpus.formats.office.word_styles import indent_of

if TYPE_CHECKING:
    from lxml.etree import Element


@dataclass(slots=True)
class _List:
    """A list that paragraphs name: how its levels are numbered, and with which it counts."""

    abstract: str
    levels: tuple[Level, ...]
    anew: set[int] = field(default_factory=set)
    """Levels that it begins anew, once."""
    by_style: dict[str, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document; counts their paragraphs in the order of the text."""

    def __init__(self, root: Element | None) -> None:
        self._abstract = {value(one, "abstractNumId"): one for one in children(root, "abstractNum")}
        self._linked = {
            value(child(one, "styleLink")): one
            for one in children(root, "abstractNum")
            if child(one, "styleLink") is not None
        }
        self._nums = {value(one, "numId") or "": one for one in children(root, "num")}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, Counter] = {}

    def find(self, name: str | None) -> _List | None:
        """Return a list by the number that paragraphs name, None for no list."""
        if not name or name == "0" or name not in self._nums:
            return None
        if name not in self._lists:
            self._lists[name] = self._read(self._nums[name])
        return self._lists[name]

    def level_of(self, name: str | None, style: str | None) -> int | None:
        """Return the level of a list that is bound to a style."""
        found = self.find(name)
        return found.by_style.get(style or "") if found else None

    def count(self, name: str, level: int) -> tuple[Level, int, str] | None:
        """Count a paragraph; return its level, its number and what stands before it."""
        found = self.find(name)
        if found is None:
            return None
        level = max(0, min(level, len(found.levels) - 1))
        counter = self._counters.setdefault(found.abstract, Counter())
        for begun in found.anew:
            counter.values[begun] = None
        found.anew.clear()
        reached = counter.next(level, found.levels)
        return found.levels[level], reached, counter.label(level, found.levels)

    def _read(self, num: Element) -> _List:
        abstract = value(child(num, "abstractNumId")) or ""
        element = self._abstract.get(abstract)
        link = value(child(element, "numStyleLink"))
        if link is not None and link in self._linked:
            element = self._linked[link]
        levels = [Level(style="none") for _ in range(MOST_LEVELS - 1)]
        by_style: dict[str, int] = {}
        for one in children(element, "lvl"):
            _set_level(levels, by_style, one)
        anew: set[int] = set()
        for override in children(num, "lvlOverride"):
            where = number(override, 0, "ilvl")
            inner = child(override, "lvl")
            if inner is not None:
                _set_level(levels, by_style, inner)
            start = child(override, "startOverride")
            if start is not None and 0 <= where < len(levels):
                anew.add(where)
                levels[where] = replace(levels[where], start=number(start, 1))
        return _List(abstract, tuple(levels), anew, by_style)


def _set_level(levels: list[Level], by_style: dict[str, int], element: Element) -> None:
    where = number(element, 0, "ilvl")
    if not 0 <= where < len(levels):
        return
    style = value(child(element, "numFmt")) or "decimal"
    levels[where] = Level(
        style=style,
        text=_sign(element) if style == "bullet" else value(child(element, "lvlText")) or "",
        start=number(child(element, "start"), 0),
        restarts=number(child(element, "lvlRestart"), 1) != 0,
        all_decimal=is_on(child(element, "isLgl")),
        indent=indent_of(child(element, "pPr"), 0) or 0,
    )
    bound = value(child(element, "pStyle"))
    if bound:
        by_style[bound] = where


def _sign(element: Element) -> str:
    """Return the sign of a bullet, in the letters of Unicode."""
    text = value(child(element, "lvlText")) or ""
    fonts = child(element, "rPr", "rFonts")
    return (
        symbol(value(fonts, "ascii") or value(fonts, "hAnsi") or "", ord(text[0])) if text else ""
    )
