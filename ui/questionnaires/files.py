"""A questionnaire of any format, read from a file and written with its answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ui.errors import QuestionFileError
from ui.questionnaires import answer_columns
from ui.questionnaires.csv_file import parse_csv, with_columns
from ui.questionnaires.jsonl_file import read_cases
from ui.questionnaires.types import (
    CORRECTED,
    Case,
    Format,
    Questionnaire,
    Reply,
    Row,
    Selection,
    Sheet,
)
from ui.questionnaires.xlsx_check import check_workbook
from ui.questionnaires.xlsx_file import read_sheets, with_cells

LARGEST_MB = 25
"""Of a file of questions."""
FORMATS = {
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".xlsx": Format.WORKBOOK,
    ".xlsm": Format.WORKBOOK,
}


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
        notes = check_workbook(path, content)
        return Questionnaire(path, form, read_sheets(path, content), notes=notes)
    if content.startswith(b"PK\3\4"):
        raise QuestionFileError(f"{path}: is a workbook or an archive. Name it .xlsx if it is one")
    file = parse_csv(path, content)
    return Questionnaire(path, form, (file.sheet,), notes=file.notes)


def cases_of(questionnaire: Questionnaire, selection: Selection, key: str) -> tuple[Case, ...]:
    """Return what is asked, in order; ids of rows begin with a key, those of JSONL are its own."""
    if questionnaire.format is Format.JSONL:
        return questionnaire.cases
    return tuple(Case(f"{key}:{one.row}", (one.text,)) for one in selection.questions)


def answered_table(path: Path, selection: Selection, replies: Mapping[int, Reply]) -> bytes:
    """Return a CSV file or workbook with the replies, by row, beside its questions."""
    content = read_content(path)
    corrected = answer_columns.has_corrections(replies.values())
    approved = answer_columns.has_approved(replies.values())
    added = {
        row: answer_columns.cells(reply, corrected=corrected, approved=approved)
        for row, reply in replies.items()
    }
    if selection.header is not None:
        added[selection.header] = answer_columns.titles(
            selection.titles, corrected=corrected, approved=approved
        )
    if format_of(path) is Format.WORKBOOK:
        return with_cells(path, content, selection, added)
    return with_columns(parse_csv(path, content), added)


def corrected_line(line: str, correction: str) -> str:
    """Return a line of answers with what a person wrote in place of the answer, if they did."""
    if not correction:
        return line
    row = json.loads(line)
    row |= {"corrected_answer": correction, "verdict": CORRECTED}
    return json.dumps(row, ensure_ascii=False)


def _sheet_of(cases: tuple[Case, ...]) -> Sheet:
    rows = (Row(number, (case.id, case.turns[-1])) for number, case in enumerate(cases, 1))
    return Sheet("", tuple(rows))
