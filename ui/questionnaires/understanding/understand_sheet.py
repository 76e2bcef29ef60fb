"""What one sheet asks: its tables, each as a selection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from ui.questionnaires.types import AnswerColumns, ContextColumns, Question, Row, Selection, Sheet
from ui.questionnaires.understanding.asked_rows import asked_rows
from ui.questionnaires.understanding.grid import Grid
from ui.questionnaires.understanding.heading_rows import Heading, heading_at, headings
from ui.questionnaires.understanding.table_columns import Table, tables_of, with_columns
from ui.questionnaires.understanding.title_kinds import Kind, kind_of
from ui.questionnaires.understanding.wording_of_rows import asks, demands, has_letters, is_id
from ui.shared.terminal_text import by_count

_FEWEST_WORDS = 4
_FEWEST_ASKING = 3
"""Words of a question in running text: "Questions?" is a heading."""
_LONGEST_TITLE = 60
_NAMED = 50
"""Rows at the top in which a title is looked for."""
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A table that may ask."""

    selection: Selection
    told: bool
    """Whether titles say so; else it is guessed by what its cells look like."""


def tables_in(sheet: Sheet) -> tuple[Found, ...]:
    """Return the tables of a sheet that have rows that ask, from top to bottom."""
    if sheet.prose:
        selection = _of_prose(sheet)
        return (Found(selection, told=True),) if selection.questions else ()
    grid = Grid(sheet)
    found = list(headings(grid))
    if not any(one.is_told for one in found):
        guessed = _guessed(grid, guess_column(sheet), found[0] if found else None)
        return (Found(guessed, told=False),) if guessed.questions else ()
    told = [_selection(grid, table) for table in _tables(grid, found)]
    asking = [one for one in told if one.questions]
    return tuple(Found(one, told=True) for one in _apart(_joined(asking)))


def table_at(sheet: Sheet, column: int, header: int | None = None) -> Selection:
    """Return what a column of a sheet asks, below the row of titles that is given or guessed.

    0 says that there are no titles.
    """
    if sheet.prose:
        return _of_prose(sheet)
    grid = Grid(sheet)
    if header == 0:
        return _selection(grid, Table(None, grid.rows, column, context=_numbers(grid, column)))
    if header is not None:
        return _below(grid, heading_at(grid, header), column)
    known = [one for one in headings(grid) if one.is_told]
    if not known:
        return _guessed(grid, column, None)
    joined = [_below(grid, one, column, rows) for one, rows in _parts(grid, known)]
    return _joined([one for one in joined if one.questions] or joined[:1])[0]


def guess_column(sheet: Sheet) -> int:
    """Return the column that asks most, else the one with such a title or the longest texts."""
    return max(range(max(sheet.width, 1)), key=lambda column: _score(sheet, column))


def asked_in(sheet: Sheet) -> int:
    """Return how many cells of the column that asks most have a question mark."""
    return max((_asked(sheet, column) for column in range(sheet.width)), default=0)


def _tables(grid: Grid, found: Sequence[Heading]) -> Iterator[Table]:
    for heading, rows in _parts(grid, found):
        yield from tables_of(grid, heading, rows)


def _parts(grid: Grid, found: Sequence[Heading]) -> Iterator[tuple[Heading, tuple[Row, ...]]]:
    ends = [one.first for one in found[1:]]
    for heading, end in zip(found, [*ends, None], strict=True):
        yield heading, grid.between(heading.last, end)


def _below(
    grid: Grid, heading: Heading, column: int, rows: tuple[Row, ...] | None = None
) -> Selection:
    below = grid.between(heading.last, None) if rows is None else rows
    kinds = {place: kind for place, kind in heading.kinds.items() if place != column}
    return _selection(grid, with_columns(grid, Table(heading, below, column), kinds))


def _selection(grid: Grid, table: Table) -> Selection:
    rows = asked_rows(grid, table)
    heading = table.heading
    return Selection(
        grid.sheet.name, table.column, heading.last if heading else None, rows.taken, rows.left,
        table.titles, table.answers, table.context, notes=tuple(_notes(grid, table, rows.taken)),
    )  # fmt: skip


def _notes(grid: Grid, table: Table, taken: Sequence[Question]) -> Iterator[str]:
    numbers = [one.row for one in taken]
    hidden = sum(number in grid.sheet.hidden_rows for number in numbers)
    if hidden:
        told = by_count(hidden, "of the questions stands", "of the questions stand")
        yield f"{told} in {'a hidden row' if hidden == 1 else 'hidden rows'}"
    computed = sum(grid.is_computed(number, table.column) for number in numbers)
    if computed:
        yield by_count(
            computed,
            "of the questions is made by a formula; it is read as last shown",
            "of the questions are made by formulas; they are read as last shown",
        )
    answer = table.answers.answer
    if answer is not None:
        held = sum(grid.is_computed(number, answer) for number in numbers)
        if held:
            yield by_count(
                held,
                "cell for answers holds a formula; it is left as it is",
                "cells for answers hold formulas; they are left as they are",
            )


def _joined(tables: Sequence[Selection]) -> list[Selection]:
    """Return the tables, those of one layout below each other as one."""
    joined: list[Selection] = []
    for one in tables:
        alike = next((n for n, seen in enumerate(joined) if _layout(seen) == _layout(one)), None)
        if alike is None:
            joined.append(one)
        else:
            first = joined[alike]
            joined[alike] = replace(
                first,
                questions=first.questions + one.questions,
                left=first.left + one.left,
                notes=first.notes + tuple(note for note in one.notes if note not in first.notes),
            )
    return joined


def _layout(table: Selection) -> tuple[object, ...]:
    return table.column, table.answers, table.context


def _apart(tables: Sequence[Selection]) -> list[Selection]:
    """Return the tables; where two ask in one row, the columns for answers are the first one's."""
    apart: list[Selection] = []
    for one in tables:
        rows = {question.row for question in one.questions}
        shared = any(
            seen.answers == one.answers and rows & {question.row for question in seen.questions}
            for seen in apart
        )
        apart.append(replace(one, answers=AnswerColumns()) if shared else one)
    return apart


def _guessed(grid: Grid, column: int, heading: Heading | None) -> Selection:
    """Return what a column asks that no title names."""
    header = _header(grid.sheet, column)
    if heading is None and header is not None:
        heading = heading_at(grid, header)
    if heading is None:
        return _selection(grid, Table(None, grid.rows, column, context=_numbers(grid, column)))
    return _below(grid, heading, column)


def _numbers(grid: Grid, column: int) -> ContextColumns:
    """Return the column of numbers of a table without titles."""
    rows = [row.number for row in grid.rows if has_letters(grid.text(row.number, column))]
    for place in range(column - 1, -1, -1):
        told = sum(is_id(grid.text(number, place)) for number in rows)
        if rows and told > _MOSTLY * len(rows):
            return ContextColumns(id=place)
    return ContextColumns()


def _of_prose(sheet: Sheet) -> Selection:
    """Return what running text asks: questions and demands, and what is numbered like them."""
    grid = Grid(sheet)
    table = Table(None, grid.rows, 1, context=ContextColumns(id=0, section=2))
    rows = asked_rows(grid, table)
    every = sorted((*rows.taken, *rows.left), key=lambda one: one.row)
    numbered = [one for one in every if grid.text(one.row, 0)]
    asking = [one for one in numbered if asks(one.text) or demands(one.text)]
    alike = len(asking) > _MOSTLY * len(numbered)

    def is_asking(one: Question) -> bool:
        if asks(one.text):
            return len(one.text.split()) >= _FEWEST_ASKING
        return bool(grid.text(one.row, 0)) and (alike or demands(one.text))

    taken = tuple(filter(is_asking, rows.taken))
    numbers = {one.row for one in taken}
    left = tuple(one for one in every if one.row not in numbers and grid.text(one.row, 0))
    return Selection(sheet.name, 1, None, taken, left, context=table.context)


def _header(sheet: Sheet, column: int) -> int | None:
    """Return the row of titles: one with a known title, else the fullest above the first asking."""
    above = []
    for row, text in _texts(sheet.rows, column):
        if kind_of(text) in (Kind.QUESTION, Kind.REQUIREMENT) and not asks(text):
            return row.number
        if asks(text):
            break
        if len(text) <= _LONGEST_TITLE:
            above.append(row)
    if not any(asks(text) for _, text in _texts(sheet.rows, column)):
        # Nothing but its brevity tells a title from a demand then.
        above = [row for row in above[:1] if len(row.cells[column].split()) < _FEWEST_WORDS]
    fullest = max(above, key=lambda row: sum(map(bool, row.cells)), default=None)
    return fullest.number if fullest else None


def _score(sheet: Sheet, column: int) -> tuple[float, float]:
    texts = [text for _, text in _texts(sheet.rows, column)]
    titled = any(kind_of(text) is Kind.QUESTION for text in texts[:_NAMED])
    asked = sum(map(asks, texts))
    # A title outweighs questions that stand in a column of remarks, and wins where none ask.
    weight = asked + (0.5 * len(texts) if titled else 0)
    return weight, fmean(map(len, texts)) if texts else 0.0


def _asked(sheet: Sheet, column: int) -> int:
    return sum(asks(text) for _, text in _texts(sheet.rows, column))


def _texts(rows: Sequence[Row], column: int) -> Iterator[tuple[Row, str]]:
    for row in rows:
        text = row.cells[column].strip() if column < len(row.cells) else ""
        if has_letters(text):
            yield row, text
