"""What a file asks: all tables of all sheets that do, and why the others do not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ui.errors import QuestionFileError
from ui.questionnaires.cell_names import letter
from ui.questionnaires.types import (
    Format,
    NotAsking,
    Question,
    Questionnaire,
    Selection,
    Sheet,
    Understood,
)
from ui.questionnaires.understanding.corrections import Correction, corrected, find_column
from ui.questionnaires.understanding.standard_shapes import with_standards
from ui.questionnaires.understanding.understand_sheet import (
    Found,
    asked_in,
    guess_column,
    table_at,
    tables_in,
)
from ui.questionnaires.understanding.wording_of_rows import asks, explains, reckons
from ui.shared.terminal_text import by_count

MOST_QUESTIONS = 5_000
_FEWEST_GUESSED = 3
"""Questions by which a table without titles is taken beside those with some."""
_MOSTLY = 0.6
_FEWEST_EXPLAINED = 3


def understand(questionnaire: Questionnaire, wanted: Sequence[Correction] = ()) -> Understood:
    """Return what a file asks: all that is understood to, or the tables that the user wants.

    Raises QuestionFileError where nothing asks, or more than can be answered.
    """
    if questionnaire.format is Format.JSONL:
        rows = questionnaire.sheets[0].rows
        asked = tuple(Question(row.number, row.cells[1]) for row in rows)
        _count(questionnaire.path, len(asked), "Divide the file")
        return Understood((Selection("", 1, None, asked, ()),))
    filled = [sheet for sheet in questionnaire.sheets if sheet.rows]
    if not filled:
        drawn = any(sheet.drawn for sheet in questionnaire.sheets)
        cause = "holds drawings and no text" if drawn else "holds no text"
        raise QuestionFileError(f"{questionnaire.path}: {cause}. Give a file with questions")
    if wanted:
        tables = [one for each in wanted for one in _wanted(questionnaire, filled, each)]
        return Understood(_checked(questionnaire, tables))
    return _all(questionnaire, filled)


def _all(questionnaire: Questionnaire, filled: Sequence[Sheet]) -> Understood:
    found = {sheet.name: tables_in(sheet) for sheet in filled}
    silent = dict(_silent(filled, found))
    tables = [
        one.selection
        for sheet in filled
        if sheet.name not in silent
        for one in found[sheet.name]
    ]  # fmt: skip
    if not tables:
        tables = [_best(filled, found, questionnaire.path)]
        silent.pop(tables[0].sheet, None)
    drawn = [
        NotAsking(sheet.name, "holds drawings and no text")
        for sheet in questionnaire.sheets
        if sheet.drawn and not sheet.rows
    ]
    left = [NotAsking(name, why) for name, why in silent.items()]
    return Understood(_checked(questionnaire, tables), (*left, *drawn))


def _silent(filled: Sequence[Sheet], found: dict[str, tuple[Found, ...]]) -> list[tuple[str, str]]:
    """Return the sheets that are left alone, each with why."""
    told = any(
        one.told
        for sheet in filled
        if not sheet.hidden and not sheet.prose
        for one in found[sheet.name]
    )
    reasons = [(sheet.name, _why(sheet, found[sheet.name], told)) for sheet in filled]
    silent = {name: why for name, why in reasons if why}
    asked: set[str] = set()
    # Those that wait for answers come first: what others repeat of them is asked once.
    for sheet in sorted(filled, key=lambda one: not _waits(found[one.name])):
        texts = [_plain(q.text) for one in found[sheet.name] for q in one.selection.questions]
        if sheet.name in silent or not texts:
            continue
        repeated = sum(text in asked for text in texts)
        if repeated >= _MOSTLY * len(texts) and (sheet.computed or not _waits(found[sheet.name])):
            silent[sheet.name] = "repeats questions of another sheet"
            continue
        asked.update(texts)
    return [(sheet.name, silent[sheet.name]) for sheet in filled if sheet.name in silent]


def _why(sheet: Sheet, tables: Sequence[Found], told: bool) -> str:
    """Return why a sheet asks nothing, empty where it does."""
    count = sum(len(one.selection.questions) for one in tables)
    answers = _takes_answers(tables)
    titled = any(one.told for one in tables)
    reasons = {
        "holds the values of drop-down lists": sheet.lists and not answers,
        "has no column of questions": not tables,
        f"is hidden ({by_count(count, 'row of it asks', 'rows of it ask')})": sheet.hidden,
        "explains how to answer": explains(sheet.name)
        and (count < _FEWEST_EXPLAINED or not answers),
        "is for those who judge the answers": reckons(sheet.name)
        and (bool(sheet.computed) or not answers),
        "asks next to nothing beside the tables": told and sheet.prose and count < _FEWEST_GUESSED,
        "has no titles that say what is asked": told and not titled and not _asks_enough(tables),
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _asks_enough(tables: Sequence[Found]) -> bool:
    questions = [question for one in tables for question in one.selection.questions]
    asked = sum(asks(question.text) for question in questions)
    return asked >= max(_FEWEST_GUESSED, _MOSTLY * len(questions))


def _takes_answers(tables: Sequence[Found]) -> bool:
    return any(
        one.selection.answers.answer is not None or one.selection.answers.ticks for one in tables
    )


def _waits(tables: Sequence[Found]) -> bool:
    """Tell whether a sheet takes answers and has few of them yet."""
    questions = [question for one in tables for question in one.selection.questions]
    return _takes_answers(tables) and 2 * sum(bool(q.given) for q in questions) < len(questions)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _best(filled: Sequence[Sheet], found: dict[str, tuple[Found, ...]], path: Path) -> Selection:
    """Return the table to take where no sheet says of itself that it asks."""
    sheet = max(filled, key=lambda one: (bool(found[one.name]) and not one.hidden, asked_in(one)))
    if tables := found[sheet.name]:
        return max((one.selection for one in tables), key=lambda one: len(one.questions))
    raise _nothing(path, sheet, guess_column(sheet))


def _wanted(
    questionnaire: Questionnaire, filled: Sequence[Sheet], wanted: Correction
) -> tuple[Selection, ...]:
    sheet = _sheet(questionnaire, filled, wanted.sheet)
    where = f"{questionnaire.path}{f', sheet {sheet.name}' if sheet.name else ''}"
    tables = _tables(sheet, wanted, where)
    found = tuple(corrected(one, sheet, wanted, where) for one in tables)
    if not any(one.questions for one in found):
        column = found[0].column if found else guess_column(sheet)
        raise _nothing(questionnaire.path, sheet, column)
    return tuple(one for one in found if one.questions)


def _tables(sheet: Sheet, wanted: Correction, where: str) -> tuple[Selection, ...]:
    if wanted.column is not None or wanted.header is not None:
        given = wanted.column
        column = guess_column(sheet) if given is None else find_column(sheet, given, where)
        return (table_at(sheet, column, wanted.header),)
    tables = tuple(one.selection for one in tables_in(sheet))
    if wanted.sheet is None and len(tables) > 1:
        # What is said of one table, of a file that has several, is meant of that which asks most.
        return (max(tables, key=lambda one: len(one.questions)),)
    return tables or (table_at(sheet, guess_column(sheet)),)


def _sheet(questionnaire: Questionnaire, filled: Sequence[Sheet], name: str | None) -> Sheet:
    if name is None:
        found = {sheet.name: tables_in(sheet) for sheet in filled}
        return max(
            filled, key=lambda one: (bool(found[one.name]) and not one.hidden, asked_in(one))
        )
    for sheet in filled:
        if sheet.name.casefold() == name.strip().casefold():
            return sheet
    known = ", ".join(repr(sheet.name) for sheet in filled)
    raise QuestionFileError(
        f"{questionnaire.path}: no sheet {name!r} with content. Known are {known}"
    )


def _checked(questionnaire: Questionnaire, tables: Sequence[Selection]) -> tuple[Selection, ...]:
    count = sum(len(one.questions) for one in tables)
    _count(questionnaire.path, count, "Name one sheet with --sheet, or divide the file")
    return with_standards(tables)


def _count(path: Path, count: int, step: str) -> None:
    if count > MOST_QUESTIONS:
        raise QuestionFileError(
            f"{path}: {count:,} questions, the limit is {MOST_QUESTIONS:,}. {step}"
        )


def _nothing(path: Path, sheet: Sheet, column: int) -> QuestionFileError:
    where = f"{path}{f', sheet {sheet.name}' if sheet.name else ''}"
    return QuestionFileError(
        f"{where}: no question found in column {letter(column)}. Name the right one with "
        "--column (its title, letter or number), or the sheet with --sheet"
    )
