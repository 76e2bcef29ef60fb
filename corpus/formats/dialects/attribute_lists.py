"""Attributes in braces, as kramdown, Pandoc and their kin write them after what they are of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.formats.dialects import element_names as names
from corpus.formats.dialects.page_state import LEAD, PageState, indent_of

_KRAMDOWN = (
    r"\{:{1,2}/?[ \t]*[A-Za-z.#](?>(?:[^{}\n\"']|\"[^\"\n]*\"|'[^'\n]*')*)\}"
    r"|\{:{1,2}/?[ \t]*[A-Za-z.#:][^{}\n]*\}|\{:/\}"
)
_WRITTEN = re.compile(_KRAMDOWN)
_ANY = rf"(?:{_KRAMDOWN}|\{{[ \t]*[.#][A-Za-z][^{{}}\n]*\}})"
_OWN_LINE = re.compile(rf"(?P<lead>[ \t>]*+)(?:{_ANY}[ \t]*)+$")
_ENDS_PARAGRAPH = re.compile(rf"(?<=[.!?:)\w])[ \t]*(?P<list>{_KRAMDOWN})[ \t]*$")
_AFTER = re.compile(r"""(?<=[)\]*`_"'])\{:?[ \t]*(?:[.#][A-Za-z][^{}\n]*|[a-z-]+=[^{}\n]*)\}""")
_STATED = re.compile(r"""([\w-]+)=(?:"([^"\n]*)"|'([^'\n]*)')""")
_CLASS = re.compile(r"(?<![\w=-])\.?([A-Za-z][\w-]*)(?![\w=-])")
_NO_NOTE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|>|\||(?:[-+*]|\d{1,9}[.)])[ \t])")


def lower_attributes(text: str, page: PageState) -> str:
    """Return a text without attributes; those that readers see the effect of are containers."""
    if "{" not in text:
        return text
    if "{:" in text or re.search(r"^[ \t>]*\{[ \t]*[.#]", text, re.M):
        text = "\n".join(_Blocks(text.split("\n"), page).run())
        text = _WRITTEN.sub(lambda match: _caption(match[0], match.string, match.start()), text)
    text = re.sub(rf"(?<={page.held_mark})\{{:?[ \t]*[.#][A-Za-z][^{{}}\n]*\}}", "", text)
    return _AFTER.sub("", text)


def _caption(written: str, text: str, at: int) -> str:
    """Return what is shown below the picture that attributes belong to."""
    said = dict(_stated(written)).get("caption", "") if "caption" in written else ""
    return f" {said}" if said and text[at - 1 : at] == ")" else ""


def _stated(written: str) -> list[tuple[str, str]]:
    return [(name.lower(), one or other) for name, one, other in _STATED.findall(written)]


class _Blocks:
    """One walk over the lines, for attributes of whole blocks."""

    def __init__(self, lines: list[str], page: PageState) -> None:
        self.lines = lines
        self.page = page
        self.out: list[str] = []
        self.start = 0
        """Where in `out` the block begins that is open."""

    def run(self) -> list[str]:
        number = 0
        while number < len(self.lines):
            line = self.lines[number]
            own = _OWN_LINE.match(line) if "{" in line else None
            if own is None:
                self._line(line, number)
                number += 1
                continue
            end = number + 1
            while end < len(self.lines) and _OWN_LINE.match(self.lines[end]):
                end += 1
            self._apply("\n".join(self.lines[number:end]), own["lead"])
            self.out.append(own["lead"].rstrip())
            self.start = len(self.out)
            number = end
        return self.out

    def _line(self, line: str, number: int) -> None:
        ends = _ENDS_PARAGRAPH.search(line) if "{:" in line else None
        follows = self.lines[number + 1] if number + 1 < len(self.lines) else ""
        if ends and not follows.strip() and _is_note(_classes(ends["list"])):
            self.out.append(line[: ends.start()])
            self._apply(ends["list"], LEAD.match(line)[0])  # type: ignore[index]
            return
        self.out.append(line)
        if not line.strip(" \t>"):
            self.start = len(self.out)

    def _apply(self, written: str, lead: str) -> None:
        """Say what attributes say of the block above them."""
        first = self._first(lead)
        if first >= len(self.out):
            return
        stated = dict(_stated(written))
        is_table = self.out[first].lstrip(" \t>").startswith("|")
        before, after = [], []
        if is_table and stated.get("tab-title"):
            before.append(f"{lead}{self.page.opening}tab {self.page.label(stated['tab-title'])}")
            after.append(f"{lead}{self.page.closing}")
        elif _is_note(_classes(written)) and not _NO_NOTE.match(self.out[first]):
            before.append(f"{lead}{self.page.opening}note")
            after.append(f"{lead}{self.page.closing}")
        for name in ("caption", "summary") if is_table else ():
            if stated.get(name):
                before += [lead.rstrip(), f"{lead}{stated[name]}", lead.rstrip()]
        self.out[first:first] = before
        self.out += after

    def _first(self, lead: str) -> int:
        """Return where the block begins that is open at an indentation."""
        first = len(self.out)
        while first > self.start and indent_of(self.out[first - 1]) >= indent_of(lead):
            first -= 1
        return first


def _classes(written: str) -> Iterable[str]:
    bare = _STATED.sub("", written)
    return (name.lower().removesuffix("-title") for name in _CLASS.findall(bare))


def _is_note(classes: Iterable[str]) -> bool:
    return any(name in names.NOTES for name in classes)
