"""Elements of a document to the reading form (docs/decisions/0017)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from corpus.formats.markdown_writer import fence, pipe_table, tidy
from corpus.formats.markup.elements import (
    Code,
    Container,
    Element,
    Footnote,
    Heading,
    Item,
    Items,
    Paragraph,
    Quote,
    Table,
    TableCell,
    Written,
)
from corpus.formats.markup.marked_text import bold, escape, note_label
from corpus.formats.types import Unusable

_OPENS_BLOCK = re.compile(r"#{1,6}(?=\s|$)|[>+=|~:-]|`{3}")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_DEFINES = re.compile(r"^(\[\^[^\]]+\]):")
_WIDEST = 100
"""Columns that one cell may claim to span."""
_MOST_CELLS = 2_000_000
_LONGEST_HEAD = 80
"""Code points of a cell over all columns that may head the rows below it."""


def write(elements: Iterable[Element]) -> str:
    """Return a document in the reading form."""
    text = "\n\n".join(_blocks(elements, nested=False))
    return f"{text}\n" if text else ""


def _blocks(elements: Iterable[Element], *, nested: bool) -> list[str]:
    """Return blocks of text; `nested` ones must not open sections."""
    found: list[str] = []
    before: Element | None = None
    other_mark = False
    for element in elements:
        if isinstance(element, Items):
            # Two lists in a row are one list to Markdown unless their marks differ.
            other_mark = _is_alike(element, before) and not other_mark
            blocks = _list(element, other_mark)
        else:
            blocks = _block(element, nested)
        if blocks:
            before = element
        found.extend(blocks)
    return found


def _is_alike(found: Items, before: Element | None) -> bool:
    return isinstance(before, Items) and (before.first is None) == (found.first is None)


def _block(element: Element, nested: bool) -> list[str]:
    found: list[str]
    if isinstance(element, Paragraph):
        found = _paragraph(element.text)
    elif isinstance(element, Heading):
        found = _heading(element, nested)
    elif isinstance(element, Code):
        found = fence(element.text)
    elif isinstance(element, Written):
        found = [element.text] if element.text.strip() else []
    elif isinstance(element, Table):
        found = _table(element)
    elif isinstance(element, Items):
        found = _list(element, other_mark=False)
    elif isinstance(element, Container):
        found = _container(element, nested)
    elif isinstance(element, Footnote):
        found = _footnote(element)
    else:
        found = _quote(element)
    return found


def _quote(quote: Quote) -> list[str]:
    inner = _blocks(quote.elements, nested=True)
    return [re.sub(r"^", "> ", "\n\n".join(inner), flags=re.M)] if inner else []


def _paragraph(text: str) -> list[str]:
    lines = [_line(line) for line in tidy(text).split("\n")]
    said = "\n".join(line for line in lines if line)
    return [said] if said else []


def _line(line: str) -> str:
    """Return a line whose start opens no block."""
    if _OPENS_BLOCK.match(line):
        return f"\\{line}"
    return _DEFINES.sub(r"\1\\:", _NUMBERED.sub(r"\1\\\2", line, count=1), count=1)


def _one_line(text: str) -> str:
    return tidy(text).replace("\n", " ")


def _heading(heading: Heading, nested: bool) -> list[str]:
    said = _one_line(heading.text).replace("**", "")
    if not said:
        return []
    return [bold(said) if nested else f"{'#' * min(6, max(1, heading.level))} {said}"]


def _container(container: Container, nested: bool) -> list[str]:
    inner = _blocks(container.elements, nested=nested or container.kind == "note")
    title = _one_line(container.title)
    if not inner:
        return _paragraph(title)
    return [f"::: {container.kind} {title}".rstrip(), *inner, ":::"]


def _footnote(note: Footnote) -> list[str]:
    inner = _blocks(note.elements, nested=True)
    if not inner:
        return []
    text = re.sub(r"\n(?=[^\n])", "\n    ", "\n\n".join(inner))
    return [f"[^{note_label(note.label)}]: {text}"]


def _list(found: Items, other_mark: bool) -> list[str]:
    number = found.first
    lines = []
    for item in found.items:
        blocks = _item_blocks(item)
        if not blocks:
            continue
        mark = "*" if other_mark else "-"
        if number is not None:
            mark = f"{number % 10**8}{')' if other_mark else '.'}"
            number += 1
        lines.append(_item(mark, blocks))
    return ["\n".join(lines)] if lines else []


def _item_blocks(item: Item) -> list[tuple[str, bool]]:
    """Return the blocks of an item, and whether each is a list."""
    elements, box = list(item.elements), ""
    if item.checked is not None:
        box = "[x] " if item.checked else "[ ] "
    label = _one_line(item.label).replace("**", "")
    first = ""
    if elements and isinstance(opening := elements[0], Paragraph) and (label or box):
        first = "\n".join(_paragraph(opening.text))
        del elements[0]
    if label:
        first = f"{bold(label)}: {first}" if first else f"{bold(label)}{':' if elements else ''}"
    blocks = [(f"{box}{first}", False)] if first or box else []
    for index, element in enumerate(elements):
        before = elements[index - 1] if index else None
        if isinstance(element, Items):
            # A list right behind a paragraph needs no blank line.
            tight = before is None or isinstance(before, Paragraph)
            blocks.extend((text, tight) for text in _list(element, _is_alike(element, before)))
        else:
            blocks.extend((text, False) for text in _block(element, True))
    return blocks


def _item(mark: str, blocks: Sequence[tuple[str, bool]]) -> str:
    """Return blocks as one item of a list."""
    text = blocks[0][0]
    for block, tight in islice(blocks, 1, None):
        text += ("\n" if tight else "\n\n") + block
    indent = " " * (len(mark) + 1)
    return f"{mark} " + re.sub(r"\n(?=[^\n])", f"\n{indent}", text)


def _table(table: Table) -> list[str]:
    grid = _grid(table)
    if not any(map(any, grid)):
        return []
    return [pipe_table(grid, min(table.titles, len(grid)))]


def _grid(table: Table) -> list[list[str]]:
    """Return the cells as rows of equal meaning per column.

    A cell over some columns is said of each; one over all of them, or over rows in the first
    column, is said once: the parser knows what a blank cell there means.
    """
    placed = list(_placed(table))
    width = max((column + columns for _, column, columns, _, _ in placed), default=0)
    if width * len(table.rows) > _MOST_CELLS:
        raise Unusable("has a table of too many cells", "Split the table")
    grid = [[""] * width for _ in table.rows]
    for row, column, columns, rows, cell in placed:
        said = _cell(cell)
        is_title = row < table.titles
        if columns == width > 1 and not is_title:
            grid[row][0] = _row_head(said)
            continue
        for below in range(rows):
            for beside in range(columns):
                if below == 0 or column + beside > 0 or is_title:
                    grid[row + below][column + beside] = said
    return grid


def _row_head(said: str) -> str:
    short = len(said) <= _LONGEST_HEAD and not said.endswith((".", "!", "?")) and "<br>" not in said
    return bold(said) if short and not said.startswith("**") else said


def _placed(table: Table) -> Iterator[tuple[int, int, int, int, TableCell]]:
    """Return row, first column, columns and rows of each cell."""
    taken: dict[int, int] = {}
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while taken.get(column, 0) > row:
                column += 1
            columns = max(1, min(cell.columns, _WIDEST))
            rows = max(1, min(cell.rows, len(table.rows) - row))
            yield row, column, columns, rows, cell
            for _ in range(columns):
                taken[column] = row + rows
                column += 1


def _cell(cell: TableCell) -> str:
    return "<br>".join(filter(None, _cell_lines(cell.elements)))


def _cell_lines(elements: Iterable[Element]) -> Iterator[str]:
    """Return what a cell holds as lines of it."""
    for element in elements:
        if isinstance(element, Paragraph):
            yield from tidy(element.text).split("\n")
        elif isinstance(element, Heading):
            yield bold(_one_line(element.text))
        elif isinstance(element, Code):
            yield from (escape(line.strip()) for line in element.text.splitlines())
        elif isinstance(element, Written):
            yield from (line.strip() for line in element.text.splitlines())
        elif isinstance(element, Items):
            yield from _list_lines(element)
        elif isinstance(element, Table):
            yield from (", ".join(filter(None, map(_cell, row))) for row in element.rows)
        else:
            if isinstance(element, Container):
                yield _one_line(element.title)
            yield from _cell_lines(element.elements)


def _list_lines(found: Items) -> Iterator[str]:
    for number, item in enumerate(found.items, found.first or 0):
        lines = list(filter(None, _cell_lines(item.elements)))
        if item.checked is not None:
            lines[:1] = [f"{'☒' if item.checked else '☐'} {' '.join(lines[:1])}"]
        if item.label:
            lines[:1] = [f"{bold(_one_line(item.label))}: {' '.join(lines[:1])}"]
        if lines and found.first is not None:
            lines[0] = f"{number}. {lines[0]}"
        yield from lines
