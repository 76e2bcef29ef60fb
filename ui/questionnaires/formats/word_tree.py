"""The XML of a document of Word: its paragraphs, tables, cells, and what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ui.questionnaires.formats.office_xml import local_name, space_of

_THROUGH = frozenset(("sdt", "sdtContent", "ins", "customXml", "smartTag"))
"""Elements that only wrap what they hold."""
_LINES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table and where it lies, merged ones at their first place."""

    row: int
    """From 1."""
    column: int
    """From 0."""
    width: int
    """Columns that it takes."""
    goes_on: bool
    """Whether it is the same cell as the one above it."""
    element: Any


def attribute(element: Any, name: str) -> str | None:
    """Return an attribute of the namespace of its element."""
    value: str | None = element.get(f"{space_of(element)}{name}")
    return value


def body_of(root: Any) -> Any:
    """Return the body; raise ValueError where there is none."""
    body = root.find("{*}body")
    if body is None:
        raise ValueError("it has no body")
    return body


def paragraphs_of(root: Any) -> Iterator[Any]:
    """Yield the paragraphs that stand in no table, in order."""
    return (one for one in _within(body_of(root)) if local_name(one) == "p")


def tables_of(root: Any) -> list[Any]:
    """Return all tables in order, those within cells too."""
    body = body_of(root)
    return list(body.iter(f"{space_of(root)}tbl"))


def cells_of(table: Any) -> Iterator[TableCell]:
    """Yield the cells of a table, row by row."""
    rows = (one for one in _within(table) if local_name(one) == "tr")
    for number, row in enumerate(rows, 1):
        column = _number(row.find("{*}trPr/{*}gridBefore"), 0)
        for cell in _within(row):
            if local_name(cell) != "tc":
                continue
            width = max(_number(cell.find("{*}tcPr/{*}gridSpan"), 1), 1)
            merged = cell.find("{*}tcPr/{*}vMerge")
            goes_on = merged is not None and attribute(merged, "val") != "restart"
            yield TableCell(number, column, width, goes_on, cell)
            column += width


def text_of(element: Any) -> str:
    """Return what is read in a paragraph or cell; what only holds the place for a text is not."""
    lines = [
        _run_text(one) for one in element.iter(f"{space_of(element)}p") if _holder(one) is element
    ] if local_name(element) == "tc" else [_run_text(element)]  # fmt: skip
    return "\n".join(lines).strip()


def is_placeholder(control: Any) -> bool:
    """Tell whether a content control shows what is to be put there."""
    return control.find("{*}sdtPr/{*}showingPlcHdr") is not None


def values_of(cell: Any) -> tuple[str, ...]:
    """Return what the drop-down lists of a cell let one choose."""
    items = (
        attribute(one, "displayText") or attribute(one, "value") or ""
        for one in cell.iter(f"{space_of(cell)}listItem")
        if attribute(one, "value")
    )
    return tuple(dict.fromkeys(items))


class Numbers:
    """The numbers that a document gives its paragraphs by itself."""

    def __init__(self, styles: Mapping[str, Any]) -> None:
        self._counts: dict[str, Counter[int]] = {}
        self._styles = styles
        """By style, what it says of numbers."""

    def of(self, paragraph: Any) -> str:
        """Return the number of the next paragraph in order; empty where it has none."""
        properties = paragraph.find("{*}pPr/{*}numPr")
        if properties is None:
            style = paragraph.find("{*}pPr/{*}pStyle")
            told = None if style is None else attribute(style, "val")
            properties = self._styles.get(told or "")
        if properties is None:
            return ""
        key = properties.find("{*}numId")
        number = "" if key is None else attribute(key, "val") or ""
        if number in ("", "0"):
            return ""
        level = _number(properties.find("{*}ilvl"), 0)
        counts = self._counts.setdefault(number, Counter())
        counts[level] += 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return ".".join(str(max(counts[one], 1)) for one in range(level + 1))


def _within(parent: Any) -> Iterator[Any]:
    for child in parent:
        if local_name(child) in _THROUGH:
            yield from _within(child)
        else:
            yield child


def _holder(paragraph: Any) -> Any:
    """Return the cell that a paragraph stands in."""
    return next((one for one in paragraph.iterancestors() if local_name(one) == "tc"), None)


def _run_text(paragraph: Any) -> str:
    parts = []
    for one in paragraph.iter():
        name = local_name(one)
        if name != "t" and name not in _LINES:
            continue
        if _is_shown(one, paragraph):
            parts.append(one.text or "" if name == "t" else _LINES[name])
    return "".join(parts)


def _is_shown(element: Any, paragraph: Any) -> bool:
    """Tell whether a text is the document's own, and not a tab stop or a placeholder."""
    for one in element.iterancestors():
        name = local_name(one)
        if name in ("del", "pPr", "tabs") or (name == "sdt" and is_placeholder(one)):
            return False
        if name == "tc" and one is not _holder(paragraph):
            return False
    return True


def _number(element: Any, missing: int) -> int:
    told = None if element is None else attribute(element, "val")
    return int(told) if told and told.isdecimal() else missing
