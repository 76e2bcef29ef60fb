"""What was understood of a file, before anything is written: as lines, and as JSON; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ui.questionnaires.cell_names import letter
from ui.questionnaires.types import Format, Question, Questionnaire, Selection, Understood
from ui.shared.terminal_text import by_count

_NAMED = 8
"""Rows that are named one by one."""
_SHORT = 40
"""Characters of a row that is named."""
_VALUES = 8


def understood_lines(questionnaire: Questionnaire, understood: Understood) -> Iterator[str]:
    """Yield what is asked, table by table, and what is left alone."""
    yield from questionnaire.notes
    if questionnaire.format is Format.JSONL:
        return
    for table in understood.tables:
        yield from table_lines(table, questionnaire.format)
    for one in understood.silent:
        yield f"left alone: sheet {one.sheet}, which {one.why}"


def understood_json(questionnaire: Questionnaire, understood: Understood) -> dict[str, Any]:
    """Return the same as JSON values; changed, they can be given back as corrections."""
    return {
        "file": questionnaire.path.name,
        "notes": list(questionnaire.notes),
        "tables": [_table_json(one) for one in understood.tables],
        "left_alone": [{"sheet": one.sheet, "why": one.why} for one in understood.silent],
    }


def table_lines(table: Selection, form: Format) -> Iterator[str]:
    """Yield what one table asks, and what of it is left alone."""
    where = f"sheet {table.sheet}, " if table.sheet else ""
    first, last = table.questions[0].row, table.questions[-1].row
    told = by_count(len(table.questions), "question", "questions")
    told += f" in row {first}" if first == last else f" in rows {first} to {last}"
    yield f"{where}column {letter(table.column)}: {told}"
    if table.standard:
        yield f"  its shape is that of a {table.standard} questionnaire"
    marked = sum(one.about_residency for one in table.questions)
    if marked:
        told = by_count(marked, "of them speaks", "of them speak")
        yield f"  {told} of places, transfers or retention"
    if columns := "; ".join(_columns(table)):
        yield f"  {columns}"
    if values := _allowed(table.questions):
        yield f"  answers to choose from: {values}"
    leaning = sum(one.context.follows is not None for one in table.questions)
    if leaning:
        yield f"  {by_count(leaning, 'goes', 'go')} on from the question before"
    given = sum(bool(one.given) for one in table.questions)
    if given:
        yield f"  {by_count(given, 'has', 'have')} an answer already, which stays"
    if not (table.answers.answer is not None or table.answers.ticks):
        follow = "they follow their questions" if form is Format.WORD else "columns are added"
        yield f"  no column for answers; {follow}"
    for note in table.notes:
        yield f"  {note}"
    if table.left:
        yield f"  left alone, as no questions: {_named(table.left)}"


def _columns(table: Selection) -> Iterator[str]:
    for part in (table.answers, table.context):
        for name in part.__slots__:
            column = getattr(part, name)
            if isinstance(column, int):
                yield f"{name} in {titled(table, column)}"
    for tick in table.answers.ticks:
        yield f"{tick.value} marked in {letter(tick.column)}"


def titled(table: Selection, column: int) -> str:
    """Return a column as its letter with its title."""
    title = table.titles[column] if column < len(table.titles) else ""
    return f"{letter(column)} ({' '.join(title.split())[:_SHORT]})" if title else letter(column)


def _allowed(questions: Sequence[Question]) -> str:
    values = dict.fromkeys(value for one in questions for value in one.allowed)
    more = ", …" if len(values) > _VALUES else ""
    return ", ".join(list(values)[:_VALUES]) + more


def _named(rows: Sequence[Question]) -> str:
    named = "; ".join(f"row {one.row} ({one.text[:_SHORT]})" for one in rows[:_NAMED])
    more = len(rows) - _NAMED
    return f"{named} and {more} more" if more > 0 else named


def _table_json(table: Selection) -> dict[str, Any]:
    answers, context = table.answers, table.context
    return {
        "sheet": table.sheet,
        "column": letter(table.column),
        "header": table.header or 0,
        "rows": spans([one.row for one in table.questions]),
        "answer": _column(answers.answer),
        "comment": _column(answers.comment),
        "evidence": _column(answers.evidence),
        "id": _column(context.id),
        "section": _column(context.section),
        "service": _column(context.service),
        "category": _column(context.category),
        "standard": table.standard,
        "ticks": {one.value: letter(one.column) for one in answers.ticks},
        "notes": list(table.notes),
        "questions": [_question_json(one) for one in table.questions],
        "left_rows": [{"row": one.row, "text": one.text} for one in table.left],
    }


def _question_json(question: Question) -> dict[str, Any]:
    context = question.context
    return {
        "row": question.row,
        "text": question.text,
        "id": context.id,
        "section": context.section,
        "service": context.service,
        "category": context.category,
        "follows": context.follows,
        "allowed": list(question.allowed),
        "about_residency": question.about_residency,
        "given": question.given,
    }


def _column(column: int | None) -> str:
    return "none" if column is None else letter(column)


def spans(rows: Sequence[int]) -> str:
    """Return rows as spans: "3-9,11"."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in found)
