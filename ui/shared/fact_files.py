"""Rows of statements as CSV, JSON, JSONL and workbooks that compute nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date
from enum import StrEnum
from typing import Any

from ui.shared.cells import cell_text, csv_cell
from ui.shared.fact_rows import FactRow

COLUMNS = tuple(field.name for field in fields(FactRow))
_WIDTHS = {
    "statement": 60, "value": 60, "quote": 60, "conditions": 40, "exceptions": 40, "title": 40,
    "section": 40, "set_title": 40, "placed": 30,
}  # fmt: skip
_MOST_LINKS = 65_530
"""Links of a sheet that Excel opens."""
_WIDTH = 18
"""Characters that a column of a workbook shows, where nothing else is said."""


class TableFormat(StrEnum):
    """A file that rows can be exported to; the value is the ending of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    JSONL = "jsonl"


def exported(rows: Sequence[FactRow], form: TableFormat) -> bytes:
    """Return the bytes of a file of rows."""
    if form is TableFormat.CSV:
        # The mark tells Excel that the text is UTF-8.
        return ("\ufeff" + csv_text(rows)).encode()
    if form is TableFormat.JSON:
        return json_text(rows).encode()
    if form is TableFormat.JSONL:
        return jsonl_text(rows).encode()
    return workbook(rows)


def csv_text(rows: Iterable[FactRow]) -> str:
    """Return rows as CSV, the titles of the columns first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([csv_cell(_shown(value)) for value in _values(row)] for row in rows)
    return out.getvalue()


def json_text(rows: Iterable[FactRow]) -> str:
    """Return rows as a JSON list of objects, every value as it is."""
    return json.dumps([plain(row) for row in rows], ensure_ascii=False, indent=1)


def jsonl_text(rows: Iterable[FactRow]) -> str:
    """Return rows as JSON objects, one a line."""
    return "".join(f"{json.dumps(plain(row), ensure_ascii=False)}\n" for row in rows)


def plain(row: FactRow) -> dict[str, Any]:
    """Return a row as plain JSON values."""
    return {**asdict(row), "as_of": row.as_of.isoformat() if row.as_of else None}


def workbook(rows: Sequence[FactRow]) -> bytes:
    """Return rows as a workbook (XLSX): every cell is text or a number, none is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "Facts"
    sheet.append(COLUMNS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(_values(row), start=1):
            _fill(sheet.cell(number, place), _shown(value))
        if row.source.startswith("https://") and number <= _MOST_LINKS:
            sheet.cell(number, COLUMNS.index("source") + 1).hyperlink = row.source
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for place, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, _WIDTH)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(cell: Any, value: object) -> None:
    """Write a value so that it is shown as it is: a number, else text whatever it begins with."""
    if isinstance(value, int) and not isinstance(value, bool):
        cell.value = value
        return
    cell.value = cell_text(value)
    cell.data_type = "s"


def _values(row: FactRow) -> Iterable[object]:
    return (getattr(row, name) for name in COLUMNS)


def _shown(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
