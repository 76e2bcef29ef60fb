"""Questionnaires in a workbook: read with openpyxl, written by changing the one sheet.

openpyxl would lose charts, pictures, pivot tables and macros when it saves a workbook, so it
only reads; every other part of the archive is copied byte for byte.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ui.errors import QuestionFileError
from ui.questionnaires.types import MOST_ROWS, Row, Selection, Sheet
from ui.questionnaires.xlsx_check import BROKEN

MOST_COLUMNS = 512
"""Columns that are read; what lies to their right is kept, not seen."""


def read_sheets(path: Path, content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that `check_workbook` let through.

    Formulas show the value that was last computed. Raises QuestionFileError.
    """
    from openpyxl import load_workbook

    source = io.BytesIO(content)
    try:
        book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
        try:
            return tuple(
                Sheet(page.title, tuple(_rows(path, page)), page.sheet_state != "visible")
                for page in book.worksheets
            )
        finally:
            book.close()
    except BROKEN as error:
        raise _damaged(path, error) from error


def with_cells(
    path: Path, content: bytes, selection: Selection, added: Mapping[int, tuple[str, ...]]
) -> bytes:
    """Return the workbook with cells beside the questions, by row; the titles are one of them."""
    from ui.questionnaires.xlsx_sheet import fill, part_of

    target = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(target, "w") as written,
        ):
            part = part_of(source, selection.sheet)
            written.comment = source.comment
            for info in source.infolist():
                body = source.read(info)
                if info.filename == part:
                    body = fill(body, selection.column, added)
                written.writestr(info, body)
    except BROKEN as error:
        raise _damaged(path, error) from error
    return target.getvalue()


def _rows(path: Path, page: Any) -> Iterator[Row]:
    # What a sheet says of its size is often wrong, and the rows tell it themselves.
    page.reset_dimensions()
    seen = 0
    for number, values in enumerate(page.iter_rows(values_only=True), 1):
        cells = _shown(values[:MOST_COLUMNS])
        if cells:
            seen += 1
            if seen > MOST_ROWS:
                raise QuestionFileError(
                    f"{path}, sheet {page.title}: more than {MOST_ROWS:,} rows. Divide the sheet"
                )
            yield Row(number, cells)


def _shown(values: Sequence[object]) -> tuple[str, ...]:
    """Return what is seen in the cells of a row, up to the last that is filled."""
    last = next((n for n in range(len(values), 0, -1) if values[n - 1] is not None), 0)
    cells = [_text(value) for value in values[:last]]
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _damaged(path: Path, error: Exception) -> QuestionFileError:
    return QuestionFileError(
        f"{path}: is a damaged workbook ({error}). Open it in a spreadsheet program and save it "
        "anew as .xlsx"
    )
