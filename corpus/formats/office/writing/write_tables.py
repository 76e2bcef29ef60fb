"""Tables of an office document to the reading form: equal grids with titles and sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.formats.markdown_writer import at_start, pipe_table
from corpus.formats.marked_text import bold
from corpus.formats.office.writing.office_blocks import (
    Block,
    Item,
    Paragraph,
    Table,
    TableCell,
    TableRow,
)
from corpus.formats.office.writing.reading_text import Piece, all_bold, said_lines, unmarked

WIDEST = 100
"""Columns that a row may have."""
_LONGEST_TITLE = 120
_STOPS = tuple(".,;:!?")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as texts of equal number."""

    cells: list[str]
    whole: bool
    """Whether one cell lies in all columns."""
    titles: bool


def is_arranging(table: Table) -> bool:
    """Tell a table that only arranges the page: of one column, or with titles in its cells."""
    rows = [row for row in table.rows if row.cells]
    width = max((sum(cell.columns for cell in row.cells) for row in rows), default=0)
    if width < 2 or all(len(row.cells) == 1 for row in rows):
        return True
    blocks = [block for row in rows for cell in row.cells for block in cell.blocks]
    nested = any(isinstance(block, Table) for block in blocks)
    headed = any(isinstance(block, Paragraph) and block.heading for block in blocks)
    return (nested or headed) and (len(rows) < 2 or _is_prose(rows))


def _is_prose(rows: list[TableRow]) -> bool:
    """Tell whether most of what is said stands in cells of many blocks."""
    cells = [cell for row in rows for cell in row.cells if cell.blocks]
    return sum(len(cell.blocks) > 2 for cell in cells) * 2 > len(cells)


def labelled_values(table: Table) -> list[Paragraph]:
    """Return the items of a table of two columns whose first is all labels, none for others.

    Its first row says as much as the others, so it must not become the titles.
    """
    rows = [row for row in table.rows if any(cell.blocks for cell in row.cells)]
    if len(rows) < 2 or any(row.titles or len(row.cells) != 2 for row in rows):
        return []
    if any(cell.below or cell.columns > 1 for row in rows for cell in row.cells):
        return []
    pairs = [(_pieces(row.cells[0]), _pieces(row.cells[1])) for row in rows]
    if not all(all_bold(label) for label, _ in pairs) or all_bold(pairs[0][1]):
        return []
    return [
        Paragraph(
            (*_labelled(label), *(value or (Piece("–"),))), item=Item("bullet", list="labels")
        )
        for label, value in pairs
    ]


def _labelled(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    said = [piece for piece in pieces if piece.text.strip()]
    for number, piece in enumerate(said):
        last = number == len(said) - 1
        yield replace(piece, text=piece.text.rstrip().rstrip(":")) if last else piece
    yield Piece(": ")


def _pieces(cell: TableCell) -> tuple[Piece, ...]:
    """Return what a cell holds as the pieces of one line."""
    found: list[Piece] = []
    for block in cell.blocks:
        inner = block.pieces if isinstance(block, Paragraph) else _flat(block)
        if not any(piece.text.strip() for piece in inner):
            continue
        if found:
            stopped = found[-1].text.rstrip().endswith(_STOPS)
            found.append(Piece(" " if stopped else ", "))
        found.extend(inner)
    return tuple(found)


def _flat(table: Table) -> tuple[Piece, ...]:
    """Return a table within a cell as pieces: its rows one after the other."""
    found: list[Piece] = []
    for row in table.rows:
        if found:
            found.append(Piece("; "))
        for number, cell in enumerate(row.cells):
            found.extend((Piece(" "), *_pieces(cell)) if number else _pieces(cell))
    return tuple(found)


def table_lines(table: Table) -> Iterator[str]:
    """Return a table in the reading form, with what stands above or below it over all columns."""
    lines = _grid(table)
    while len(lines) > 1 and lines[0].whole and (lines[1].titles or not lines[0].titles):
        yield _beside(lines.pop(0))
    below: list[str] = []
    while len(lines) > 1 and lines[-1].whole:
        below.insert(0, _beside(lines.pop()))
    if lines:
        yield _pipes(lines, _titles(table, lines))
    yield from below


def _beside(row: _Line) -> str:
    """Return a row over all columns as a paragraph."""
    return "\n".join(map(at_start, row.cells[0].split("<br>")))


def _titles(table: Table, lines: list[_Line]) -> int:
    """Return how many rows name the columns: those that say so, else the first."""
    named = 0
    while named < len(lines) and lines[named].titles:
        named += 1
    if named:
        return min(named, max(1, len(lines) - 1))
    if len(lines) < 2:
        return 0
    rows = [row for row in table.rows if len(row.cells) > 1][:2]
    # A title over several columns has their own titles below it.
    spread = any(cell.columns > 1 for cell in rows[0].cells) if rows else False
    under = any(cell.below for row in rows[1:] for cell in row.cells)
    return 2 if spread and under and len(lines) > 2 else 1


def _is_section(row: _Line) -> bool:
    said = row.cells[0]
    return len(said) <= _LONGEST_TITLE and not said.endswith(".")


def _grid(table: Table) -> list[_Line]:
    width = min(WIDEST, max(sum(cell.columns for cell in row.cells) for row in table.rows))
    above = [""] * width
    found: list[_Line] = []
    for row in table.rows:
        shown: list[str] = []
        full: list[str] = []
        for cell in row.cells:
            column = len(full)
            if column >= width:
                break
            said = above[column] if cell.below else _cell(cell, row.titles)
            span = min(cell.columns, width - column)
            full.extend([said] * span)
            # The parser takes a blank first cell for the one above.
            first = "" if cell.below and column == 0 and not row.titles else said
            shown.extend([first, *[said] * (span - 1)])
        whole = len(row.cells) == 1 and len(full) == width and not row.cells[0].below
        missing = [""] * (width - len(full))
        above = full + missing
        if any(shown):
            cells = [shown[0], *[""] * (width - 1)] if whole else shown + missing
            found.append(_Line(cells, whole, row.titles))
    return found


def _cell(cell: TableCell, titles: bool) -> str:
    """Return what a cell holds, with `<br>` where it goes on in another line."""
    lines: list[str] = []
    for block in cell.blocks:
        lines.extend(_cell_lines(block, titles))
    return "<br>".join(filter(None, lines))


def _cell_lines(block: Block, titles: bool) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            said = (_cell(cell, titles).replace("<br>", " ") for cell in row.cells)
            yield ", ".join(filter(None, said))
        return
    pieces = tuple(unmarked(block.pieces)) if titles else block.pieces
    text = "<br>".join(said_lines(pieces))
    label = block.item.label if block.item and block.item.mark != "number" else ""
    label = "" if label == "☐" else label
    yield f"{label} {text}" if label and text else text


def _pipes(lines: list[_Line], titles: int) -> str:
    head = [[title.replace("**", "") for title in one.cells] for one in lines[:titles]]
    return pipe_table([*head, *map(_row, lines[titles:])], titles)


def _row(row: _Line) -> list[str]:
    """Return the cells of a row; one that heads those below it is bold."""
    if not row.whole or not _is_section(row):
        return row.cells
    return [bold(row.cells[0].replace("**", "")), *row.cells[1:]]
