"""A sheet of sources, added to a workbook behind its own sheets, with links back to them."""

from __future__ import annotations

import itertools
import posixpath
import re
import zipfile
from typing import Any

from ui.questionnaires.cell_names import letter
from ui.questionnaires.formats.office_xml import parsed, written
from ui.questionnaires.formats.types import Sources
from ui.questionnaires.formats.xlsx_parts.xlsx_sheet import text_cell
from ui.questionnaires.formats.xlsx_parts.xlsx_styles import WrappedStyles

_NAME = "Sources"
_LONGEST_NAME = 31
_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WIDTHS = {"Question": 48, "Answer": 48, "Document": 40, "Section": 40, "Quotation": 64}
_WIDTH = 18
"""Of the other columns, in characters."""
_KEY = re.compile(r"rId(\d+)")


def with_sources(
    archive: zipfile.ZipFile, sources: Sources, styles: WrappedStyles
) -> dict[str, bytes]:
    """Return the parts that a workbook with a sheet of sources has anew or otherwise."""
    part = _free_part(archive)
    book, links = parsed(archive.read(_BOOK)), parsed(archive.read(_LINKS))
    types = parsed(archive.read(_TYPES))
    key = _free_key(links)
    _add_sheet(book, key)
    target = posixpath.relpath(part, "xl")
    _append(links, "Relationship", {"Id": key, "Type": f"{_RELATIONS}/worksheet", "Target": target})
    _append(types, "Override", {"PartName": f"/{part}", "ContentType": _SHEET_TYPE})
    return {
        _BOOK: written(book),
        _LINKS: written(links),
        _TYPES: written(types),
        part: _sheet(sources, styles),
    }


def _sheet(sources: Sources, styles: WrappedStyles) -> bytes:
    root = parsed(f'<worksheet xmlns="{_MAIN}"/>'.encode())
    columns = _append(root, "cols", {})
    for place, title in enumerate(sources.titles, 1):
        width = str(_WIDTHS.get(title, _WIDTH))
        told = {"min": str(place), "max": str(place), "width": width, "customWidth": "1"}
        _append(columns, "col", told)
    data = _append(root, "sheetData", {})
    style = styles.wrapped("0")
    every = (sources.titles, *(one.cells for one in sources.rows))
    for number, cells in enumerate(every, 1):
        row = _append(data, "row", {"r": str(number)})
        for place, text in enumerate(cells):
            row.append(text_cell(row, f"{{{_MAIN}}}", f"{letter(place)}{number}", text, style))
    if sources.rows:
        links = _append(root, "hyperlinks", {})
        for number, one in enumerate(sources.rows, 2):
            name = one.sheet.replace("'", "''")
            location = f"'{name}'!{letter(one.column)}{one.row}"
            _append(links, "hyperlink", {"ref": f"A{number}", "location": location})
    return written(root)


def _add_sheet(book: Any, key: str) -> None:
    sheets = book.find("{*}sheets")
    names = {str(one.get("name", "")).casefold() for one in sheets}
    numbers = [int(one.get("sheetId", "0")) for one in sheets]
    name = next(
        one
        for number in itertools.count(1)
        if (one := _NAME if number == 1 else f"{_NAME} ({number})").casefold() not in names
    )
    told = {"name": name[:_LONGEST_NAME], "sheetId": str(max(numbers, default=0) + 1)}
    _append(sheets, "sheet", told).set(f"{{{_RELATIONS}}}id", key)


def _append(parent: Any, name: str, attributes: dict[str, str]) -> Any:
    space = parent.tag[: parent.tag.rfind("}") + 1]
    element = parent.makeelement(f"{space}{name}", attributes)
    parent.append(element)
    return element


def _free_part(archive: zipfile.ZipFile) -> str:
    names = {name.casefold() for name in archive.namelist()}
    return next(
        part
        for number in itertools.count(1)
        if (part := f"xl/worksheets/sheet{number}.xml") not in names
    )


def _free_key(links: Any) -> str:
    taken = [int(match[1]) for one in links if (match := _KEY.fullmatch(one.get("Id", "")))]
    return f"rId{max(taken, default=0) + 1}"
