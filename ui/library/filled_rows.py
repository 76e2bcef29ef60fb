"""The answered rows of a filled questionnaire, whatever its sheets and titles, for the library.

What asks and where it is answered is understood as for answering it (decision 0009), so that the
file that went to a customer comes in as it is. Its comment belongs to its answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.library.transfer import Cells, Column, column_titled
from ui.errors import QuestionFileError
from ui.questionnaires.types import Question, Questionnaire, Selection, Sheet
from ui.questionnaires.understanding.corrections import Correction
from ui.questionnaires.understanding.understand_file import understand

_TITLES = tuple(Column)


def filled_rows(questionnaire: Questionnaire, sheet: str | None = None) -> tuple[Cells, ...]:
    """Return titles and the rows that ask of all sheets or one; empty where none is answered."""
    only = (Correction(sheet),) if sheet is not None and len(questionnaire.sheets) > 1 else ()
    try:
        understood = understand(questionnaire, only)
    except QuestionFileError:
        return ()
    sheets = {one.name: one for one in questionnaire.sheets}
    rows = [row for one in understood.tables for row in _rows(one, sheets[one.sheet])]
    answer = _TITLES.index(Column.ANSWER)
    if not any(row.cells[answer] or row.computed for row in rows):
        return ()
    return (Cells(0, tuple(one.value for one in _TITLES)), *rows)


def _rows(table: Selection, sheet: Sheet) -> Iterator[Cells]:
    places = _places(table)
    by_number = {row.number: row.cells for row in sheet.rows}
    for question in sorted((*table.questions, *table.left), key=lambda one: one.row):
        cells = by_number[question.row]
        said = {one: _cell(cells, place) for one, place in places.items()}
        said[Column.QUESTION] = question.text
        said[Column.ANSWER] = _answer(table, question, cells)
        said[Column.SERVICE] = question.context.service
        computed = (question.row, table.answers.answer) in sheet.computed
        if said[Column.ANSWER].startswith("="):
            # Of a CSV file, which has formulas as text: nobody approves what it would show.
            computed, said[Column.ANSWER] = True, ""
        if question in table.questions or said[Column.ANSWER]:
            yield Cells(
                question.row, tuple(said.get(one, "") for one in _TITLES), sheet.name, computed
            )


def _places(table: Selection) -> dict[Column, int]:
    """Return where a row says more than question and answer: by its titles, or as understood."""
    found: dict[Column, int] = {}
    for place, title in enumerate(table.titles):
        column = column_titled(title)
        if column is not None:
            found.setdefault(column, place)
    if table.answers.evidence is not None:
        found[Column.SOURCE] = table.answers.evidence
    return found


def _answer(table: Selection, question: Question, cells: tuple[str, ...]) -> str:
    """Return what a row is answered with: the value, then the comment that goes on from it."""
    value = question.given or _cell(cells, table.answers.answer)
    comment = _cell(cells, table.answers.comment)
    if not value or not comment or comment.casefold().startswith(value.casefold()):
        return comment or value
    return f"{value}{'' if value.endswith(('.', '!', '?')) else '.'} {comment}"


def _cell(cells: tuple[str, ...], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""
