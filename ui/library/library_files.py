"""Approved answers as CSV files and workbooks: read as any questionnaire, written to be read again.

No cell that is written computes anything (decision 0009): what would begin a formula gets an
apostrophe, which is taken off where such a file is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from assistant.library.transfer import Cells, is_export
from ui.errors import LibraryFileError
from ui.library.filled_rows import filled_rows
from ui.questionnaires.files import read_questionnaire
from ui.questionnaires.types import Format
from ui.shared.cells import csv_cell, neutral
from ui.shared.table_book import workbook_of

_WIDTHS = (60, 60, 24, 24, 14, 24, 14, 14, 40, 16, 60, 40, 24, 60)
"""Characters that each column of an export shows."""


def read_library_file(path: Path, sheet: str | None = None) -> tuple[Cells, ...]:
    """Return the rows of a filled questionnaire; raise QuestionFileError or LibraryFileError.

    All sheets that ask and are answered, or the one that is named. An export of the library, and
    a table that is not understood as a questionnaire, goes by the titles of its longest sheet.
    """
    questionnaire = read_questionnaire(path)
    if questionnaire.format is Format.JSONL:
        raise LibraryFileError(f"{path}: approved answers come in CSV and .xlsx. Give one of these")
    named = {one.name: one for one in questionnaire.sheets}
    if sheet is not None and sheet not in named:
        raise LibraryFileError(f"{path}: no sheet {sheet!r}. There are {', '.join(named)}")
    shown = [one for one in questionnaire.sheets if not one.hidden] or questionnaire.sheets
    chosen = named[sheet] if sheet is not None else max(shown, key=lambda one: len(one.rows))
    if not chosen.rows:
        what = "drawings and no text" if chosen.drawn else "no text"
        raise LibraryFileError(f"{path}: holds {what}. Give a questionnaire that is filled in")
    plain = tuple(Cells(row.number, row.cells) for row in chosen.rows)
    if is_export(plain):
        return plain
    return filled_rows(questionnaire, sheet) or plain


def written_library(path: Path, rows: Sequence[Sequence[str]]) -> bytes:
    """Return the content of a file of approved answers; raise LibraryFileError for its ending."""
    if path.suffix.lower() == ".csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            tuple(csv_cell(cell) for cell in row) for row in rows
        )
        # The mark tells Excel that the text is UTF-8.
        return ("\ufeff" + out.getvalue()).encode()
    if path.suffix.lower() == ".xlsx":
        safe = [tuple(neutral(cell) for cell in row) for row in rows]
        return workbook_of("Approved answers", safe, _WIDTHS)
    raise LibraryFileError(f"{path}: approved answers go to .csv or .xlsx. Name the file so")
