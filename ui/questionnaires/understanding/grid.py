"""A sheet looked at by row and column, with what merged cells say in all of their places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from ui.questionnaires.types import Area, Choice, Row, Sheet

_MOST_SPREAD = 200_000
"""Places that merged cells are read in; a file that merges more is read without the rest."""
_WIDEST = 512


class Grid:
    """A sheet by row (from 1) and column (from 0)."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = sheet.rows
        self.width = sheet.width
        self._numbers = [row.number for row in sheet.rows]
        self._by_number = {row.number: row for row in sheet.rows}
        self._areas = self._spread(sheet.merged)

    def row(self, number: int) -> Row | None:
        """Return a row that has content."""
        return self._by_number.get(number)

    def text(self, row: int, column: int | None) -> str:
        """Return what stands in a cell itself, without space around it."""
        found = self._by_number.get(row)
        if found is None or column is None or not 0 <= column < len(found.cells):
            return ""
        return found.cells[column].strip()

    def seen(self, row: int, column: int | None) -> str:
        """Return what a reader sees there: of merged cells, what stands in the first of them."""
        if column is None:
            return ""
        area = self.span(row, column)
        return self.text(area.top, area.left)

    def is_covered(self, row: int, column: int) -> bool:
        """Tell whether a cell lies under another one that it is merged with."""
        area = self.span(row, column)
        return (area.top, area.left) != (row, column)

    def span(self, row: int, column: int) -> Area:
        """Return the cells that a cell is merged with, itself at least."""
        return self._areas.get((row, column)) or Area(row, column, row, column)

    def is_computed(self, row: int, column: int) -> bool:
        """Tell whether a cell holds a formula."""
        return (row, column) in self.sheet.computed

    def choices(self, row: int, column: int) -> Choice | None:
        """Return the drop-down list of a cell."""
        for one in self.sheet.choices:
            if one.area.holds(row, column):
                return one
        return None

    def filled(self, row: Row) -> Iterator[int]:
        """Yield the columns of a row that have content."""
        return (column for column, cell in enumerate(row.cells) if cell.strip())

    def between(self, after: int, before: int | None) -> tuple[Row, ...]:
        """Return the rows after one and before another, or to the end."""
        last = len(self.rows) if before is None else bisect_left(self._numbers, before)
        return self.rows[bisect_right(self._numbers, after) : last]

    def _spread(self, merged: tuple[Area, ...]) -> dict[tuple[int, int], Area]:
        areas: dict[tuple[int, int], Area] = {}
        for area in merged:
            rows = self.between(area.top - 1, area.bottom + 1)
            columns = range(area.left, min(area.right, _WIDEST) + 1)
            if len(areas) + len(rows) * len(columns) > _MOST_SPREAD:
                break
            for row in rows:
                areas.update({(row.number, one): area for one in columns})
        return areas
