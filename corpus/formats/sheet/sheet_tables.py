"""The cells of a sheet to blocks of Markdown: where its tables are, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.formats.markdown_writer import at_start, definition, escaped, pipe_table, tidy
from corpus.formats.marked_text import bold, struck
from corpus.formats.types import Unusable

MOST_ROWS = 50_000
MOST_COLUMNS = 100

_LONGEST_TITLE = 60
_LONGEST_LABEL = 40
_VALUE = re.compile(
    r"[\W\d]+$|\d[\d.,:/ -]*\S{0,4}$|https?://|www\.|\S+@\S+\.\S+$|(?:true|false|yes|no|n/a|x)$",
    re.I,
)
"""What stands below titles and is none: numbers, dates, addresses, ticks."""
_CLAUSE = re.compile(r"[.!?;]$")


@dataclass(frozen=True, slots=True)
class Shown:
    """What one cell shows."""

    text: str = ""
    struck: bool = False
    """Whether a line goes through all of it."""
    bold: bool = False
    note: str = ""
    """The comment that is tied to it."""
    covered: bool = False
    """Whether it is a further cell of joined ones, and repeats the first."""
    marked_up: bool = False
    """Whether `text` is of the reading form already."""

    def literal(self) -> str:
        """Return its text in the reading form, on one line."""
        parts = [part.strip() for part in self.text.splitlines()]
        said = "<br>".join(p if self.marked_up else escaped(p) for p in parts if p)
        return struck(said) if self.struck else said


Row = list[Shown]


def too_large(what: str) -> Unusable:
    """Return the refusal of a file with more rows or columns than are read."""
    return Unusable(
        f"has more than {what}",
        f"Divide it: at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns are read",
    )


class SheetWriter:
    """Writes sheets as blocks; notes of cells are numbered through all of them."""

    def __init__(self) -> None:
        self.notes = 0

    def blocks(self, rows: Iterable[Row]) -> list[str]:
        """Return paragraphs and tables of one sheet."""
        found: list[str] = []
        table = _Table(())
        for group in _groups(rows):
            lead, body, rest = _divided(group)
            if body and table.rows and not lead and table.continues(body):
                table.rows.extend(body)
            elif body:
                found.extend(self._written(table))
                found.extend(self._prose(lead))
                table = _Table(_columns(body), body)
            else:
                found.extend(self._written(table))
                table = _Table(())
                found.extend(self._prose(lead))
            if rest:
                found.extend(self._written(table))
                table = _Table(())
                found.extend(self._prose(rest))
        return [*found, *self._written(table)]

    def _prose(self, rows: list[Row]) -> Iterator[str]:
        """Return rows that are of no table: a paragraph each, a label and what it is as such."""
        notes: list[str] = []
        for row in rows:
            cells = [self._cell(cell, notes) for cell in row if cell.text and not cell.covered]
            if len(cells) == 2 and len(cells[0]) <= _LONGEST_LABEL:
                yield f"{_colon(cells[0])} {cells[1].replace('<br>', ' ')}"
            elif cells:
                lines = " ".join(cells).split("<br>")
                yield "\n".join(map(at_start, lines))
        yield from notes

    def _written(self, table: _Table) -> Iterator[str]:
        if not table.rows:
            return
        notes: list[str] = []
        titles = table.titles()
        lines: list[list[str]] = []
        for number, row in enumerate(table.rows):
            cells = [_at(row, column) for column in table.columns]
            said = [self._table_cell(cells, at, notes, number < titles) for at in range(len(cells))]
            if number >= titles and _heads(cells) and number + 1 < len(table.rows):
                said = [bold(said[0]), *[""] * (len(said) - 1)]
            lines.append(said)
        yield pipe_table(lines, titles)
        yield from notes

    def _table_cell(self, cells: Row, at: int, notes: list[str], title: bool) -> str:
        cell = cells[at]
        if cell.covered and at == 0 and not title:
            # The parser takes a blank first cell for the one above.
            return ""
        return self._cell(cell, notes)

    def _cell(self, cell: Shown, notes: list[str]) -> str:
        if not cell.note or cell.covered:
            return cell.literal()
        self.notes += 1
        notes.append(definition(str(self.notes), at_start(escaped(tidy(cell.note)))))
        return f"{cell.literal()}[^{self.notes}]"


class _Table:
    """Rows of one table, titles first, and the columns that it fills."""

    def __init__(self, columns: tuple[int, ...], rows: list[Row] | None = None) -> None:
        self.columns = columns
        self.rows = rows or []

    def continues(self, body: list[Row]) -> bool:
        """Tell whether rows below a blank one are of this table and have no titles of their own."""
        return set(_columns(body)) <= set(self.columns) and not _stands_out(body)

    def titles(self) -> int:
        """Return how many of the first rows are titles of columns."""
        first = [_at(self.rows[0], column) for column in self.columns]
        if len(self.rows) < 2 or not _is_titles(first):
            return 0
        second = [_at(self.rows[1], column) for column in self.columns]
        joined = any(cell.covered for cell in first)
        return 2 if joined and len(self.rows) > 2 and _is_titles(second) else 1


def _at(row: Row, column: int) -> Shown:
    return row[column] if column < len(row) else Shown()


def _filled(row: Row) -> int:
    return sum(bool(cell.text) and not cell.covered for cell in row)


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Return the rows between blank ones."""
    group: list[Row] = []
    for row in rows:
        if any(cell.text for cell in row):
            group.append(row)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _divided(group: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Return what stands above the table of a group, the table, and what stands below it."""
    widest = max(map(_filled, group))
    wide = [
        number
        for number, row in enumerate(group)
        if (count := _filled(row)) > 1 and count * 2 >= widest
    ]
    if widest < 2 or (widest == 2 and len(group) < 2):
        return group, [], []
    first = wide[0]
    if widest > 2:
        # A label and its value above a table are not its titles.
        first = next((n for n in wide if _filled(group[n]) > 2), first)
        first = next((n for n in wide if n <= first and _is_titles_of(group, n, widest)), first)
    last = wide[-1]
    if widest == 2 and not _is_titles([cell for cell in group[first] if cell.text]):
        # Labels and their values, one below the other.
        labels = all(_filled(row) < 3 for row in group) and len(group) < 8
        if labels:
            return group, [], []
    below = group[last + 1 :]
    kept = [row for row in below if not _is_remark(row)]
    if kept:
        return group[:first], group[first:], []
    return group[:first], group[first : last + 1], below


def _is_titles_of(group: list[Row], number: int, widest: int) -> bool:
    filled = [cell for cell in group[number] if cell.text]
    return _filled(group[number]) * 3 >= widest * 2 and _is_titles(filled)


def _is_remark(row: Row) -> bool:
    """Tell whether a row below a table says something about it, and is none of its rows."""
    said = [cell.text for cell in row if cell.text and not cell.covered]
    return len(said) == 1 and (len(said[0]) > _LONGEST_LABEL or bool(_CLAUSE.search(said[0])))


def _is_titles(cells: Row) -> bool:
    """Tell whether cells look like titles of columns: short, apart from each other, no values."""
    said = [cell.text.strip() for cell in cells if cell.text.strip()]
    free = [cell.text.strip().lower() for cell in cells if cell.text.strip() and not cell.covered]
    return (
        len(said) > 1
        and len(said) * 2 > len(cells)
        and len(set(free)) == len(free)
        and not any(len(text) > _LONGEST_TITLE or _is_value(text) for text in said)
    )


def _is_value(text: str) -> bool:
    return text != "#" and (bool(_VALUE.match(text)) or text.endswith("."))


def _stands_out(body: list[Row]) -> bool:
    """Tell whether the first of several rows is set or worded as titles of the others."""
    first, below = [cell for cell in body[0] if cell.text], body[1:]
    if not below or not _is_titles(first):
        return False
    if all(cell.bold for cell in first):
        return not all(cell.bold for row in below for cell in row if cell.text)
    for column, cell in enumerate(body[0]):
        under = [_at(row, column).text for row in below if _at(row, column).text]
        if cell.text and under and all(_is_value(text) for text in under):
            return True
    return False


def _heads(cells: Row) -> bool:
    """Tell whether a row has nothing but a few words at its start, which head those below."""
    return (
        bool(cells[0].text)
        and not cells[0].covered
        and len(cells) > 1
        and len(cells[0].text) <= _LONGEST_TITLE
        and all(cell.covered or not cell.text for cell in cells[1:])
    )


def _columns(rows: list[Row]) -> tuple[int, ...]:
    filled = {number for row in rows for number, cell in enumerate(row) if cell.text}
    return tuple(sorted(filled))


def _colon(label: str) -> str:
    return label if label.endswith((":", "?", ".")) else f"{label}:"
