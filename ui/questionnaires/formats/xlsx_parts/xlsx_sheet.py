"""Cells into the XML of one sheet; everything else in it stays."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui.questionnaires.cell_names import letter, place_of
from ui.questionnaires.formats.office_xml import local_name, parsed, space_of, written
from ui.questionnaires.formats.types import Filled, Writing
from ui.questionnaires.formats.xlsx_parts.xlsx_styles import WrappedStyles

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Spreadsheets read `_x000D_` in a text as a character."""
_WIDTH = 48
"""Of the added columns, in characters."""
_LAST_COLUMN = 16_384
_STYLED = 512
"""Columns whose looks are of interest."""
_BEFORE_COLUMNS = frozenset(("sheetPr", "dimension", "sheetViews", "sheetFormatPr"))


def parts_of(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet of a workbook; raise KeyError where one has none."""
    book = parsed(archive.read(_BOOK))
    links = parsed(archive.read(_LINKS))
    targets = {one.get("Id"): one.get("Target", "") for one in links.iterfind("{*}Relationship")}
    return {
        str(one.get("name")): _part(targets[_key(one)])
        for one in book.iterfind("{*}sheets/{*}sheet")
    }


def fill(body: bytes, writings: Sequence[Writing], styles: WrappedStyles) -> bytes:
    """Return a sheet with texts in cells of the customer and in columns that are added.

    Cells that have something stay. Added columns are the first free ones: to the right of the
    question column, if no row has anything there, else to the right of all that is filled or
    merged. Their looks are those of the question's cell. Raises ValueError where the sheet has no
    room or is no sheet.
    """
    root = parsed(body)
    space = space_of(root)
    data = root.find(f"{space}sheetData")
    if data is None:
        raise ValueError("it has a sheet without rows")
    rows = dict(_numbered(data.iterfind(f"{space}row")))
    looks = _column_styles(root, space)
    taken = {one.column for writing in writings for one in writing.filled}
    covered = [one for one in _merged(root, space) if not taken.isdisjoint(one.columns)]
    # Where a column is free is told by what the sheet has before anything is written.
    places = [_free_for(root, space, one, taken) for one in writings]
    for writing, first in zip(writings, places, strict=True):
        for one in writing.filled:
            if one.row in rows and not any(area.covers(one) for area in covered):
                _fill_own(rows[one.row], space, one, writing.column, looks, styles)
        for number, texts in writing.added.items():
            if number in rows and texts:
                _write(rows[number], space, number, writing.column, first, texts, styles)
    return written(root)


def text_cell(row: Any, space: str, reference: str, text: str, style: str | None) -> Any:
    """Return a cell with a text; without one it has its looks alone."""
    cell = row.makeelement(f"{space}c", {"r": reference})
    if style is not None:
        cell.set("s", style)
    _set_text(cell, space, text)
    return cell


def _set_text(cell: Any, space: str, text: str) -> None:
    if not text:
        return
    cell.set("t", "inlineStr")
    holder = cell.makeelement(f"{space}t", {})
    holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    holder.text = _ESCAPE.sub("_x005F_", text)
    inline = cell.makeelement(f"{space}is", {})
    inline.append(holder)
    cell.append(inline)


def _fill_own(
    row: Any,
    space: str,
    filled: Filled,
    column: int,
    looks: Mapping[int, str],
    styles: WrappedStyles,
) -> None:
    """Put a text into a cell of the customer, unless something stands there."""
    cells = _with_names(row, filled.row)
    cell = cells.get(filled.column)
    if cell is not None and len(cell):
        return
    reference = f"{letter(filled.column)}{filled.row}"
    if cell is not None:
        cell.set("s", styles.wrapped(cell.get("s")) or "0")
        _set_text(cell, space, filled.text)
        return
    asked = cells.get(column)
    style = row.get("s") or looks.get(filled.column)
    if style is None and asked is not None:
        style = asked.get("s")
    added = text_cell(row, space, reference, filled.text, styles.wrapped(style))
    row.insert(_position(row, filled.column), added)
    row.attrib.pop("spans", None)


def _column_styles(root: Any, space: str) -> dict[int, str]:
    """Return the looks that columns give to cells that are not there."""
    return {
        place: one.get("style")
        for one in root.iterfind(f"{space}cols/{space}col")
        if one.get("style")
        for place in range(int(one.get("min", 1)) - 1, min(int(one.get("max", 1)), _STYLED))
    }


def _free_for(root: Any, space: str, writing: Writing, taken: set[int]) -> int:
    """Take the columns that are added, made wide enough to be read; return the first."""
    count = max(map(len, writing.added.values()), default=0)
    if not count:
        return 0
    first = _free(root, space, writing.column, count, taken)
    if first + count > _LAST_COLUMN:
        raise ValueError("there is no free column beside the questions")
    taken.update(range(first, first + count))
    _widen(root, space, first, count)
    _resize(root, space, first + count - 1)
    return first


def _key(sheet: Any) -> str:
    # The key of the relation is the only attribute of that name, whatever its namespace.
    return next(str(value) for name, value in sheet.items() if name.endswith("}id"))


def _part(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/")


def _free(root: Any, space: str, column: int, count: int, taken: set[int]) -> int:
    """Return the first of so many free columns, those that are filled in not among them."""
    filled = taken | {
        place
        for row in root.iterfind(f"{space}sheetData/{space}row")
        for place, cell in _placed(row)
        if len(cell)
    }
    for merged in _merged(root, space):
        filled.update(merged.columns)
    beside = range(column + 1, column + 1 + count)
    return column + 1 if filled.isdisjoint(beside) else max(filled) + 1


@dataclass(frozen=True, slots=True)
class _Merged:
    """Cells that are one."""

    rows: range
    columns: range

    def covers(self, cell: Filled) -> bool:
        """Tell whether a cell lies under the first of them, where nothing is seen."""
        first = (cell.row, cell.column) == (self.rows[0], self.columns[0])
        return cell.row in self.rows and cell.column in self.columns and not first


def _merged(root: Any, space: str) -> Iterator[_Merged]:
    for one in root.iterfind(f"{space}mergeCells/{space}mergeCell"):
        start, _, end = one.get("ref", "").partition(":")
        (top, left), (bottom, right) = place_of(start), place_of(end or start)
        if top <= bottom and left <= right:
            yield _Merged(range(top, bottom + 1), range(left, right + 1))


def _numbered(rows: Iterator[Any]) -> Iterator[tuple[int, Any]]:
    number = 0
    for row in rows:
        number = int(row.get("r", number + 1))
        yield number, row


def _placed(row: Any) -> Iterator[tuple[int, Any]]:
    """Yield the cells of a row with their columns; a cell need not say where it is."""
    place = -1
    for cell in row.iterchildren("{*}c"):
        reference = cell.get("r")
        place = _column(reference) if reference else place + 1
        yield place, cell


def _column(reference: str) -> int:
    return place_of(reference)[1]


def _with_names(row: Any, number: int) -> dict[int, Any]:
    """Return the cells of a row; one that lies where it does by its order alone would move."""
    cells = dict(_placed(row))
    for place, cell in cells.items():
        cell.set("r", f"{letter(place)}{number}")
    return cells


def _write(
    row: Any,
    space: str,
    number: int,
    column: int,
    first: int,
    texts: tuple[str, ...],
    styles: WrappedStyles,
) -> None:
    cells = _with_names(row, number)
    style = styles.wrapped(cells[column].get("s") if column in cells else None)
    # It would tell a narrower row than this one is now.
    row.attrib.pop("spans", None)
    for place, text in enumerate(texts, first):
        if place in cells:
            row.remove(cells[place])
        cell = text_cell(row, space, f"{letter(place)}{number}", text, style)
        row.insert(_position(row, place), cell)


def _position(row: Any, place: int) -> int:
    """Return where in a row a cell belongs: before the first one to its right."""
    position = 0
    for found, cell in _placed(row):
        if found > place:
            return int(row.index(cell))
        position = int(row.index(cell)) + 1
    return position


def _widen(root: Any, space: str, first: int, count: int) -> None:
    """Give the added columns a width that can be read, unless the sheet has its own."""
    columns = root.find(f"{space}cols")
    low, high = first + 1, first + count
    if columns is None:
        columns = root.makeelement(f"{space}cols", {})
        before = [n for n, child in enumerate(root) if local_name(child) in _BEFORE_COLUMNS]
        root.insert(max(before, default=-1) + 1, columns)
    ranges = [(int(one.get("min", 0)), int(one.get("max", 0))) for one in columns]
    if any(start <= high and end >= low for start, end in ranges):
        return
    wide = {"min": str(low), "max": str(high), "width": str(_WIDTH), "customWidth": "1"}
    position = sum(start < low for start, _ in ranges)
    columns.insert(position, root.makeelement(f"{space}col", wide))


def _resize(root: Any, space: str, last: int) -> None:
    """Let what the sheet says of its size take in the added columns."""
    dimension = root.find(f"{space}dimension")
    if dimension is None:
        return
    start, _, end = dimension.get("ref", "A1").partition(":")
    row, column = place_of(end or start)
    if column < last:
        dimension.set("ref", f"{start}:{letter(last)}{row}")
