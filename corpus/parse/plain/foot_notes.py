"""Footnotes of plain text, tied to what bears their marks; marks stay in the text as written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.parse.clean_text import Mark
from corpus.parse.notes import tied, with_marks
from corpus.parse.plain.line_marks import note_mark
from corpus.parse.plain.plain_lines import Line
from corpus.parse.structure import Structure
from corpus.types import Span

_MARK = re.compile(
    r"\[\d{1,3}\]|(?<=[^\s*])\*{1,3}(?=[\s.,;:)|]|$)|(?<=\S)[†‡]|(?<=\S)[¹²³⁴⁵⁶⁷⁸⁹]+"
)


class Notes:
    """Lines that are footnotes: they begin with a mark that stands in the text before them."""

    def __init__(self, text: str, paragraphs: Sequence[Sequence[Line]]) -> None:
        self._text = text
        self._marks: dict[str, list[int]] = defaultdict(list)
        for match in _MARK.finditer(text):
            self._marks[match[0]].append(match.start())
        self._begun = dict(self._found(paragraphs)) if self._marks else {}
        self._notes: dict[str, list[Span]] = defaultdict(list)

    def _found(self, paragraphs: Sequence[Sequence[Line]]) -> Iterator[tuple[int, tuple[str, int]]]:
        stars = [line.start for lines in paragraphs for line in lines if line.text[:2] == "* "]
        for lines in paragraphs:
            for line in lines:
                mark = note_mark(line.text)
                if mark is None or not self._stands_before(mark[0], line.start):
                    continue
                if mark[0] != "*" or len(stars) == 1 or line.text[1] != " ":
                    yield line.start, mark

    def _stands_before(self, mark: str, offset: int) -> bool:
        places = self._marks.get(mark)
        return places is not None and places[0] < offset

    def begins(self, line: Line) -> int:
        """Return how long the mark of the note is that a line begins with, 0 where it is none."""
        found = self._begun.get(line.start)
        return found[1] if found else 0

    def add(self, line: Line, span: Span) -> None:
        """Keep where the note of a line stands."""
        self._notes[self._begun[line.start][0]].append(span)

    def marked(self, structure: Structure) -> Structure:
        """Return a structure whose blocks have the marks that concern them."""
        marks = sorted(
            Mark(at, ("", mark))
            for mark in self._notes
            for at in self._marks[mark]
            if at not in self._begun
        )
        notes = {("", mark): spans for mark, spans in self._notes.items()}
        blocks = with_marks(structure.blocks, structure.sections, tied(marks, notes))
        return replace(structure, blocks=blocks)
