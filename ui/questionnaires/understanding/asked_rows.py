"""Which rows of a table ask, under which heading, and what is said of them beside.

A row asks when its text has a question mark or demands something. One without is taken too when it
says at least some words and is no lone title: other cells of it are filled wherever those of the
rows that ask are. Numbers and empty cells never ask, nor does what others stand below by number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ui.questionnaires.types import Question, Row, RowContext
from ui.questionnaires.understanding.allowed_values import is_value, options_in, values_in
from ui.questionnaires.understanding.grid import Grid
from ui.questionnaires.understanding.table_columns import Table
from ui.questionnaires.understanding.title_kinds import Kind
from ui.questionnaires.understanding.wording_of_rows import (
    asks,
    demands,
    follows_on,
    has_letters,
    numbered,
    speaks_of_residency,
    word_count,
)

_FEWEST_WORDS = 4
_FEWEST_OF_NUMBERED = 2
_LONGEST_HEADING = 12
"""Words of a heading."""


@dataclass(frozen=True, slots=True)
class AskedRows:
    """The rows of a table with a text in the column that asks."""

    taken: tuple[Question, ...]
    left: tuple[Question, ...]


def asked_rows(grid: Grid, table: Table) -> AskedRows:
    """Return the rows that ask, and those that are left, each with what is said of it."""
    reader = _Reader(grid, table)
    taken: list[Question] = []
    left: list[Question] = []
    follows: int | None = None
    for row, text, section in reader.texts():
        if not reader.is_asking(row, text):
            left.append(reader.question(row, text, section, None))
            continue
        leans = follows_on(text)
        question = reader.question(row, text, section, follows if leans else None)
        taken.append(question)
        follows = follows if leans else row.number
    return AskedRows(tuple(taken), tuple(left))


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, grid: Grid, table: Table) -> None:
        self.grid = grid
        self.table = table
        self.column = table.column
        self.sections = self._carried(table.context.section)
        self.categories = self._carried(table.context.category)
        self.headings = frozenset(self._headings())
        texts = [(row, grid.text(row.number, self.column)) for row in table.rows]
        self.paired = any(asks(text) and self._has_others(row) for row, text in texts)
        kinds = table.heading.kinds if table.heading else {}
        self.options = next((c for c, kind in kinds.items() if kind is Kind.OPTIONS), None)
        answers = table.answers
        self.titled = () if answers.answer is None else values_in(table.titles[answers.answer])

    def texts(self) -> Iterator[tuple[Row, str, str]]:
        """Yield the rows with a text in the column that asks, and the heading above each."""
        section = self._first_section()
        for row in self.table.rows:
            text = self.grid.text(row.number, self.column)
            if heading := self._heading(row, text):
                section = heading
            if has_letters(text) and not self.grid.is_covered(row.number, self.column):
                yield row, text, section

    def is_asking(self, row: Row, text: str) -> bool:
        """Tell whether a row asks."""
        if row.number in self.headings or is_value(text):
            return False
        if asks(text) or demands(text) or follows_on(text):
            return True
        words = word_count(text)
        if self._has_id(row) and self.table.answers.answer is not None:
            return words >= _FEWEST_OF_NUMBERED
        return words >= _FEWEST_WORDS and (self._has_others(row) or not self.paired)

    def question(self, row: Row, text: str, section: str, follows: int | None) -> Question:
        """Return a row that asks, with its context."""
        columns, number = self.table.context, row.number
        label, words = numbered(text) if columns.id is None else ("", text)
        told = RowContext(
            self.grid.seen(number, columns.id) or label,
            self.sections[number] or section,
            self.grid.seen(number, columns.service),
            self.categories[number],
            follows,
        )
        marked = speaks_of_residency(text)
        return Question(number, words, told, self._allowed(number), marked, self._given(number))

    def _given(self, number: int) -> str:
        """Return what is answered in a row already."""
        answers = self.table.answers
        ticked = (one.value for one in answers.ticks if self.grid.text(number, one.column))
        return self.grid.text(number, answers.answer) or next(ticked, "")

    def _allowed(self, number: int) -> tuple[str, ...]:
        answers = self.table.answers
        if answers.answer is None:
            return tuple(one.value for one in answers.ticks)
        choice = self.grid.choices(number, answers.answer)
        if choice is not None and choice.values:
            return choice.values
        return options_in(self.grid.seen(number, self.options)) or self.titled

    def _carried(self, column: int | None) -> dict[int, str]:
        """Return by row what a column says: in it, or last above it."""
        told, carried = "", {}
        for row in self.table.rows:
            told = self.grid.seen(row.number, column) or told
            carried[row.number] = told
        return carried

    def _first_section(self) -> str:
        """Return the heading that stands in or above the titles."""
        heading = self.table.heading
        if heading is None:
            return ""
        # Where the column that asks has a title, what stands left of it is one too.
        untitled = self.column not in heading.kinds
        for column in range(self.column, -1, -1):
            if untitled and column not in heading.kinds and (told := heading.titles[column]):
                return told
        above = self.grid.between(0, heading.first)
        # What stands first on a sheet is its own title.
        if len(above) > 1 and above[-1].number == heading.first - 1:
            return self._lone(above[-1])
        return ""

    def _heading(self, row: Row, text: str) -> str:
        """Return what a row says as a heading of those below it; empty where it is none."""
        if row.number in self.headings:
            return text
        told = self._lone(row)
        if not told or asks(told) or demands(told) or word_count(told) > _LONGEST_HEADING:
            return ""
        return "" if told == text and self.is_asking(row, text) else told

    def _lone(self, row: Row) -> str:
        """Return the one text of a row; a number beside it does not count."""
        filled = [
            column for column in self.grid.filled(row)
            if not self.grid.is_covered(row.number, column)
        ]  # fmt: skip
        told = [one for column in filled if has_letters(one := self.grid.text(row.number, column))]
        return told[0] if len(told) == 1 and len(filled) <= 2 else ""

    def _headings(self) -> Iterator[int]:
        """Yield the rows that others stand below by number: 1 where 1.1 comes next."""
        numbered = [
            (row.number, told)
            for row in self.table.rows
            if (told := self.grid.text(row.number, self.table.context.id).rstrip(".)"))
        ]
        for (number, told), (_, after) in pairwise(numbered):
            text = self.grid.text(number, self.column)
            below = after.startswith((f"{told}.", f"{told}-"))
            short = word_count(text) <= _LONGEST_HEADING
            if below and short and not asks(text) and not demands(text):
                yield number

    def _has_id(self, row: Row) -> bool:
        return bool(self.grid.text(row.number, self.table.context.id))

    def _has_others(self, row: Row) -> bool:
        return any(cell for place, cell in enumerate(row.cells) if place != self.column)
