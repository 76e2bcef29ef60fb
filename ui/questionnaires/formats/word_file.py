"""Questionnaires in Word: tables and running text are read, answers are written in their place.

Only the part with the text is changed; every other part of the archive is copied byte for byte.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.formats import Unusable
from ui.questionnaires.formats.office_check import BROKEN, DOCUMENT
from ui.questionnaires.formats.office_xml import parsed, written
from ui.questionnaires.formats.running_text import NAME, Paragraph, prose_sheet
from ui.questionnaires.formats.types import MOST_COLUMNS, Filled, Sources, check_sheets
from ui.questionnaires.formats.word_tree import (
    Numbers,
    attribute,
    cells_of,
    paragraphs_of,
    tables_of,
    text_of,
    values_of,
)
from ui.questionnaires.formats.word_writing import (
    add_after,
    add_to_cell,
    add_to_end,
    fill_cell,
)
from ui.questionnaires.types import MOST_ROWS, Area, Choice, Row, Sheet

_TEXT = "word/document.xml"
_STYLES = "word/styles.xml"
_TABLE = "Table "
_HEADINGS = ("heading", "title", "subtitle")
_LONGEST_BOLD = 12
"""Words of a line that is a heading for being bold alone."""


@dataclass(frozen=True, slots=True)
class InPlace:
    """What is written into a table or the running text."""

    sheet: str
    filled: tuple[Filled, ...]
    """For empty cells of the customer."""
    after: tuple[Filled, ...]
    """For where no cell waits: below the text that stands in a cell, or after a paragraph."""


def read_document(content: bytes) -> tuple[Sheet, ...]:
    """Return running text and tables of a document that `check_office` let through.

    Raises Unusable for one that cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = parsed(archive.read(_TEXT))
            styles = _styles(archive)
        sheets = (
            prose_sheet(_paragraphs(root, styles)),
            *(_table(number, one) for number, one in enumerate(tables_of(root), 1)),
        )
    except BROKEN as error:
        raise DOCUMENT.damaged(error) from error
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise Unusable(f"has more than {MOST_ROWS:,} rows", "Divide the document")
    check_sheets(sheets)
    return sheets


def with_answers_in_place(content: bytes, writings: Sequence[InPlace], sources: Sources) -> bytes:
    """Return the document with answers in empty cells and after questions, sources at its end.

    Raises Unusable for one that cannot be written into.
    """
    target = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(target, "w") as archive,
        ):
            root = parsed(source.read(_TEXT))
            # Looked up before anything is added, for what is added counts too.
            paragraphs, tables = list(paragraphs_of(root)), tables_of(root)
            for one in writings:
                _write(one, paragraphs, tables)
            add_to_end(root, sources)
            archive.comment = source.comment
            for info in source.infolist():
                body = written(root) if info.filename == _TEXT else source.read(info)
                archive.writestr(info, body)
    except BROKEN as error:
        raise DOCUMENT.damaged(error) from error
    return target.getvalue()


def _write(writing: InPlace, paragraphs: Sequence[Any], tables: Sequence[Any]) -> None:
    if writing.sheet == NAME:
        for one in writing.after:
            add_after(paragraphs[one.row - 1], one.text)
        return
    number = int(writing.sheet.removeprefix(_TABLE))
    cells = {(one.row, one.column): one for one in cells_of(tables[number - 1])}
    for one in writing.filled:
        cell = cells.get((one.row, one.column))
        if cell is not None and not cell.goes_on and not text_of(cell.element):
            fill_cell(cell.element, one.text)
    for one in writing.after:
        if (cell := cells.get((one.row, one.column))) is not None:
            add_to_cell(cell.element, one.text)


def _table(number: int, table: Any) -> Sheet:
    cells = list(cells_of(table))
    rows: dict[int, dict[int, str]] = {}
    for one in cells:
        text = "" if one.goes_on else text_of(one.element)
        if one.column >= MOST_COLUMNS:
            raise Unusable(f"has more than {MOST_COLUMNS} columns in a table", "Divide the table")
        rows.setdefault(one.row, {})[one.column] = text
    choices = (
        Choice(Area(one.row, one.column, one.row, one.column), values)
        for one in cells
        if (values := values_of(one.element))
    )
    filled = (
        Row(row, tuple(told.get(place, "") for place in range(max(told) + 1)))
        for row, told in rows.items()
    )
    return Sheet(
        f"{_TABLE}{number}",
        tuple(row for row in filled if any(row.cells)),
        merged=tuple(_merged(cells)),
        choices=tuple(choices),
    )


def _merged(cells: Sequence[Any]) -> Iterator[Area]:
    """Yield the areas of cells that take several columns or rows."""
    ends: dict[tuple[int, int], int] = {}
    open_at: dict[int, tuple[int, int]] = {}
    widths: dict[tuple[int, int], int] = {}
    for one in cells:
        if not one.goes_on or one.column not in open_at:
            open_at[one.column] = (one.row, one.column)
            widths[one.row, one.column] = one.width
        ends[open_at[one.column]] = one.row
    for (row, column), last in ends.items():
        width = widths[row, column]
        if last > row or width > 1:
            yield Area(row, column, last, column + width - 1)


def _paragraphs(root: Any, styles: Sequence[Any]) -> Iterator[Paragraph]:
    headings = frozenset(_heading_styles(styles))
    numbers = Numbers(dict(_numbered_styles(styles)))
    for number, one in enumerate(paragraphs_of(root), 1):
        text = text_of(one)
        label = numbers.of(one)
        yield Paragraph(number, text, label, _is_heading(one, text, headings))


def _is_heading(paragraph: Any, text: str, headings: frozenset[str]) -> bool:
    style = paragraph.find("{*}pPr/{*}pStyle")
    if style is not None and attribute(style, "val") in headings:
        return not text.endswith("?")
    runs = [one for one in paragraph.iterfind("{*}r") if one.find("{*}t") is not None]
    bold = bool(runs) and all(_is_bold(one) for one in runs)
    return bold and len(text.split()) <= _LONGEST_BOLD and not text.endswith("?")


def _is_bold(run: Any) -> bool:
    bold = run.find("{*}rPr/{*}b")
    return bold is not None and attribute(bold, "val") not in ("0", "false")


def _styles(archive: zipfile.ZipFile) -> Sequence[Any]:
    if _STYLES not in archive.namelist():
        return ()
    found: Sequence[Any] = parsed(archive.read(_STYLES)).findall("{*}style")
    return found


def _heading_styles(styles: Sequence[Any]) -> Iterator[str]:
    for style in styles:
        name = style.find("{*}name")
        told = "" if name is None else attribute(name, "val") or ""
        if told.casefold().startswith(_HEADINGS):
            yield attribute(style, "styleId") or ""


def _numbered_styles(styles: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for style in styles:
        numbers = style.find("{*}pPr/{*}numPr")
        if numbers is not None:
            yield attribute(style, "styleId") or "", numbers
