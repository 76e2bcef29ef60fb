"""The columns of a table: which one asks, which ones take answers, which ones say of what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ui.questionnaires.types import (
    NO_ANSWERS,
    NO_CONTEXT,
    AnswerColumns,
    ContextColumns,
    Row,
    Tick,
)
from ui.questionnaires.understanding.grid import Grid
from ui.questionnaires.understanding.heading_rows import Heading
from ui.questionnaires.understanding.title_kinds import Kind, says_answer
from ui.questionnaires.understanding.wording_of_rows import asks, has_letters, is_id

_MOSTLY = 0.6
_SPEAKING_WORDS = 3
_WIDEST_LIST = 3
"""Columns beside its first that one drop-down list is looked for in."""


@dataclass(frozen=True, slots=True)
class Table:
    """A part of a sheet with titles of its own, and its columns."""

    heading: Heading | None
    rows: tuple[Row, ...]
    """Below the titles, up to the next table."""
    column: int
    """The one that asks."""
    answers: AnswerColumns = NO_ANSWERS
    context: ContextColumns = NO_CONTEXT

    @property
    def titles(self) -> tuple[str, ...]:
        """What stands above each column."""
        return self.heading.titles if self.heading else ()


def tables_of(grid: Grid, heading: Heading | None, rows: tuple[Row, ...]) -> tuple[Table, ...]:
    """Return the tables below one row of titles: one, or several that lie side by side."""
    kinds = dict(heading.kinds) if heading else {}
    asking = _asking_columns(grid, kinds, rows)
    if not asking:
        return ()
    ends = [*asking[1:], grid.width + 1]
    tables = []
    for column, end in zip(asking, ends, strict=True):
        # What stands left of the first question, and between two of them, is the next one's.
        start = 0 if column == asking[0] else _start(kinds, column)
        stop = _start(kinds, end) if end <= grid.width else end
        mine = {place: kind for place, kind in kinds.items() if start <= place < stop}
        if not any(kind in (Kind.ANSWER, Kind.COMMENT, Kind.TICK) for kind in mine.values()):
            mine = kinds
        tables.append(with_columns(grid, Table(heading, rows, column), mine))
    return tuple(tables)


def with_columns(grid: Grid, table: Table, kinds: dict[int, Kind]) -> Table:
    """Return a table with the columns that titles name, or else their cells tell."""
    rows = table.rows
    return replace(
        table,
        answers=_answer_columns(grid, table, kinds, rows),
        context=_context_columns(grid, table, kinds, rows),
    )


def _start(kinds: dict[int, Kind], column: int) -> int:
    """Return where the columns of a question begin: at the number to its left, if it has one."""
    while kinds.get(column - 1) in (Kind.ID, Kind.CATEGORY, Kind.SECTION, Kind.SERVICE):
        column -= 1
    return column


def _asking_columns(grid: Grid, kinds: dict[int, Kind], rows: Sequence[Row]) -> list[int]:
    named = [c for c, kind in sorted(kinds.items()) if kind is Kind.QUESTION]
    speaking = [column for column in named if _speaks(grid, rows, column)]
    if speaking:
        return speaking
    # A column "Control" may hold numbers of controls, or what they demand.
    for kinds_of in ((None, Kind.QUESTION, Kind.REQUIREMENT), (Kind.ID, Kind.SECTION)):
        weights = {
            column: weight
            for column in range(grid.width)
            if kinds.get(column) in kinds_of
            and (weight := _weight(rows, column, kinds.get(column)))[0] > 0
        }
        if weights:
            return [max(weights, key=lambda column: weights[column])]
    return []


def _speaks(grid: Grid, rows: Sequence[Row], column: int) -> bool:
    return any(has_letters(grid.text(row.number, column)) for row in rows)


def _weight(rows: Sequence[Row], column: int, kind: Kind | None) -> tuple[float, float]:
    texts = [t for row in rows if (t := _cell(row, column)) and has_letters(t)]
    asked = sum(map(asks, texts)) + (0.5 * len(texts) if kind is Kind.REQUIREMENT else 0)
    spoken = sum(len(text.split()) >= _SPEAKING_WORDS for text in texts)
    return asked + spoken / 4, sum(map(len, texts)) / max(len(texts), 1)


def _answer_columns(
    grid: Grid, table: Table, kinds: dict[int, Kind], rows: Sequence[Row]
) -> AnswerColumns:
    listed = _listed_columns(grid, table, rows, kinds)
    answers = _by_likeness(table, kinds, listed)
    answer = next(iter(answers), None)
    if answer is None:
        answer = next((c for c in listed if kinds.get(c) is None and c > table.column), None)
    # A column of remarks that the customer has filled, beside answers that wait, is theirs.
    filled = answer is not None and not _waits(table, answer)

    def waiting(columns: Sequence[int]) -> int | None:
        # The one that is the vendor's stands right beside the answer.
        near = table.column if answer is None else answer
        free = [one for one in columns if one != answer and (filled or _waits(table, one))]
        return min(free, key=lambda one: (one < near, abs(one - near)), default=None)

    comment = waiting(_of(kinds, Kind.COMMENT, table.column) or answers[1:2])
    evidence = waiting(_of(kinds, Kind.EVIDENCE, table.column))
    return AnswerColumns(answer, comment, evidence, _ticks(table, kinds))


def _by_likeness(table: Table, kinds: dict[int, Kind], listed: Sequence[int]) -> list[int]:
    """Return the columns for answers, the likeliest first: "Answer" before "Mandatory (Y/N)"."""
    columns = _of(kinds, Kind.ANSWER, table.column)
    named = {column for column in columns if says_answer(table.titles[column])}
    free = [one for one in columns if one in named or _waits(table, one)]
    return sorted(
        free,
        key=lambda one: (one not in named, not _waits(table, one), one not in listed),
    )


def _waits(table: Table, column: int) -> bool:
    """Tell whether a column is empty beside most of the texts that may ask."""
    beside = [_cell(row, column) for row in table.rows if _cell(row, table.column)]
    return 2 * sum(not cell for cell in beside) >= len(beside)


def _ticks(table: Table, kinds: dict[int, Kind]) -> tuple[Tick, ...]:
    columns = [column for column, kind in sorted(kinds.items()) if kind is Kind.TICK]
    titles = table.titles
    return tuple(Tick(titles[column].rpartition(" / ")[2], column) for column in columns)


def _of(kinds: dict[int, Kind], kind: Kind, column: int) -> list[int]:
    """Return the columns of a kind, those to the right of the question first."""
    found = sorted(place for place, one in kinds.items() if one is kind)
    return [*(c for c in found if c > column), *(c for c in found if c < column)]


def _listed_columns(
    grid: Grid, table: Table, rows: Sequence[Row], kinds: dict[int, Kind]
) -> list[int]:
    """Return the columns in which most questions have a drop-down list."""
    asked = [row.number for row in rows if len(_cell(row, table.column).split()) > 1]
    told: Counter[int] = Counter()
    for choice in grid.sheet.choices:
        area = choice.area
        count = bisect_right(asked, area.bottom) - bisect_left(asked, area.top)
        for column in range(area.left, min(area.right, area.left + _WIDEST_LIST) + 1):
            told[column] += count
    return sorted(
        column for column, count in told.items()
        if count >= _MOSTLY * len(asked) and kinds.get(column) is not Kind.OTHER
    )  # fmt: skip


def _context_columns(
    grid: Grid, table: Table, kinds: dict[int, Kind], rows: Sequence[Row]
) -> ContextColumns:
    ids = sorted(_of(kinds, Kind.ID, table.column), key=lambda c: (c > table.column, -c))
    return ContextColumns(
        next(iter(ids), None) if ids else _numbered_column(grid, table, kinds, rows),
        next(iter(_left_first(kinds, Kind.SECTION, table.column)), None),
        next(iter(_left_first(kinds, Kind.SERVICE, table.column)), None),
        next(iter(_left_first(kinds, Kind.CATEGORY, table.column)), None),
    )


def _left_first(kinds: dict[int, Kind], kind: Kind, column: int) -> list[int]:
    found = [place for place, one in kinds.items() if one is kind]
    return sorted(found, key=lambda place: (place > column, abs(place - column)))


def _numbered_column(
    grid: Grid, table: Table, kinds: dict[int, Kind], rows: Sequence[Row]
) -> int | None:
    """Return the column left of the question whose cells are numbers of questions."""
    asked = [row.number for row in rows if has_letters(_cell(row, table.column))]
    for column in range(table.column - 1, -1, -1):
        if kinds.get(column) is None and _share(grid, asked, column) >= _MOSTLY:
            return column
    return None


def _share(grid: Grid, numbers: Iterable[int], column: int) -> float:
    told = [is_id(grid.text(number, column)) for number in numbers]
    return sum(told) / max(len(told), 1)


def _cell(row: Row, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""
