"""Tables of AsciiDoc: cells by their separators, rows by the number of columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.formats.asciidoc.adoc_meta import Meta
from corpus.formats.asciidoc.adoc_source import CLOSES, OPENS
from corpus.formats.markup.elements import Element, Table, TableCell
from corpus.formats.types import Unusable

DELIMITER = re.compile(r"([|,:!])={3,}")
_SPEC = re.compile(
    r"(?<!\S)(?:(?P<columns>\d{1,3})?(?:\.(?P<rows>\d{1,4}))?(?P<sign>[+*]))?"
    r"(?:[<^>]?(?:\.[<^>])?)(?P<style>[adehlmsv])?$"
)
_COLUMN = re.compile(r"\s*(?:(?P<times>\d{1,3})\*)?[^A-Za-z]*(?P<style>[adehlmsv])?\s*")
_SEPARATORS = {"|": "|", "!": "!", ",": ",", ":": ":"}
_MOST_COLUMNS = 500
_MOST_ROWS = 100_000

Content = Callable[[str, str], tuple[Element, ...]]
"""From the text of a cell and its style to what it holds."""


@dataclass(slots=True)
class _Cell:
    line: int
    text: str = ""
    style: str = ""
    columns: int = 1
    rows: int = 1
    condition: str = ""


@dataclass(slots=True)
class _Source:
    """The lines of a table, without those of conditions."""

    lines: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)


def read_table(
    lines: Sequence[str], meta: Meta, delimiter: str, content: Content
) -> tuple[Table, list[str]]:
    """Return a table, and the conditions under which some of its rows are shown."""
    source = _source(lines)
    cells = _cells(source, meta, delimiter)
    if not cells:
        return Table(()), []
    styles = _columns(meta.named.get("cols", ""))
    first = sum(cell.columns for cell in cells if cell.line == cells[0].line)
    width = min(_MOST_COLUMNS, len(styles) or max(1, first))
    rows = _rows(cells, width)
    titles = 1 if _has_header(meta, source.lines, rows, width) else 0
    table = Table(
        tuple(
            tuple(_made(cell, column, styles, number < titles, content) for column, cell in row)
            for number, row in enumerate(rows)
        ),
        titles,
    )
    return table, sorted(set(filter(None, source.conditions)))


def _source(lines: Sequence[str]) -> _Source:
    found = _Source()
    inside: list[str] = []
    for line in lines:
        if line.startswith(OPENS):
            inside.append(line[len(OPENS) :])
        elif line.startswith(CLOSES):
            inside[-1:] = []
        else:
            found.lines.append(line)
            found.conditions.append(", ".join(inside))
    return found


def _columns(spec: str) -> list[str]:
    """Return the style of each column."""
    found: list[str] = []
    for part in re.split(r"[,;]", spec) if spec.strip() else ():
        match = _COLUMN.fullmatch(part)
        found.extend(
            [(match["style"] or "") if match else ""] * int((match and match["times"]) or 1)
        )
    return found[:_MOST_COLUMNS]


def _cells(source: _Source, meta: Meta, delimiter: str) -> list[_Cell]:
    form = meta.named.get("format", "").lower() or {",": "csv", ":": "dsv"}.get(delimiter[0], "psv")
    separator = meta.named.get("separator", "").replace("\\t", "\t")
    if form in ("csv", "tsv"):
        return list(_separated(source, (separator or (",", "\t")[form == "tsv"])[:1]))
    if form == "dsv":
        return list(_divided(source, separator or ":"))
    return list(_marked(source, separator or _SEPARATORS[delimiter[0]]))


def _separated(source: _Source, separator: str) -> Iterator[_Cell]:
    text = "\n".join(source.lines)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True))
    except csv.Error:
        rows = [line.split(separator) for line in source.lines]
    for number, row in enumerate(row for row in rows if row):
        yield from (_Cell(number, cell.strip()) for cell in row)


def _divided(source: _Source, separator: str) -> Iterator[_Cell]:
    pattern = re.compile(rf"(?<!\\){re.escape(separator)}")
    for number, line in enumerate(source.lines):
        if line.strip():
            for cell in pattern.split(line):
                yield _Cell(number, cell.replace(f"\\{separator}", separator).strip())


def _marked(source: _Source, separator: str) -> Iterator[_Cell]:
    """Return cells that a mark goes before; what stands before the mark says how they are."""
    pattern = re.compile(rf"(?<!\\){re.escape(separator)}")
    cell, times, parts = _Cell(0), 0, [""]
    for number, line in enumerate(source.lines):
        pieces = pattern.split(line)
        for piece in pieces[:-1]:
            match = _SPEC.search(piece, max(0, len(piece) - 24))
            parts.append(piece[: match.start()] if match else piece)
            yield from _repeated(cell, parts, times, separator)
            cell, times = _specified(match, number, source.conditions[number])
            parts = []
        parts.extend((pieces[-1], "\n"))
    yield from _repeated(cell, parts, times, separator)


def _specified(match: re.Match[str] | None, line: int, condition: str) -> tuple[_Cell, int]:
    if match is None:
        return _Cell(line, condition=condition), 1
    columns, rows = int(match["columns"] or 1), int(match["rows"] or 1)
    if match["sign"] == "*":
        return _Cell(line, "", match["style"] or "", condition=condition), min(columns, 100)
    return _Cell(line, "", match["style"] or "", max(1, columns), max(1, rows), condition), 1


def _repeated(cell: _Cell, parts: list[str], times: int, separator: str) -> Iterator[_Cell]:
    cell.text = "".join(parts).replace(f"\\{separator}", separator).strip("\n ")
    if times or cell.text:
        # What stands before the first mark is a cell to nobody but those who lost it.
        yield from [cell] * max(1, times)


def _rows(cells: Sequence[_Cell], width: int) -> list[list[tuple[int, _Cell]]]:
    """Return the cells of each row with their columns."""
    taken: dict[int, int] = {}
    rows: list[list[tuple[int, _Cell]]] = [[]]
    column = 0
    for cell in cells:
        columns = min(cell.columns, width - column)
        rows[-1].append((column, replace(cell, columns=columns)))
        for _ in range(columns):
            taken[column] = len(rows) - 1 + cell.rows
            column += 1
        # A row may be full of cells that reach down from those above.
        while column >= width or taken.get(column, 0) > len(rows) - 1:
            column += 1
            if column >= width:
                rows.append([])
                column = 0
            if len(rows) > _MOST_ROWS:
                raise Unusable("has a table of too many rows", "Split the table")
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _has_header(
    meta: Meta, lines: Sequence[str], rows: list[list[tuple[int, _Cell]]], width: int
) -> bool:
    if "header" in meta.options:
        return True
    if "noheader" in meta.options or len(lines) < 3 or not lines[0].strip() or lines[1].strip():
        return False
    first = rows[0] if rows else []
    return sum(cell.columns for _, cell in first) == width and all(
        cell.line == 0 for _, cell in first
    )


def _made(
    cell: _Cell, column: int, styles: list[str], is_title: bool, content: Content
) -> TableCell:
    style = cell.style or (styles[column] if column < len(styles) else "")
    # The condition of a row is said where the row begins.
    text = f"({cell.condition}) {cell.text}" if cell.condition and column == 0 else cell.text
    return TableCell(content(text, "" if is_title else style), cell.columns, cell.rows)
