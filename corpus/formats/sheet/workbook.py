"""A workbook to Markdown: a section for each sheet that is shown, with its tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import ParseError

from corpus.formats.archive_check import BROKEN, Kind, check_archive
from corpus.formats.markdown_writer import escaped, heading
from corpus.formats.sheet.number_format import shown
from corpus.formats.sheet.sheet_parts import Parts, drawn, marked, read_parts
from corpus.formats.sheet.sheet_tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    SheetWriter,
    Shown,
    too_large,
)
from corpus.formats.types import Extracted, LeftOut, counted

_WORKBOOK = Kind("workbook", ".xlsx", "xl/workbook.xml", "Excel (.xls)")
_LAST_ROW = 2**20
_LAST_COLUMN = 1_000
_MALFORMED = (
    *BROKEN, ArithmeticError, AttributeError, LookupError, ParseError, SyntaxError, TypeError,
)  # fmt: skip
"""What reading malformed XML of a workbook raises."""


def from_xlsx(content: bytes) -> Extracted:
    """Return the sheets of a workbook as Markdown; formulas are the values they had last."""
    check_archive(content, _WORKBOOK)
    try:
        return _Workbook(content).extracted()
    except _MALFORMED as error:
        raise _WORKBOOK.damaged(str(error)) from error


class _Workbook:
    """One pass over the sheets of one workbook."""

    def __init__(self, content: bytes) -> None:
        from openpyxl import load_workbook

        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.book = load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False, rich_text=True
        )
        self.left_out: list[tuple[str, str]] = []
        self.rows = 0

    def extracted(self) -> Extracted:
        """Return the text of all sheets, and what was left out."""
        with self.archive:
            writer = SheetWriter()
            blocks: list[str] = []
            for page in self.book.worksheets:
                if page.sheet_state != "visible":
                    self.left_out.append(("hidden sheet", page.title))
                    continue
                found = writer.blocks(self._sheet(page))
                blocks.extend([heading(2, escaped(page.title)), *found] if found else [])
            self.left_out.extend(drawn(self.archive))
            title = str(self.book.properties.title or "")
            self.book.close()
        text = "\n\n".join(blocks)
        left_out: tuple[LeftOut, ...] = counted(self.left_out)
        return Extracted(f"{text}\n" if text else "", True, title=title, left_out=left_out)

    def _sheet(self, page: Any) -> Iterator[Row]:
        # What a sheet says of its size is often wrong, and the rows tell it themselves.
        page.reset_dimensions()
        parts = read_parts(self.archive, page._worksheet_path)
        first: dict[tuple[int, int], Shown] = {}
        starts = set(parts.covered.values())
        hidden: dict[int, str] = {}
        columns: set[int] = set()
        width = min(max(1, parts.width), _LAST_COLUMN)
        for number, cells in enumerate(page.iter_rows(max_row=_LAST_ROW, max_col=width), 1):
            row = [
                self._cell(cell, (number, column), parts, first, starts)
                for column, cell in enumerate(cells, 1)
            ]
            said = " ".join(cell.text for cell in row if not cell.covered and cell.text)
            if number in parts.hidden_rows:
                self.left_out.extend([("hidden row", said)] if said else [])
                continue
            self._count(row, columns)
            for column, cell in enumerate(row, 1):
                if cell.text and not cell.covered and parts.hides_column(column):
                    hidden.setdefault(column, cell.text)
            yield [cell for n, cell in enumerate(row, 1) if not parts.hides_column(n)]
        self.left_out.extend(("hidden column", said) for said in hidden.values())

    def _count(self, row: Row, columns: set[int]) -> None:
        filled = {n for n, cell in enumerate(row) if cell.text and not cell.covered}
        columns |= filled
        self.rows += bool(filled)
        if self.rows > MOST_ROWS:
            raise too_large(f"{MOST_ROWS:,} rows")
        if len(columns) > MOST_COLUMNS:
            raise too_large(f"{MOST_COLUMNS} columns")

    def _cell(
        self,
        cell: Any,
        place: tuple[int, int],
        parts: Parts,
        first: dict[tuple[int, int], Shown],
        starts: set[tuple[int, int]],
    ) -> Shown:
        origin = parts.covered.get(place)
        if origin is not None:
            above = first.get(origin, Shown())
            return replace(above, note="", covered=True)
        if cell.value is None:
            return Shown()
        font = cell.font
        text, marked_up = _text(cell)
        if place in parts.struck:
            text, marked_up = parts.struck[place], True
        found = Shown(
            text.strip(),
            struck=bool(font is not None and font.strike),
            bold=bool(font is not None and font.bold),
            note=parts.notes.get(place, ""),
            marked_up=marked_up,
        )
        if place in starts:
            first[place] = found
        return found


def _text(cell: Any) -> tuple[str, bool]:
    """Return what a cell shows, and whether parts of it that are struck are marked."""
    from openpyxl.cell.rich_text import CellRichText

    value = cell.value
    if not isinstance(value, CellRichText):
        return shown(value, cell.number_format), False
    parts = [
        marked(str(part), struck=bool(getattr(getattr(part, "font", None), "strike", False)))
        for part in value
    ]
    return "".join(parts), True
