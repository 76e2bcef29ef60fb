"""Tables of plain text that no parser marks: columns set apart by spaces, or a line a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.parse.structure import line_spans
from corpus.types import Block, BlockKind, Cell, Document, Span, trim

_GAP = re.compile(r"\s{2,}")
_SENTENCE_END = re.compile(r"[.!?:]$")
_FEWEST_ROWS = 2
_TITLE_WORDS = 5


def plain_tables(document: Document) -> dict[int, tuple[Block, ...]]:
    """Return the rows that paragraphs hold, by number of block; a line of titles has none."""
    found: dict[int, tuple[Block, ...]] = {}
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.PARAGRAPH:
            rows = tuple(_aligned(document.text, block))
            if rows:
                found[number] = rows
    for run in _runs(document):
        found.update(_stacked(document, run))
    return found


def _lines(text: str, block: Block) -> list[Span]:
    start = block.span.start
    lines = [Span(start + line.start, start + line.end) for line in line_spans(block.span.of(text))]
    return [line for line in (trim(text, line) for line in lines) if line.start < line.end]


def _aligned(text: str, block: Block) -> Iterator[Block]:
    """Read lines whose columns begin where the titles of the first line begin."""
    lines = _lines(text, block)
    cells = [_split(text, line) for line in lines]
    if len(lines) <= _FEWEST_ROWS or any(len(row) < 2 for row in cells):
        return
    margins = [text.rfind("\n", 0, line.start) for line in lines]
    titles = [(span.start - margins[0], span.of(text)) for span in cells[0]]
    for line, row, margin in zip(lines[1:], cells[1:], margins[1:], strict=True):
        yield Block(
            BlockKind.ROW, line, block.section, titles=lines[0],
            cells=tuple(Cell(_nearest(span.start - margin, titles), span) for span in row),
        )  # fmt: skip


def _split(text: str, line: Span) -> list[Span]:
    spans, start = [], line.start
    for gap in _GAP.finditer(text, line.start, line.end):
        spans.append(Span(start, gap.start()))
        start = gap.end()
    return [*spans, Span(start, line.end)]


def _nearest(column: int, titles: Sequence[tuple[int, str]]) -> str:
    return min(titles, key=lambda title: abs(title[0] - column))[1]


def _runs(document: Document) -> Iterator[list[int]]:
    """Return runs of paragraphs of one section that have equally many lines, two or more."""
    counted = [
        (number, block.section, len(_lines(document.text, block)))
        for number, block in enumerate(document.blocks)
        if block.kind is BlockKind.PARAGRAPH
    ]
    for (_, lines), run in groupby(counted, key=lambda row: row[1:]):
        numbers = [row[0] for row in run]
        if lines > 1 and len(numbers) > _FEWEST_ROWS:
            yield numbers


def _stacked(document: Document, run: Sequence[int]) -> Iterator[tuple[int, tuple[Block, ...]]]:
    """Read paragraphs of a line a cell, of which the first names the columns."""
    text = document.text
    titles = [line.of(text) for line in _lines(text, document.blocks[run[0]])]
    if any(_SENTENCE_END.search(title) or len(title.split()) > _TITLE_WORDS for title in titles):
        return
    yield run[0], ()
    for number in run[1:]:
        block = document.blocks[number]
        cells = tuple(
            Cell(title, span) for title, span in zip(titles, _lines(text, block), strict=True)
        )
        row = Block(
            BlockKind.ROW, block.span, block.section, cells=cells,
            titles=document.blocks[run[0]].span,
        )  # fmt: skip
        yield number, (row,)
