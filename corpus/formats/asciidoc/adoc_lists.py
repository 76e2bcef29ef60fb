"""Lists of AsciiDoc: members by their marks, and what is attached to them."""

from __future__ import annotations

import re
from typing import Protocol

from corpus.formats.asciidoc.adoc_lines import DELIMITERS, Lines, Marker, find_marker, is_comment
from corpus.formats.asciidoc.adoc_meta import LINE, Meta
from corpus.formats.asciidoc.adoc_source import CLOSES, OPENS
from corpus.formats.markup.elements import Code, Container, Element, Item, Items, Paragraph

_BOX = re.compile(r"\[(?P<tick>[ xX*])\]\s+(?=\S)")
_HEADING = re.compile(r"={1,6}\s+\S")


class Blocks(Protocol):
    """What reads the blocks that are attached to members of a list."""

    def attached(self, lines: Lines) -> list[Element]:
        """Read the next block."""

    def blocks(self, lines: list[str]) -> tuple[Element, ...]:
        """Read all blocks of some lines."""

    def said(self, text: str, meta: Meta | None = None) -> str:
        """Read the text of a paragraph."""


class ListReader:
    """Reads one list with all that is within it."""

    def __init__(self, blocks: Blocks, lines: Lines) -> None:
        self._blocks = blocks
        self._lines = lines

    def read(self, marker: Marker, above: tuple[str, ...] = (), start: str = "") -> Items:
        """Return the list whose first member is the next line; `above` are marks around it."""
        marks = (*above, marker.mark)
        items: list[Item] = []
        found: Marker | None = marker
        while found is not None and found.mark == marker.mark:
            self._lines.take()
            items.append(self._item(found, marks))
            before = self._lines.place
            self._lines.skip_blank()
            found = find_marker(self._lines.line)
            if found is None or found.mark != marker.mark:
                self._lines.place = before
        first = None
        if marker.kind in ("number", "callout"):
            first = int(start) if start.isdecimal() and len(start) < 9 else marker.number
        return Items(tuple(_joined(items)), first)

    def _item(self, marker: Marker, marks: tuple[str, ...]) -> Item:
        text, checked = marker.text, None
        if marker.kind == "bullet" and (box := _BOX.match(text)):
            text, checked = text[box.end() :], box["tick"] != " "
        if marker.kind == "term" and not text:
            self._skip_to_text()
        said = "\n".join(filter(None, [text, *self._text()]))
        elements: list[Element] = [Paragraph(self._blocks.said(said))] if said else []
        while found := self._attached(marks):
            elements.extend(found)
        return Item(tuple(elements), self._blocks.said(marker.term), checked)

    def _skip_to_text(self) -> None:
        """Go on to what a term explains, which may stand below blank lines."""
        before = self._lines.place
        self._lines.skip_blank()
        line = self._lines.line
        if line is None or self._ends_text(line) or _HEADING.match(line) or find_marker(line):
            self._lines.place = before

    def _text(self) -> list[str]:
        found = []
        while (line := self._lines.line) is not None and line.strip():
            if is_comment(line):
                self._lines.take()
                continue
            if self._ends_text(line) or find_marker(line):
                break
            found.append(self._lines.take().strip())
        return found

    def _ends_text(self, line: str) -> bool:
        return (
            line == "+"
            or line.startswith((OPENS, CLOSES))
            or DELIMITERS.fullmatch(line) is not None
            or LINE.fullmatch(line) is not None
        )

    def _attached(self, marks: tuple[str, ...]) -> list[Element]:
        """Return the next that belongs to the open item; nothing where the item ends."""
        before = self._lines.place
        blank = self._lines.skip_blank()
        line = self._lines.line
        if line == "+":
            if blank and len(marks) > 1:
                # Each blank line before it goes up by one item.
                self._lines.place = before + 1
                return []
            self._lines.take()
            return self._blocks.attached(self._lines) or self._attached(marks)
        marker = find_marker(line)
        if marker is not None and marker.mark not in marks and marker.kind != "callout":
            return [self.read(marker, marks)]
        if line is not None and not marker:
            found = self._unmarked(line, blank, marks)
            if found:
                return found
        self._lines.place = before
        return []

    def _unmarked(self, line: str, blank: int, marks: tuple[str, ...]) -> list[Element]:
        if blank and line[0] in " \t" and line.strip():
            return [Code("\n".join(self._text_as_it_is()))]
        if not blank and line.startswith(OPENS):
            return self._under_condition(line, marks)
        following = find_marker(self._lines.ahead())
        if LINE.fullmatch(line) and not blank and following and following.mark not in marks:
            meta = Meta()
            meta.read(self._lines.take())
            return [self.read(following, marks, meta.named.get("start", ""))]
        return []

    def _text_as_it_is(self) -> list[str]:
        found = []
        while (line := self._lines.line) is not None and line.strip() and line != "+":
            found.append(self._lines.take())
        return found

    def _under_condition(self, line: str, marks: tuple[str, ...]) -> list[Element]:
        """Return what is attached under a condition; not where it holds for whole members."""
        marker = find_marker(self._lines.ahead())
        if marker is not None and marker.mark in marks:
            return []
        inside = self._lines.region()
        if inside[:1] == ["+"]:
            del inside[0]
        return [Container("zone", line[len(OPENS) :], self._blocks.blocks(inside))]


def _joined(items: list[Item]) -> list[Item]:
    """Return items, where terms that share an explanation are one."""
    found: list[Item] = []
    waiting: list[str] = []
    for item in items:
        if item.label and not item.elements and item is not items[-1]:
            waiting.append(item.label)
            continue
        label = ", ".join((*waiting, item.label)) if waiting else item.label
        found.append(Item(item.elements, label, item.checked))
        waiting = []
    return found
