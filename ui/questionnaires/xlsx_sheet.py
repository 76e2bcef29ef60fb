"""Cells into the XML of one sheet; everything else in it stays."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from ui.questionnaires.find_questions import letter

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Spreadsheets read `_x000D_` in a text as a character."""
_WIDTH = 48
"""Of the added columns, in characters."""
_LAST_COLUMN = 16_384
_BEFORE_COLUMNS = frozenset(("sheetPr", "dimension", "sheetViews", "sheetFormatPr"))


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of a sheet's part in a workbook; raise KeyError where it has none."""
    book = _parsed(archive.read(_BOOK))
    names = {one.get("name"): one for one in book.iterfind("{*}sheets/{*}sheet")}
    # The key of the relation is the only attribute of that name, whatever its namespace.
    key = next(value for name, value in names[sheet].items() if name.endswith("}id"))
    links = _parsed(archive.read(_LINKS))
    targets = {one.get("Id"): one.get("Target", "") for one in links.iterfind("{*}Relationship")}
    return posixpath.normpath(posixpath.join("/xl", targets[key])).removeprefix("/")


def fill(body: bytes, column: int, added: Mapping[int, tuple[str, ...]]) -> bytes:
    """Return a sheet with texts in its first free columns, row by row.

    Free means: to the right of the question column, if no row has anything there, else to the
    right of all that is filled or merged. The looks are those of the question's cell.
    Raises ValueError where the sheet has no room or is no sheet.
    """
    from lxml import etree

    root = _parsed(body)
    space = f"{{{etree.QName(root).namespace}}}"
    data = root.find(f"{space}sheetData")
    if data is None:
        raise ValueError("it has a sheet without rows")
    count = max(map(len, added.values()))
    first = _free(root, space, column, count)
    if first + count > _LAST_COLUMN:
        raise ValueError("there is no free column beside the questions")
    for number, row in _numbered(data.iterfind(f"{space}row")):
        if number in added:
            _write(row, space, number, column, first, added[number])
    _widen(root, space, first, count)
    _resize(root, space, first + count - 1)
    tree: Any = root.getroottree()
    standalone = tree.docinfo.standalone
    return bytes(
        etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=standalone)
    )


def _parsed(body: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(body, parser)


def _free(root: Any, space: str, column: int, count: int) -> int:
    """Return the first of so many free columns."""
    filled = {
        place
        for row in root.iterfind(f"{space}sheetData/{space}row")
        for place, cell in _placed(row)
        if len(cell)
    }
    for merged in root.iterfind(f"{space}mergeCells/{space}mergeCell"):
        start, _, end = merged.get("ref", "").partition(":")
        filled.update(range(_column(start), _column(end or start) + 1))
    beside = range(column + 1, column + 1 + count)
    return column + 1 if filled.isdisjoint(beside) else max(filled) + 1


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
    match = _REFERENCE.match(reference.replace("$", ""))
    if match is None:
        raise ValueError(f"{reference!r} names no cell")
    number = 0
    for character in match[1]:
        number = number * 26 + ord(character) - ord("A") + 1
    return number - 1


def _write(
    row: Any, space: str, number: int, column: int, first: int, texts: tuple[str, ...]
) -> None:
    cells = dict(_placed(row))
    for place, cell in cells.items():
        # One that lies where it does by its order alone would move.
        cell.set("r", f"{letter(place)}{number}")
    style = cells[column].get("s") if column in cells else None
    # It would tell a narrower row than this one is now.
    row.attrib.pop("spans", None)
    for place, text in enumerate(texts, first):
        if place in cells:
            row.remove(cells[place])
        cell = _cell(row, space, f"{letter(place)}{number}", text, style)
        row.insert(_position(row, place), cell)


def _position(row: Any, place: int) -> int:
    """Return where in a row a cell belongs: before the first one to its right."""
    position = 0
    for found, cell in _placed(row):
        if found > place:
            return int(row.index(cell))
        position = int(row.index(cell)) + 1
    return position


def _cell(row: Any, space: str, reference: str, text: str, style: str | None) -> Any:
    cell = row.makeelement(f"{space}c", {"r": reference})
    if style is not None:
        cell.set("s", style)
    if text:
        cell.set("t", "inlineStr")
        holder = row.makeelement(f"{space}t", {})
        holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        holder.text = _ESCAPE.sub("_x005F_", text)
        inline = row.makeelement(f"{space}is", {})
        inline.append(holder)
        cell.append(inline)
    return cell


def _widen(root: Any, space: str, first: int, count: int) -> None:
    """Give the added columns a width that can be read, unless the sheet has its own."""
    columns = root.find(f"{space}cols")
    low, high = first + 1, first + count
    if columns is None:
        columns = root.makeelement(f"{space}cols", {})
        before = [n for n, child in enumerate(root) if _name(child) in _BEFORE_COLUMNS]
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
    match = _REFERENCE.match((end or start).replace("$", ""))
    if match is not None and _column(match[0]) < last:
        dimension.set("ref", f"{start}:{letter(last)}{match[2]}")


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
