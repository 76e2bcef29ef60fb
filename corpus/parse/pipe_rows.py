"""Rows of a table between pipes to blocks: titles, cells, and what heads the rows below it."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.language.sentences import readable
from corpus.parse.clean_text import Clean
from corpus.parse.structure import LONGEST_SAID, Outline
from corpus.types import BlockKind, Cell, Span, trim

_PIPE = re.compile(r"(?<!\\)\|")
_BOLD = re.compile(r"\*\*[^*]+\*\*|__[^_]+__")


class PipeRows:
    """Adds tables of a source to an outline of its clean text."""

    def __init__(self, source: str, cleaned: Clean, outline: Outline) -> None:
        self.source = source
        self.clean = cleaned
        self.text = cleaned.text
        self.outline = outline

    def add(self, rows: list[Span]) -> None:
        """Add the rows of a table, by their lines in the source; the first holds the titles."""
        lead_in, group = self.outline.lead_in(), self.outline.new_group()
        titles = self.clean.span(rows[0])
        headers = [
            readable(self.clean.span(span).of(self.text))[:LONGEST_SAID]
            for span in _cell_spans(self.source, rows[0])
        ]
        spans = [_cell_spans(self.source, row) for row in rows[1:]]
        heads = _heading_rows(self.source, spans, len(headers))
        above: list[Cell] = []
        depth = len(self.outline.under)
        for number, (row, cells) in enumerate(zip(rows[1:], spans, strict=True)):
            if number in heads:
                self.outline.under[depth:] = [self.clean.span(heads[number])]
                above = []
                continue
            clean_cells = [trim(self.text, self.clean.span(cell)) for cell in cells]
            above = self._row(
                self.clean.span(row), headers, clean_cells, above, lead_in, group, titles
            )
        del self.outline.under[depth:]

    def _row(
        self, line: Span, headers: list[str], spans: list[Span], above: list[Cell],
        lead_in: Span | None, group: int, titles: Span | None,
    ) -> list[Cell]:  # fmt: skip
        """Add one row; a blank first cell takes the value of the row above."""
        if all(span.start == span.end for span in spans):
            return above
        cells = []
        end = trim(self.text, line).end
        for column, header in enumerate(headers):
            span = spans[column] if column < len(spans) else Span(end, end)
            if span.start == span.end and column == 0 and above:
                cells.append(Cell(header, above[0].span, continued=True))
            else:
                cells.append(Cell(header, span))
        self.outline.add(
            BlockKind.ROW, line, cells=tuple(cells), titles=titles, lead_in=lead_in, group=group
        )
        return cells


def _heading_rows(source: str, rows: list[list[Span]], width: int) -> dict[int, Span]:
    """Return the rows that head those below them, by number, with what they say.

    Such a row fills its first cell alone, and is bold or one of several that stand apart.
    """
    alone = [
        number
        for number, cells in enumerate(rows[:-1])
        if width > 1 and cells and cells[0].start < cells[0].end
        and all(cell.start == cell.end for cell in cells[1:])
    ]  # fmt: skip
    bold = [number for number in alone if _BOLD.fullmatch(rows[number][0].of(source))]
    apart = [number for number in alone if number + 1 not in alone]
    several = apart if len(apart) == len(alone) > 1 else []
    return {number: rows[number][0] for number in {*bold, *several}}


def _cell_spans(text: str, line: Span) -> list[Span]:
    """Return the trimmed spans of the cells between the pipes of a table line."""
    covered = trim(text, line)
    cuts = [covered.start + match.start() for match in _PIPE.finditer(covered.of(text))]
    edges = [covered.start - 1, *cuts, covered.end]
    cells = [Span(left + 1, right) for left, right in pairwise(edges)]
    if cells and covered.of(text).startswith("|"):
        cells = cells[1:]
    if cells and covered.of(text).endswith("|"):
        cells = cells[:-1]
    return [trim(text, cell) for cell in cells]
