"""The rows with titles of a sheet: one row or two, once or before each of several tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ui.questionnaires.types import Row
from ui.questionnaires.understanding.allowed_values import values_in
from ui.questionnaires.understanding.grid import Grid
from ui.questionnaires.understanding.title_kinds import Kind, kind_of

_TELLING = frozenset((Kind.QUESTION, Kind.REQUIREMENT, Kind.ANSWER, Kind.COMMENT))
_ASKING = frozenset((Kind.QUESTION, Kind.REQUIREMENT))
_MOST_ROWS = 3
"""Rows that the titles of one table take."""
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Heading:
    """The titles of a table."""

    first: int
    last: int
    """Rows that they take; as the user counts."""
    kinds: Mapping[int, Kind]
    """By column, what the titles say that it holds."""
    titles: tuple[str, ...]
    """By column, all that stands above it."""

    @property
    def is_told(self) -> bool:
        """Whether the titles themselves say what asks or where answers go."""
        found = set(self.kinds.values())
        return Kind.QUESTION in found or Kind.ANSWER in found or Kind.TICK in found


def headings(grid: Grid) -> tuple[Heading, ...]:
    """Return the titles of all tables of a sheet, from top to bottom."""
    found: list[Heading] = []
    rows = list(grid.rows)
    at = 0
    while at < len(rows):
        count = _rows_of_titles(grid, rows[at : at + _MOST_ROWS])
        if count:
            heading = _heading(grid, rows[at : at + count])
            if not found or _is_another(found[0], heading):
                found.append(heading)
        at += count or 1
    return tuple(found)


def heading_at(grid: Grid, number: int) -> Heading:
    """Return the titles that a row has, whatever they say."""
    row = grid.row(number) or Row(number, ())
    above = [one for one in grid.rows if one.number < number][-1:]
    both = [*above, row]
    if above and _rows_of_titles(grid, both) == len(both):
        return _heading(grid, both)
    return _heading(grid, [row])


def _rows_of_titles(grid: Grid, rows: list[Row]) -> int:
    """Return how many of the rows are titles, none where the first is not one."""
    if not _is_heading(grid, rows[0]):
        # Titles that lie over others may tell nothing by themselves: "Response", over two columns.
        beneath = len(rows) > 1 and _is_over(grid, rows[0], rows[1])
        return 2 if beneath and _is_heading(grid, rows[1]) else 0
    count = 1
    while count < len(rows) and _goes_on(grid, rows[count - 1], rows[count]):
        count += 1
    return count


def _is_heading(grid: Grid, row: Row) -> bool:
    kinds = dict(_kinds(grid, row))
    filled = [column for column in grid.filled(row) if not grid.is_covered(row.number, column)]
    if any(len(row.cells[column]) > _LONGEST for column in filled):
        return False
    told = set(kinds.values())
    if told & _ASKING and len(filled) == 1:
        return True
    return (
        bool(told & _TELLING)
        and len(told) >= 2
        and 2 * sum(column in kinds for column in filled) >= len(filled)
    )


def _goes_on(grid: Grid, above: Row, row: Row) -> bool:
    """Tell whether a row below titles is more of them: grouped ones, or another language."""
    filled = list(grid.filled(row))
    if not filled or row.number != above.number + 1:
        return False
    kinds = dict(_kinds(grid, row))
    if not all(column in kinds for column in filled):
        return False
    before = dict(_kinds(grid, above))
    grouped = any(
        grid.span(above.number, column).right > column or before.get(column) is None
        for column in filled
    )
    same = all(before.get(column) in (None, kinds[column]) for column in filled)
    return grouped or (same and _is_heading(grid, row))


def _is_over(grid: Grid, row: Row, below: Row) -> bool:
    wide = any(
        (area := grid.span(row.number, column)).right > area.left and area.bottom == area.top
        for column in grid.filled(row)
    )
    return (
        wide
        and below.number == row.number + 1
        and any(_kind(grid, row, column) in _TELLING for column in grid.filled(row))
    )


def _kinds(grid: Grid, row: Row) -> Iterator[tuple[int, Kind]]:
    """Yield the kinds of the titles of a row; "No" is a number unless it is one of several."""
    found = {column: _kind(grid, row, column) for column in grid.filled(row)}
    ticks = sum(kind is Kind.TICK for kind in found.values())
    for column, kind in found.items():
        if kind is Kind.TICK and ticks < 2:
            if row.cells[column].strip(" .").casefold() == "no":
                yield column, Kind.ID
        elif kind is not None:
            yield column, kind


def _kind(grid: Grid, row: Row, column: int) -> Kind | None:
    return kind_of(grid.text(row.number, column))


def _heading(grid: Grid, rows: list[Row]) -> Heading:
    kinds: dict[int, Kind] = {}
    titles: dict[int, list[str]] = {}
    for row in rows:
        own = dict(_kinds(grid, row))
        for column in range(grid.width):
            text = grid.seen(row.number, column)
            if text and text not in titles.setdefault(column, []):
                titles[column].append(text)
            if (kind := own.get(column)) is not None:
                kinds[column] = _closer(kinds.get(column), kind)
    told = tuple(" / ".join(titles.get(column, ())) for column in range(grid.width))
    for column, title in enumerate(told):
        # Brackets in one row and the word in another.
        if kinds.get(column) is Kind.TICK and values_in(title):
            kinds[column] = Kind.ANSWER
    return Heading(rows[0].number, rows[-1].number, kinds, told)


def _closer(above: Kind | None, below: Kind) -> Kind:
    """Return what two titles say together: the lower one, but that an answer is meant stays."""
    return above if above is Kind.QUESTION and below is Kind.ID else below


def _is_another(first: Heading, heading: Heading) -> bool:
    """Tell whether titles further down begin a table: whole ones, or those of the first again."""
    told = set(heading.kinds.values())
    if told & _ASKING and (len(told) >= 3 or Kind.ANSWER in told):
        return True
    again = [
        column for column, kind in heading.kinds.items()
        if kind in _TELLING and first.kinds.get(column) is kind
    ]  # fmt: skip
    return len(again) >= 2 or (len(again) == 1 and len(heading.kinds) <= 2 <= len(told))
