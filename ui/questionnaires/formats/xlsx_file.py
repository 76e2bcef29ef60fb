"""Questionnaires in a workbook: read with openpyxl, written by changing the sheets that ask.

openpyxl would lose charts, pictures, pivot tables and macros when it saves a workbook, so it
only reads; every other part of the archive is copied byte for byte.
"""

from __future__ import annotations

import datetime
import io
import itertools
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.formats import Unusable
from ui.questionnaires.cell_names import letter
from ui.questionnaires.formats.office_check import BOOK, BROKEN
from ui.questionnaires.formats.types import MOST_COLUMNS, Sources, Writing, check_sheets
from ui.questionnaires.formats.xlsx_parts import xlsx_styles
from ui.questionnaires.formats.xlsx_parts.xlsx_marks import with_marks
from ui.questionnaires.formats.xlsx_parts.xlsx_sheet import fill, parts_of
from ui.questionnaires.formats.xlsx_parts.xlsx_sources import with_sources
from ui.questionnaires.types import MOST_ROWS, Row, Sheet

_LAST_ROW = 2**20
"""Of any sheet; a file may say that a row is a number of many digits."""
_WIDTH = 36
"""Of the columns of a workbook that is made, in characters."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook, read."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    """What of it is not read."""


def read_book(content: bytes) -> Book:
    """Return the sheets of a workbook that `check_office` let through.

    Formulas show the value that was last computed. A sheet of too many rows is left out, and
    said to be. Raises Unusable, for a workbook of nothing else too.
    """
    from openpyxl import load_workbook

    source = io.BytesIO(content)
    try:
        book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
        try:
            found = {page.title: _sheet(page) for page in book.worksheets}
        finally:
            book.close()
        check_sheets([one for one in found.values() if one is not None])
        sheets = with_marks(content, [one for one in found.values() if one is not None])
    except BROKEN as error:
        raise BOOK.damaged(error) from error
    long = [name for name, one in found.items() if one is None]
    if long and not any(one.rows for one in sheets):
        raise Unusable(f"has more than {MOST_ROWS:,} rows in sheet {long[0]}", "Divide the sheet")
    return Book(
        sheets,
        tuple(f"sheet {name} has more than {MOST_ROWS:,} rows and is left alone" for name in long),
    )


def with_answers(content: bytes, writings: Sequence[Writing], sources: Sources) -> bytes:
    """Return the workbook with what is written into its sheets, and a sheet of sources.

    Raises Unusable for one that cannot be written into.
    """
    target = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(target, "w") as written,
        ):
            changed = _changed(source, writings, sources)
            written.comment = source.comment
            for info in source.infolist():
                written.writestr(info, changed.pop(info.filename, b"") or source.read(info))
            for name, body in changed.items():
                written.writestr(name, body, zipfile.ZIP_DEFLATED)
    except BROKEN as error:
        raise BOOK.damaged(error) from error
    return target.getvalue()


def as_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook of sheets that come from a file of another kind."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for column in range(sheet.width):
            page.column_dimensions[letter(column)].width = _WIDTH
        number = 0
        for row in sheet.rows:
            for _ in range(row.number - number - 1):
                page.append([])
            number = row.number
            page.append([_wrapped(page, text) for text in row.cells])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _wrapped(page: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(page, text)
    # What a text begins with makes no formula of it.
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _changed(
    source: zipfile.ZipFile, writings: Sequence[Writing], sources: Sources
) -> dict[str, bytes]:
    """Return the parts that are not as they were."""
    parts = parts_of(source)
    styles = xlsx_styles.WrappedStyles(source)
    changed: dict[str, bytes] = {}
    for sheet in dict.fromkeys(one.sheet for one in writings):
        mine = [one for one in writings if one.sheet == sheet]
        changed[parts[sheet]] = fill(source.read(parts[sheet]), mine, styles)
    if sources.rows:
        changed |= with_sources(source, sources, styles)
    body = styles.body()
    return changed | ({xlsx_styles.PART: body} if body else {})


def _sheet(page: Any) -> Sheet | None:
    """Return a sheet; None where it has more rows than are read."""
    rows = tuple(itertools.islice(_rows(page), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        return None
    return Sheet(page.title, rows, page.sheet_state != "visible")


def _rows(page: Any) -> Iterator[Row]:
    # What a sheet says of its size is often wrong, and the rows tell it themselves.
    page.reset_dimensions()
    for number, values in enumerate(page.iter_rows(values_only=True), 1):
        if number > _LAST_ROW:
            return
        cells = _shown(values[:MOST_COLUMNS])
        if cells:
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
