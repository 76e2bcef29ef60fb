"""A questionnaire of any format, read from a file and written with its answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ui.errors import QuestionFileError
from ui.questionnaires import answer_columns
from ui.questionnaires.answer_columns import Answered
from ui.questionnaires.formats.csv_file import parse_large_csv, with_cells
from ui.questionnaires.formats.office_file import (
    answer_word,
    answer_workbook,
    read_word,
    read_workbook,
)
from ui.questionnaires.formats.pdf_file import read_pdf
from ui.questionnaires.formats.types import Filled, Writing
from ui.questionnaires.formats.word_file import InPlace
from ui.questionnaires.formats.xlsx_file import as_workbook
from ui.questionnaires.jsonl_file import read_cases
from ui.questionnaires.types import (
    CORRECTED,
    Case,
    Format,
    Question,
    Questionnaire,
    Row,
    Selection,
    Sheet,
)
from ui.shared.cells import csv_cell, neutral

LARGEST_MB = 25
"""Of a file of questions."""
FORMATS = {
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".xlsx": Format.WORKBOOK,
    ".xlsm": Format.WORKBOOK,
    ".docx": Format.WORD,
    ".docm": Format.WORD,
    ".pdf": Format.PDF,
}
_OF_PDF = "a PDF is answered in a workbook with its questions"


def format_of(path: Path) -> Format:
    """Return the format that a file's name tells; raise QuestionFileError."""
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise QuestionFileError(
            f"{path}: not a file of questions. Give {', '.join(FORMATS)}"
        ) from None


def read_content(path: Path) -> bytes:
    """Return the bytes of a file of questions; raise QuestionFileError if it is too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST_MB * 2**20:
            raise QuestionFileError(
                f"{path}: has {size / 2**20:.1f} MB, the limit is {LARGEST_MB}. Divide the file, "
                "or take out pictures and sheets without questions"
            )
        return path.read_bytes()
    except OSError as error:
        raise QuestionFileError(
            f"{path}: cannot be read ({error.strerror}). Check the file"
        ) from error


def read_questionnaire(path: Path) -> Questionnaire:
    """Read a file of questions; raise QuestionFileError naming file, cause and next step."""
    form = format_of(path)
    if form is Format.JSONL:
        cases = read_cases(path)
        return Questionnaire(path, form, (_sheet_of(cases),), cases)
    content = read_content(path)
    if form is Format.WORKBOOK:
        book = read_workbook(path, content)
        return Questionnaire(path, form, book.sheets, notes=book.notes)
    if form is Format.WORD:
        book = read_word(path, content)
        return Questionnaire(path, form, book.sheets, notes=book.notes)
    if form is Format.PDF:
        return Questionnaire(path, form, read_pdf(path, content), notes=(_OF_PDF,))
    if content.startswith(b"PK\3\4"):
        raise QuestionFileError(f"{path}: is a workbook or an archive. Name it .xlsx if it is one")
    file = parse_large_csv(path, content)
    return Questionnaire(path, form, (file.sheet,), notes=file.notes)


def cases_of(
    questionnaire: Questionnaire, tables: Sequence[Selection], key: str
) -> tuple[Case, ...]:
    """Return what is asked, in order; ids of rows begin with a key, those of JSONL are its own."""
    if questionnaire.format is Format.JSONL:
        return questionnaire.cases
    return tuple(
        Case(f"{key}:{number}:{one.row}", _turns(table, one), one.context, one.allowed)
        for number, table in enumerate(tables, 1)
        for one in table.questions
    )


def output_suffix(source: Path) -> str:
    """Return how the file of answers to a file of questions ends."""
    return ".xlsx" if format_of(source) is Format.PDF else source.suffix


def answered_file(questionnaire: Questionnaire, tables: Sequence[Answered]) -> bytes:
    """Return a file with the replies in the customer's columns and beside the questions."""
    path, form = questionnaire.path, questionnaire.format
    content = as_workbook(questionnaire.sheets) if form is Format.PDF else read_content(path)
    if not tables:
        return content
    if form is Format.CSV:
        for writing in _writings(tables, citations=True):
            filled = [replace(one, text=csv_cell(one.text)) for one in writing.filled]
            added = {row: tuple(map(csv_cell, cells)) for row, cells in writing.added.items()}
            content = with_cells(parse_large_csv(path, content), filled, added)
        return content
    sources = answer_columns.sources(tables)
    if form is Format.WORD:
        return answer_word(path, content, [_in_place(one) for one in tables], sources)
    return answer_workbook(path, content, _writings(tables, citations=False), sources)


def corrected_line(line: str, correction: str) -> str:
    """Return a line of answers with what a person wrote in place of the answer, if they did."""
    if not correction:
        return line
    row = json.loads(line)
    row |= {"corrected_answer": correction, "verdict": CORRECTED}
    return json.dumps(row, ensure_ascii=False)


def _turns(table: Selection, question: Question) -> tuple[str, ...]:
    """Return what is said to ask a question: first the one that it goes on from, if it does."""
    follows = question.context.follows
    before = (one.text for one in table.questions if one.row == follows)
    return (*before, question.text)


def _writings(tables: Sequence[Answered], *, citations: bool) -> tuple[Writing, ...]:
    """Return what is written into each sheet; tables of one column get their columns together."""
    places = dict.fromkeys((one.selection.sheet, one.selection.column) for one in tables)
    return tuple(
        _writing(
            [one for one in tables if (one.selection.sheet, one.selection.column) == place],
            citations=citations,
        )
        for place in places
    )


def _writing(tables: Sequence[Answered], *, citations: bool) -> Writing:
    first = tables[0].selection
    filled = tuple(cell for one in tables for cell in answer_columns.own_cells(one))
    beside = citations or not all(answer_columns.takes_words(one.selection) for one in tables)
    if not beside:
        return Writing(first.sheet, first.column, filled, {})
    columns = answer_columns.added_columns(tables, citations=citations)
    added = {
        row: answer_columns.cells(columns, reply)
        for one in tables
        for row, reply in one.replies.items()
    }
    for one in tables:
        header = one.selection.header
        if header is not None:
            added[header] = answer_columns.titles(columns, one.selection.titles)
    return Writing(first.sheet, first.column, filled, added)


def _in_place(table: Answered) -> InPlace:
    """Return what is written into a document; what no cell takes follows its question."""
    selection = table.selection
    after = (
        Filled(one.row, selection.column, text)
        for one in selection.questions
        if (reply := table.replies.get(one.row)) is not None
        and (text := neutral(reply.own_words))
        and not answer_columns.has_place(selection, one)
    )
    return InPlace(selection.sheet, answer_columns.own_cells(table), tuple(after))


def _sheet_of(cases: tuple[Case, ...]) -> Sheet:
    rows = (Row(number, (case.id, case.turns[-1])) for number, case in enumerate(cases, 1))
    return Sheet("", tuple(rows))
