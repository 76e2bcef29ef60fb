"""A table as a workbook of one sheet that computes nothing."""

from __future__ import annotations

import io
from collections.abc import Sequence


def workbook_of(title: str, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bytes:
    """Return a workbook (XLSX) of rows, the titles first: every cell is text, wrapped.

    `widths` are the characters that each column shows.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = text
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
