"""Fields of a Word document: what stands in their place for a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.formats.office.letters import symbol
from corpus.formats.office.office_xml import child, children, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import Element

_UNSEEN = frozenset(
    ("page", "numpages", "sectionpages", "toc", "index", "toa", "rd", "tc", "xe", "ta",
     "formcheckbox", "formdropdown", "symbol")
)  # fmt: skip
"""Whose results are numbers of pages or repeat headings, or are told by what they are made of."""
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"', re.I)
_SYMBOL = re.compile(r'\s*SYMBOL\s+(\d{1,5}|0x[0-9a-f]{1,4})\s+\\f\s+"?([\w ]{1,40})', re.I)
_CLOSED = "closed"
_LONGEST_NAME = 60
_MOST_NESTED = 50


@dataclass(slots=True)
class Field:
    """A field that is open at a place of the text."""

    form: Element | None = None
    """What the field of a form holds."""
    code: str = ""
    begun: bool = False
    """Whether its result has begun."""

    @property
    def name(self) -> str:
        """Which field it is, in lower case."""
        return (self.code[:_LONGEST_NAME].split() or [""])[0].lower()

    @property
    def is_shown(self) -> bool:
        """Whether what stands here is its result and is read."""
        return self.begun and self.name not in _UNSEEN

    @property
    def address(self) -> str:
        """Where it leads."""
        found = _LINK.match(self.code)
        return found[1] if found else ""

    def instead(self) -> str:
        """Return what is read in its place, where this is not its result."""
        if self.name == "formcheckbox":
            box = child(self.form, "checkBox")
            state = child(box, "checked")
            return "☒" if is_on(child(box, "default") if state is None else state) else "☐"
        if self.name == "formdropdown":
            offered = list(children(child(self.form, "ddList"), "listEntry"))
            chosen = child(self.form, "ddList", "result")
            which = number(child(self.form, "ddList", "default") if chosen is None else chosen)
            return value(offered[which]) or "" if 0 <= which < len(offered) else ""
        if found := _SYMBOL.match(self.code):
            return symbol(found[2].strip(), int(found[1], 0 if "x" in found[1].lower() else 10))
        return ""


def close_fields(root: Element) -> None:
    """Mark the fields that end: one that never does must not hide the rest of the text."""
    waiting: list[Element] = []
    for one in root.iter("{*}fldChar"):
        kind = value(one, "fldCharType")
        if kind == "begin":
            waiting.append(one)
        elif kind == "end" and 0 < len(waiting) <= _MOST_NESTED:
            waiting.pop().set(_CLOSED, "1")
        elif kind == "end":
            one.set(_CLOSED, "0")
            del waiting[-1:]


def step(open_fields: list[Field], element: Element) -> Iterator[str]:
    """Follow one mark of a field; return what stands in the place of one that ends."""
    kind = value(element, "fldCharType")
    if kind == "begin" and element.get(_CLOSED) == "1":
        open_fields.append(Field(child(element, "ffData")))
    elif kind == "separate" and open_fields:
        open_fields[-1].begun = True
    elif kind == "end" and open_fields and element.get(_CLOSED) != "0":
        yield open_fields.pop().instead()


def simple_field(element: Element) -> Field:
    """Return a field that is one element."""
    return Field(code=value(element, "instr") or "", begun=True)
