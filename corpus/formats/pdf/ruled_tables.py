"""Tables of a printed page, found by the lines that are drawn around their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

_NEAR = 2.5
"""Points within which two strokes are one."""
_MOST_STROKES = 600
"""Of one direction on a page; a drawing has more, a table does not."""


class Box(NamedTuple):
    """A rectangle in points, from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies within."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def centre(self) -> tuple[float, float]:
        """Return the point in the middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


class Stroke(NamedTuple):
    """A straight line along one axis: where it lies on the other, and from where to where."""

    at: float
    low: float
    high: float


class Grid(NamedTuple):
    """The cells of one table: those that are joined hold their box once, then None."""

    box: Box
    columns: tuple[float, ...]
    rows: tuple[tuple[Box | None, ...], ...]

    def above(self, row: int, column: int) -> int | None:
        """Return the row whose cell reaches down to this place, None when there is none."""
        low = self.rows[row][-1] or self.box
        for number in range(row - 1, -1, -1):
            box = self.rows[number][column]
            if box is not None:
                return number if box.bottom < low.top - _NEAR else None
        return None


def find_grids(across: list[Stroke], down: list[Stroke]) -> list[Grid]:
    """Return the tables that strokes across and down the page make, from the top."""
    across, down = _merge(across), _merge(down)
    if len(across) > _MOST_STROKES or len(down) > _MOST_STROKES:
        return []
    grids = (_grid(*group) for group in _connected(across, down))
    return sorted((grid for grid in grids if grid), key=lambda grid: -grid.box.top)


def _merge(strokes: list[Stroke]) -> list[Stroke]:
    """Return strokes with those that continue or cover each other as one."""
    merged: list[Stroke] = []
    level: list[Stroke] = []
    for stroke in [*sorted(strokes), Stroke(float("inf"), 0, 0)]:
        if level and stroke.at - level[0].at > _NEAR:
            merged.extend(_chained(level))
            level = []
        level.append(stroke)
    return merged


def _chained(level: list[Stroke]) -> Iterable[Stroke]:
    at = sum(stroke.at for stroke in level) / len(level)
    low, high = None, 0.0
    for stroke in sorted(level, key=lambda stroke: stroke.low):
        if low is not None and stroke.low > high + _NEAR:
            yield Stroke(at, low, high)
            low = None
        if low is None:
            low, high = stroke.low, stroke.high
        high = max(high, stroke.high)
    if low is not None:
        yield Stroke(at, low, high)


def _meet(across: Stroke, down: Stroke) -> bool:
    return (
        across.low - _NEAR <= down.at <= across.high + _NEAR
        and down.low - _NEAR <= across.at <= down.high + _NEAR
    )


def _connected(
    across: list[Stroke], down: list[Stroke]
) -> Iterable[tuple[list[Stroke], list[Stroke]]]:
    """Return groups of strokes that touch each other."""
    left_across, left_down = set(across), set(down)
    while left_across:
        waiting = [(left_across.pop(), True)]
        group: tuple[list[Stroke], list[Stroke]] = ([], [])
        while waiting:
            stroke, is_across = waiting.pop()
            group[not is_across].append(stroke)
            others = left_down if is_across else left_across
            touched = {
                other
                for other in others
                if (_meet(stroke, other) if is_across else _meet(other, stroke))
            }
            others -= touched
            waiting.extend((other, not is_across) for other in touched)
        yield group


def _grid(across: list[Stroke], down: list[Stroke]) -> Grid | None:
    if not down:
        return None
    xs = _levels([*(s.at for s in down), *(end for s in across for end in (s.low, s.high))])
    ys = _levels([*(s.at for s in across), *(end for s in down for end in (s.low, s.high))])
    if len(xs) < 3 or len(ys) < 3:
        return None
    ys.reverse()
    boxes = _boxes(_joined(xs, ys, across, down), xs, ys)
    rows = tuple(
        tuple(boxes.get((row, column)) for column in range(len(xs) - 1))
        for row in range(len(ys) - 1)
    )
    return Grid(Box(xs[0], ys[-1], xs[-1], ys[0]), tuple(xs), rows)


def _levels(values: list[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > 2 * _NEAR:
            levels.append(value)
    return levels


Owners = dict[tuple[int, int], tuple[int, int]]


def _joined(xs: list[float], ys: list[float], across: list[Stroke], down: list[Stroke]) -> Owners:
    """Return for each cell the first of those that no stroke divides it from."""
    owners: Owners = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            owner = (row, column)
            if column and not _covered(down, left, (top + bottom) / 2):
                owner = owners[row, column - 1]
            elif row and not _covered(across, top, (left + right) / 2):
                owner = owners[row - 1, column]
            owners[row, column] = owner
    return owners


def _covered(strokes: list[Stroke], at: float, point: float) -> bool:
    return any(abs(s.at - at) <= 2 * _NEAR and s.low <= point <= s.high for s in strokes)


def _boxes(owners: Owners, xs: list[float], ys: list[float]) -> dict[tuple[int, int], Box]:
    """Return for the first of each group of joined cells the box around them all."""
    last = dict(owners)
    for (row, column), owner in owners.items():
        low, high = last[owner]
        last[owner] = (max(low, row), max(high, column))
    return {
        (row, column): Box(xs[column], ys[low + 1], xs[high + 1], ys[row])
        for row, column in set(owners.values())
        for low, high in [last[row, column]]
    }


def place(grid: Grid, x: float, y: float) -> tuple[int, int] | None:
    """Return row and column of the cell that a point lies in, None when it is in no cell."""
    if not grid.box.holds(x, y):
        return None
    for number, row in enumerate(grid.rows):
        column = min(bisect_right(grid.columns, x) - 1, len(row) - 1)
        for candidate in range(column, -1, -1):
            box = row[candidate]
            if box is not None and box.holds(x, y):
                return number, candidate
    return None
