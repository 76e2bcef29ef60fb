"""What the XML of a sheet says beside its texts: merged cells, lists, hidden rows, formulas."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ui.questionnaires.cell_names import column_of, place_of
from ui.questionnaires.formats.office_xml import local_name, parsed
from ui.questionnaires.formats.xlsx_parts.xlsx_sheet import parts_of
from ui.questionnaires.types import Area, Choice, Sheet

_BOOK = "xl/workbook.xml"
_RANGE = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^'!:]+))!)?\$?([A-Z]{1,3})\$?(\d{0,7})"
    r"(?::\$?([A-Z]{1,3})\$?(\d{0,7}))?"
)
_LAST_ROW = 1_048_576
_MOST_CHOICES = 2_000
"""Lists of one sheet."""
_MOST_VALUES = 100
"""Of one list; a longer one is no list of answers."""
_DEEPEST = 4
"""Names that stand for names."""
_READ = ("{*}row", "{*}mergeCell", "{*}dataValidation", "{*}drawing", "{*}legacyDrawing")


@dataclass(frozen=True, slots=True)
class _List:
    areas: tuple[Area, ...]
    formula: str


@dataclass(frozen=True, slots=True)
class _Marks:
    merged: tuple[Area, ...]
    lists: tuple[_List, ...]
    hidden_rows: frozenset[int]
    computed: frozenset[tuple[int, int]]
    drawn: bool


def with_marks(content: bytes, sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook with what its XML says of them beside their texts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = parts_of(archive)
        marks = {one.name: _marks(archive.read(parts[one.name])) for one in sheets}
        names = _defined_names(parsed(archive.read(_BOOK)))
    texts = {one.name: one for one in sheets}
    lists = _Lists(texts, names)
    marked = [
        replace(
            sheet,
            merged=marks[sheet.name].merged,
            choices=tuple(lists.choices(sheet.name, marks[sheet.name].lists)),
            hidden_rows=marks[sheet.name].hidden_rows,
            computed=marks[sheet.name].computed,
            drawn=marks[sheet.name].drawn,
        )
        for sheet in sheets
    ]
    return tuple(replace(sheet, lists=sheet.name in lists.sources) for sheet in marked)


class _Lists:
    """The values of drop-down lists, wherever in a workbook they stand."""

    def __init__(self, sheets: Mapping[str, Sheet], names: Mapping[str, str]) -> None:
        self.sheets = sheets
        self.names = names
        self.sources: set[str] = set()
        """Sheets that lists of other sheets take their values from."""

    def choices(self, sheet: str, lists: Sequence[_List]) -> Iterator[Choice]:
        """Yield the lists of a sheet, area by area."""
        count = 0
        for one in lists:
            values = self._values(sheet, one.formula)
            for area in one.areas:
                count += 1
                if count > _MOST_CHOICES:
                    return
                yield Choice(area, values)

    def _values(self, sheet: str, formula: str, depth: int = 0) -> tuple[str, ...]:
        told = formula.strip().removeprefix("=").strip()
        if told.startswith('"') and told.endswith('"'):
            parts = told.strip('"').split(",")
            return tuple(one.strip() for one in parts if one.strip())[:_MOST_VALUES]
        if (name := self.names.get(told.casefold())) is not None and depth < _DEEPEST:
            return self._values(sheet, name, depth + 1)
        match = _RANGE.fullmatch(told)
        if match is None:
            return ()
        of = (match[1] or match[2] or sheet).replace("''", "'")
        if of not in self.sheets:
            return ()
        if of != sheet:
            self.sources.add(of)
        return _texts(self.sheets[of], _area(match))


def _area(match: re.Match[str]) -> Area:
    left = column_of(match[3])
    right = column_of(match[5]) if match[5] else left
    top = int(match[4] or 1)
    whole = match[5] is not None and not match[6]
    return Area(top, left, _LAST_ROW if whole else int(match[6] or top), right)


def _texts(sheet: Sheet, area: Area) -> tuple[str, ...]:
    texts = (
        cell.strip()
        for row in sheet.rows
        if area.top <= row.number <= area.bottom
        for cell in row.cells[area.left : area.right + 1]
    )
    found = tuple(dict.fromkeys(text for text in texts if text))
    return found if len(found) <= _MOST_VALUES else ()


def _marks(body: bytes) -> _Marks:
    from lxml import etree

    merged: list[Area] = []
    lists: list[_List] = []
    hidden: set[int] = set()
    computed: set[tuple[int, int]] = set()
    drawn = False
    number = 0
    events = etree.iterparse(
        io.BytesIO(body), tag=_READ, resolve_entities=False, no_network=True, huge_tree=False
    )
    for _, element in events:
        name = local_name(element)
        if name == "row":
            number = int(element.get("r", number + 1))
            if element.get("hidden") in ("1", "true"):
                hidden.add(number)
            computed.update((number, place) for place in _computed(element))
            element.clear()
        elif name == "mergeCell":
            merged.extend(_areas(element.get("ref", "")))
        elif name == "dataValidation":
            lists.extend(_list(element))
        else:
            drawn = True
    return _Marks(tuple(merged), tuple(lists), frozenset(hidden), frozenset(computed), drawn)


def _computed(row: Any) -> Iterator[int]:
    place = -1
    for cell in row.iterchildren("{*}c"):
        reference = cell.get("r")
        place = place_of(reference)[1] if reference else place + 1
        if cell.find("{*}f") is not None:
            yield place


def _list(element: Any) -> Iterator[_List]:
    """Yield what an element says is a list; the newer form has its cells and formula as texts."""
    if element.get("type") != "list":
        return
    places = element.get("sqref") or "".join(
        one.text or "" for one in element.iter() if local_name(one) == "sqref"
    )
    formulas = (one for one in element.iter() if local_name(one) in ("formula1", "f"))
    formula = next((one.text for one in formulas if one.text and one.text.strip()), "")
    yield _List(tuple(_areas(places)), formula)


def _areas(references: str) -> Iterator[Area]:
    for reference in references.split():
        start, _, end = reference.partition(":")
        top, left = place_of(start)
        bottom, right = place_of(end or start)
        yield Area(top, left, bottom, right)


def _defined_names(book: Any) -> dict[str, str]:
    return {
        str(one.get("name", "")).casefold(): one.text or ""
        for one in book.iterfind("{*}definedNames/{*}definedName")
    }
