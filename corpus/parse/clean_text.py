"""A text without the mark-up of its lines, and what was found in it on the way."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from corpus.types import Span

Key = tuple[str, str]
"""Sort of a mark (`[`, `^` or `*`) and what it shows; equal for a mark and its note."""


class Edit(NamedTuple):
    """A part of the source and what stands for it in the clean text."""

    span: Span
    text: str


class Mark(NamedTuple):
    """A mark in the source, and what it shows."""

    at: int
    key: Key


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines of the source whose mark-up is to be read, and where their words begin."""

    span: Span
    start: int
    """After the marks of lists and quotes."""
    cells: bool = False
    """Whether it is a row of a table, where a line break is a comma."""
    hides: Span | None = None
    """A part of it that is no text."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A text without the mark-up of its lines."""

    text: str
    marks: tuple[Mark, ...]
    """Marks that have a note, at offsets of the source."""
    notes: Mapping[int, Key]
    """Notes that begin with their mark, by where their words begin in the source."""
    left_out: tuple[tuple[str, str], ...]
    """What it is, and an example."""
    _starts: tuple[int, ...] = ()
    _ends: tuple[int, ...] = ()
    _shifts: tuple[int, ...] = ()

    def at(self, offset: int) -> int:
        """Return where an offset of the source lies in the clean text."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return offset
        if offset < self._ends[number]:
            offset = self._starts[number]
            return offset + (self._shifts[number - 1] if number else 0)
        return offset + self._shifts[number]

    def span(self, span: Span) -> Span:
        """Return the span of the clean text for one of the source."""
        start = self.at(span.start)
        return Span(start, max(start, self.at(span.end)))
