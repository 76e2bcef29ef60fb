"""What a workbook's archive says of a sheet beside its cells: what is hidden, joined, noted."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from corpus.formats.markdown_writer import escaped
from corpus.formats.marked_text import struck as struck_out

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_THREADED = "Comment:\n"
"""Before it a program tells those that cannot show a thread what it is."""
_MOST_JOINED = 100_000
_MOST_AREA = 1_000_000
"""Cells that joined ones may cover in all."""


@dataclass(slots=True)
class Parts:
    """Of one sheet; rows and columns are counted from one."""

    width: int = 0
    """The last column with a value."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """By row and column of a further one of joined cells, the first of them."""
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: dict[tuple[int, int], str] = field(default_factory=dict)
    """In the reading form, texts with struck parts that stand in the sheet itself."""

    def hides_column(self, column: int) -> bool:
        """Tell whether a column is hidden."""
        return any(low <= column <= high for low, high in self.hidden_columns)


def read_parts(archive: zipfile.ZipFile, path: str) -> Parts:
    """Return what the sheet stored at `path` says beside its cells."""
    path = path.lstrip("/")
    parts = Parts()
    with archive.open(path) as stream:
        # What declares entities was refused before.
        for _, element in ElementTree.iterparse(stream):  # noqa: S314
            _read(parts, element)
    for kind, target in _related(archive, path):
        if kind.endswith("/comments"):
            parts.notes.update(_notes(archive, target))
    return parts


def drawn(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Return what a workbook shows beside its cells, each with its words."""
    for name in archive.namelist():
        if name.startswith("xl/media/"):
            yield "image", ""
        elif name.startswith("xl/charts/chart") and name.endswith(".xml"):
            yield "chart", _words(archive, name)
        elif name.startswith("xl/drawings/drawing") and name.endswith(".xml"):
            yield from _boxes(archive, name)


def _read(parts: Parts, element: ElementTree.Element) -> None:
    tag = element.tag.rpartition("}")[2]
    if tag == "row":
        if _is_true(element.get("hidden")) and (element.get("r") or "").isdecimal():
            parts.hidden_rows.add(int(element.get("r", "0")))
        parts.width = max(parts.width, _width(element))
        for cell in element:
            if cell.get("t") == "inlineStr":
                _read_struck(parts, cell)
        element.clear()
    elif tag == "col" and _is_true(element.get("hidden")):
        parts.hidden_columns.append((int(element.get("min", "0")), int(element.get("max", "0"))))
    elif tag == "mergeCell" and len(parts.covered) < _MOST_AREA:
        _join(parts, element.get("ref") or "")


def _width(row: ElementTree.Element) -> int:
    """Return the column of the last cell with a value."""
    from openpyxl.utils.cell import coordinate_to_tuple

    last = next((n for n in range(len(row), 0, -1) if len(row[n - 1])), 0)
    place = row[last - 1].get("r") if last else None
    return coordinate_to_tuple(place)[1] if place else last


def _read_struck(parts: Parts, cell: ElementTree.Element) -> None:
    """Keep the text of a cell that parts are struck from; openpyxl reads its words alone."""
    from openpyxl.utils.cell import coordinate_to_tuple

    runs = [
        ("".join(t.text or "" for t in run.iter(f"{_MAIN}t")), _is_struck(run))
        for run in cell.iter(f"{_MAIN}r")
    ]
    if any(struck for _, struck in runs):
        parts.struck[coordinate_to_tuple(cell.get("r") or "")] = "".join(
            marked(said, struck=struck) for said, struck in runs
        )


def _is_struck(run: ElementTree.Element) -> bool:
    strike = run.find(f".//{_MAIN}strike")
    return strike is not None and strike.get("val") not in ("0", "false")


def marked(said: str, *, struck: bool) -> str:
    """Return a part of a cell's text in the reading form."""
    return struck_out(escaped(said)) if struck else escaped(said)


def _join(parts: Parts, reference: str) -> None:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(reference)
    if (right - left + 1) * (bottom - top + 1) > _MOST_JOINED:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                parts.covered[row, column] = (top, left)


def _related(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str]]:
    folder, name = posixpath.split(path)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return
    for one in ElementTree.fromstring(archive.read(relations)):  # noqa: S314
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target") or ""))
        yield one.get("Type") or "", target.lstrip("/")


def _notes(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[tuple[int, int], str]]:
    from openpyxl.utils.cell import coordinate_to_tuple

    if path not in archive.namelist():
        return
    root = ElementTree.fromstring(archive.read(path))  # noqa: S314
    for comment in root.iter(f"{_MAIN}comment"):
        said = "".join(part.text or "" for part in comment.iter(f"{_MAIN}t"))
        said = said.partition(_THREADED)[2] or said
        if said.strip():
            yield coordinate_to_tuple(comment.get("ref") or ""), said.strip()


def _boxes(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str]]:
    root = ElementTree.fromstring(archive.read(path))  # noqa: S314
    for shape in root.iter(f"{_DRAWING}spreadsheetDrawing}}sp"):
        said = " ".join(part.text or "" for part in shape.iter(f"{_DRAWING}main}}t"))
        if said.strip():
            yield "text box", said


def _words(archive: zipfile.ZipFile, path: str) -> str:
    root = ElementTree.fromstring(archive.read(path))  # noqa: S314
    return " ".join(part.text or "" for part in root.iter(f"{_DRAWING}main}}t"))


def _is_true(written: str | None) -> bool:
    return written in ("1", "true")
