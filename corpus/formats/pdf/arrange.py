"""The order of a page's lines: columns one after the other, aligned cells as tables."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import mean

from corpus.formats.pdf.printed_page import Line, Table

_SAME_ROW = 0.35
_WIDE_GAP = 1.8
"""Times the size of the letters; justified prose has no gap as wide."""
_SAME_GAP = 0.1
_MOST_ROWS = 300
"""Of one stretch; it ends a page of any kind."""
_GUTTER = 0.6
"""Times the size of the letters, between columns of several lines."""
_OTHER_SIZE = 1.5
"""Points; a heading is no row."""
_ROW_GAP = 3.0
_STEPS = 2.2
_LEAST_ROWS = 3
_MOST_COLUMNS = 12
_MOST_PROSE_COLUMNS = 4
_PROSE_WORDS = 2.5
"""A line of prose has more words on average."""
_CELL_WORDS = 9
_TIGHT = 1.45
"""Times the size of the letters, from one line of a cell to the next."""
_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_MARK = re.compile(r"(?:[•·◦▪■●○‣*–—-]|\(?(?:[\d.]+|[a-zA-Z]|[ivx]+)[.)]?)$")
_LIST_MARK = re.compile(r"[•·◦▪■●○‣–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]")
_MARK_GAP = 3.0
"""Times the size of the letters, from a mark to its item."""
_LEADER = re.compile(r"(?:\.\s?){4,}")
_VALUE = re.compile(r"[\W\d]*\d[\W\d]*\S{0,4}$")

_Row = list[Line]


def arrange(lines: list[Line]) -> list[Line | Table]:
    """Return lines in the order in which they are read, and the tables among them."""
    lines = _led_by_marks(lines)
    found: dict[int, list[Line | Table]] = {}
    taken: set[int] = set()
    order = {id(line): number for number, line in enumerate(lines)}
    for region in _regions(lines):
        members = sorted(order[id(line)] for row in region for line in row)
        arranged = _read(region, order)
        if arranged is not None:
            found[members[0]] = arranged
            taken.update(members)
    out: list[Line | Table] = []
    loose: list[Line] = []
    for number, line in enumerate(lines):
        if number in found:
            out.extend(_side_by_side(loose))
            out.extend(found[number])
            loose = []
        if number not in taken:
            loose.append(line)
    return [*out, *_side_by_side(loose)]


def _led_by_marks(lines: list[Line]) -> list[Line]:
    """Return lines with each mark of a list before its item, whenever it was drawn."""
    led: dict[int, Line] = {}
    for row in _rows(lines):
        for mark, line in pairwise(sorted(row, key=lambda piece: piece.left)):
            near = 0 <= line.left - mark.right < _MARK_GAP * line.size
            if near and _LIST_MARK.fullmatch(mark.text.strip()):
                led[id(line)] = mark
    marks = {id(mark) for mark in led.values()}
    out: list[Line] = []
    for line in lines:
        if id(line) in marks and id(line) not in led:
            continue
        out.extend((led[id(line)], line) if id(line) in led else (line,))
    return out


def _side_by_side(lines: list[Line]) -> list[Line]:
    """Return pieces of one printed line that are neither column nor cell as one line."""
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is not None and _is_level(last, line) and line.left >= last.right:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_one(group) if len(group) > 1 else group[0] for group in groups]


def _one(pieces: list[Line]) -> Line:
    gaps = [line.left - before.right for before, line in pairwise(pieces)]
    size = max(line.size for line in pieces)
    # Justified prose of few words has wide gaps too, but all of one width.
    justified = len(gaps) > 2 and max(gaps) - min(gaps) < _SAME_GAP * size
    columns = [(pieces[0].left, pieces[0].text)]
    for line, gap in zip(pieces[1:], gaps, strict=True):
        if gap > _WIDE_GAP * size and not justified:
            columns.append((line.left, line.text))
        else:
            left, said = columns[-1]
            columns[-1] = (left, f"{said} {line.text}")
    return pieces[0]._replace(
        text=" ".join(line.text for line in pieces),
        right=pieces[-1].right,
        bold=all(line.bold for line in pieces),
        lifted=any(line.lifted for line in pieces),
        columns=tuple(columns),
    )


def _is_level(one: Line, other: Line) -> bool:
    return abs(one.base - other.base) <= _SAME_ROW * max(one.size, other.size)


def _regions(lines: list[Line]) -> list[list[_Row]]:
    """Return the stretches of rows that have columns in common."""
    found: list[list[_Row]] = []
    current: list[_Row] = []
    for row in [*_rows(lines), []]:
        if current and row and len(current) < _MOST_ROWS and _belongs(current, row):
            current.append(row)
            continue
        while current and len(current[-1]) == 1 and not _is_tight(current):
            current.pop()
        if len(current) >= _LEAST_ROWS and sum(len(one) > 1 for one in current) > 1:
            found.append(current)
        current = [row] if len(row) > 1 else []
    return found


def _rows(lines: list[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if rows and _is_level(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _belongs(region: list[_Row], row: _Row) -> bool:
    """Tell whether a row stands close below others, within the same columns."""
    size = max(line.size for line in row)
    if max(abs(line.size - region[0][0].size) for line in row) > _OTHER_SIZE:
        return False
    gap = region[-1][0].base - row[0].base
    steps = sorted(a[0].base - b[0].base for a, b in pairwise(region))
    usual = steps[len(steps) // 2] if steps else gap
    if gap > max(_ROW_GAP * size, _STEPS * usual):
        return False
    columns = _columns([*region, row])
    if len(row) == 1:
        return len(columns) == len(_columns(region)) and gap <= max(2 * size, usual * 1.2)
    return len(columns) > 1 and len(columns) >= len(_columns(region)) - 1


def _is_tight(region: list[_Row]) -> bool:
    step = region[-2][0].base - region[-1][0].base if len(region) > 1 else 0.0
    return 0 < step <= _TIGHT * region[-1][0].size


def _columns(rows: list[_Row]) -> list[tuple[float, float]]:
    """Return left and right of what lies between the gutters that all rows keep free."""
    columns: list[tuple[float, float]] = []
    for line in sorted((line for row in rows for line in row), key=lambda line: line.left):
        if columns and line.left < columns[-1][1] + _GUTTER * line.size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], line.right))
        else:
            columns.append((line.left, line.right))
    return columns


def _read(region: list[_Row], order: dict[int, int]) -> list[Line | Table] | None:
    """Return a stretch as columns of prose or as a table; None where it is neither."""
    columns = _columns(region)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    cells = [_cells(row, columns) for row in region]
    if any(_MARK.match(line.text) for line in region[0][:1]) and all(
        not row[0] or _MARK.match(row[0][0].text) for row in cells
    ):
        return None
    every = sorted((line for row in region for line in row), key=lambda line: order[id(line)])
    at = [_at(line, columns) for line in every]
    changes = sum(a != b for a, b in pairwise(at))
    if changes < sum(len(row) > 1 for row in region):
        # It was written column by column already.
        return None
    down = [[line for row in cells for line in row[column]] for column in range(len(columns))]
    if len(columns) <= _MOST_PROSE_COLUMNS and all(
        _is_prose(column, right - left) for column, (left, right) in zip(down, columns, strict=True)
    ):
        return [line for column in down for line in column]
    table = _table(cells, columns)
    return None if table is None else [table]


def _at(line: Line, columns: list[tuple[float, float]]) -> int:
    middle = (line.left + line.right) / 2
    return next((n for n, (_, right) in enumerate(columns) if middle <= right), len(columns) - 1)


def _cells(row: _Row, columns: list[tuple[float, float]]) -> list[list[Line]]:
    cells: list[list[Line]] = [[] for _ in columns]
    for line in row:
        cells[_at(line, columns)].append(line)
    return cells


def _is_prose(column: list[Line], width: float) -> bool:
    """Tell whether the lines of a column go on in each other."""
    if len(column) < 2 or mean(len(line.text.split()) for line in column) < _PROSE_WORDS:
        return False
    runs = sum(
        below.text[:1].islower()
        or (not _END.search(line.text) and line.right - line.left > 0.8 * width)
        for line, below in pairwise(column)
    )
    return runs * 2 >= len(column) - 1


def _table(cells: list[list[list[Line]]], columns: list[tuple[float, float]]) -> Table | None:
    rows: list[list[list[Line]]] = []
    for row in cells:
        if rows and _continues(rows[-1], row):
            for cell, more in zip(rows[-1], row, strict=True):
                cell.extend(more)
        else:
            rows.append([list(cell) for cell in row])
    said = [[" ".join(line.text for line in cell) for cell in row] for row in rows]
    filled = [[text for text in row if text] for row in said]
    words = mean(len(text.split()) for row in filled for text in row)
    if len(rows) < _LEAST_ROWS or words > _CELL_WORDS or any(
        _LEADER.search(text) for row in filled for text in row
    ):  # fmt: skip
        return None
    several = sum(len(row) > 1 for row in filled)
    titles = _titles(rows, said)
    if several < _LEAST_ROWS or several * 3 < len(rows) * 2 or not titles:
        return None
    return Table(
        0,
        tuple(left for left, _ in columns),
        tuple(tuple(tuple(line.text for line in cell) for cell in row) for row in rows),
        titles=titles,
    )


def _continues(above: list[list[Line]], row: list[list[Line]]) -> bool:
    """Tell whether a printed row holds further lines of the cells above it."""
    bases = [cell[-1].base for cell in above if cell]
    lines = [line for cell in row for line in cell]
    tight = min(bases) - lines[0].base <= _TIGHT * lines[0].size
    if not tight or all(row):
        return False
    new = any(not over for cell, over in zip(row, above, strict=True) if cell)
    return not new and (not row[0] or all(line.text[:1].islower() for line in lines))


def _titles(rows: list[list[list[Line]]], said: list[list[str]]) -> int:
    """Return how many of the first rows are titles: bold ones, or words above three columns."""
    first = [line for cell in rows[0] for line in cell]
    others = [line for row in rows[1:] for cell in row for line in cell]
    if all(line.bold for line in first) and not all(line.bold for line in others):
        return 1
    wordy = all(said[0]) and not any(_VALUE.match(text) or _END.search(text) for text in said[0])
    return int(wordy and len(said[0]) > 2)
