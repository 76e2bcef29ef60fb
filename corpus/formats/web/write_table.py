"""Tables of a page to the reading form: equal grids with titles, sections and what is around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.formats.markdown_writer import escaped, paragraphs, pipe_table, tidy
from corpus.formats.web.settled.icon_words import icon_word, is_ligature
from corpus.formats.web.settled.page_elements import (
    CODE_BLOCKS,
    HEADINGS,
    elements,
    is_block,
    pieces,
    texts,
    words,
)
from corpus.formats.web.write_lines import LineWriter

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WIDEST = 100
"""Columns that one cell may claim to span."""
_LONGEST_TITLE = 120
_DEEPEST = 6
"""Tables within cells of tables; of those below only the words stay."""
_BOLD = re.compile(r"\*\*[^*]+\*\*")
_IS_MARKED = re.compile(r"(\*|[\ue000-\uf8ff])\1.*\1\1", re.S)
"""Bold already; another converter hides its marks as letters of private use from the renderer."""


@dataclass(slots=True)
class Row:
    """A row as texts of equal number."""

    cells: list[str]
    titles: bool
    """Whether all of its cells are titles."""
    whole: bool = False
    """Whether one cell lies in all columns."""
    section: bool = False
    """Whether its first cell is a title and the only one that says something."""
    source: HtmlElement | None = None


def rows_of(table: HtmlElement) -> list[HtmlElement]:
    """Return the rows of a table, those of its foot last."""
    rows: list[HtmlElement] = []
    foot: list[HtmlElement] = []
    for part in elements(table):
        if part.tag == "tr":
            rows.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            (foot if part.tag == "tfoot" else rows).extend(
                row for row in elements(part) if row.tag == "tr"
            )
    return rows + foot


def cells_of(row: HtmlElement) -> list[HtmlElement]:
    """Return the cells of a row."""
    return [cell for cell in elements(row) if cell.tag in ("td", "th")]


def is_arranging(table: HtmlElement, rows: list[HtmlElement]) -> bool:
    """Tell a table that only arranges the page from one of data."""
    if (table.get("role") or "") in ("presentation", "none"):
        return True
    cells = [cell for row in rows for cell in cells_of(row)]
    named = any(cell.tag == "th" and words(cell) for cell in cells)
    if max((len(cells_of(row)) for row in rows), default=0) < 2:
        return not named or any(_is_rich(cell) for cell in cells)
    nested = [cell for cell in cells if next(cell.iter("table", *HEADINGS), None) is not None]
    code = any(next(cell.iter("pre"), None) is not None for cell in cells)
    if named and len(rows) > 1 and not code:
        return False
    if nested:
        return len(rows) < 3 or len(nested) * 2 > len(cells)
    return code and len(rows) < 2


def _is_rich(cell: HtmlElement) -> bool:
    return next(cell.iter("table", "ul", "ol", "pre", *HEADINGS), None) is not None


class TableWriter:
    """Makes a table of the reading form of one of data."""

    def __init__(self, lines: LineWriter) -> None:
        self.lines = lines
        self.page = lines.page
        self.depth = 0

    def blocks(self, table: HtmlElement, rows: list[HtmlElement]) -> list[str]:
        """Return a table with its caption, and what it says over all columns around it."""
        captions = [
            block
            for part in elements(table)
            if part.tag == "caption"
            for block in paragraphs(self.lines.inside(part))
        ]
        grid = self._grid([row for row in rows if row not in self.page.notes])
        return [*captions, *self._divided(grid)] if grid else captions

    def _divided(self, grid: list[Row]) -> Iterator[str]:
        """Return tables, one for each row of titles, and the texts above and below them."""
        above, below = _around(grid)
        yield from above
        pairs = self._pairs(grid)
        if pairs:
            yield pairs
        elif grid:
            start = 0
            only_titles = all(row.titles for row in grid)
            for number, row in enumerate(grid):
                begins = row.titles and not row.section and number and not grid[number - 1].titles
                if begins and not only_titles:
                    if row.cells == _titles_of(grid[start:number]):
                        row.cells = []
                        continue
                    yield _pipes(grid[start:number])
                    start = number
            yield _pipes(grid[start:])
        yield from below

    def _pairs(self, grid: list[Row]) -> str:
        """Return labels and values as items, where the first column holds all labels."""
        if any(len(row.cells) != 2 or row.titles or row.whole for row in grid) or not grid:
            return ""
        labels = [row.cells[0] for row in grid]
        firsts = [next(iter(cells_of(row.source)), None) for row in grid if row.source is not None]
        named = all(cell is not None and cell.tag == "th" for cell in firsts)
        bold = len(grid) > 1 and all(map(_BOLD.fullmatch, labels)) and not _BOLD.fullmatch(
            grid[0].cells[1]
        )  # fmt: skip
        if not all(labels) or not (named or bold):
            return ""
        return "\n".join(
            f"- **{_plain(row.cells[0]).replace('<br>', ' ').rstrip(': ')}**: "
            f"{row.cells[1].replace('<br>', chr(10) + '  ') or '–'}"
            for row in grid
        )

    def _grid(self, rows: list[HtmlElement]) -> list[Row]:
        """Return rows whose cells stand below their titles, what is joined repeated."""
        found: list[Row] = []
        below: dict[int, tuple[int, str]] = {}
        width = 0
        groups = [row.getparent() for row in rows]
        for number, row in enumerate(rows):
            cells = cells_of(row)
            if number and groups[number] is not groups[number - 1]:
                below = {}
            head = bool(cells) and (
                all(cell.tag == "th" for cell in cells) or groups[number].tag == "thead"
            )
            line: list[str] = []
            carried = bool(below)
            for cell in cells:
                self._fill(line, below)
                self._put(cell, line, below, len(rows) - number, head)
            self._fill(line, below)
            while below and len(line) < max(below):
                line.append("")
                self._fill(line, below)
            if not cells or not any(line):
                continue
            width = max(width, len(line))
            whole = len(cells) == 1 and len(line) > 1 and not carried
            said = _filled(line)
            section = (whole or said == 1) and bool(line[0]) and cells[0].tag == "th"
            named = groups[number].tag == "thead" or not (section and len(line) > 1)
            found.append(Row(line, head and named, whole, section, row))
        for one in found:
            one.whole = one.whole and len(one.cells) == width
            one.section = one.section and (one.whole or width > 1)
            if one.whole:
                one.cells[1:] = [""] * (width - 1)
            one.cells.extend([""] * (width - len(one.cells)))
        return found

    def _put(
        self, cell: HtmlElement, line: list[str], below: dict[int, tuple[int, str]],
        rows_left: int, titles: bool,
    ) -> None:  # fmt: skip
        said = self.cell(cell)
        said = _plain(said) if titles else said
        wide = _count(cell, "colspan", _WIDEST)
        stated = (cell.get("rowspan") or "").strip()
        down = rows_left - 1 if stated == "0" else _count(cell, "rowspan", rows_left) - 1
        for column in range(wide):
            shown = self.page.repeat(said) if column else said
            if down:
                # The parser takes a blank first cell for the one above.
                below[len(line)] = (down, "" if not line and not titles else shown)
            line.append(shown)

    def _fill(self, line: list[str], below: dict[int, tuple[int, str]]) -> None:
        while len(line) in below:
            column = len(line)
            left, said = below.pop(column)
            line.append(self.page.repeat(said))
            if left > 1:
                below[column] = (left - 1, said)

    def cell(self, cell: HtmlElement) -> str:
        """Return what a cell holds, with `<br>` where it goes on in another line."""
        pictures = sum(1 for image in cell.iter("img") if image.get("alt"))
        if pictures < 2 and not _texts(cell) and next(cell.iter("input", "select"), None) is None:
            return escaped(tidy(icon_word(cell)).replace("\n", " "))
        return "<br>".join(self.cell_lines(cell))

    def cell_lines(self, element: HtmlElement) -> Iterator[str]:
        """Return the lines of a cell: its paragraphs, items and rows of tables."""
        if element.tag == "table":
            yield from self._inner_table(element)
            return
        if element.tag in CODE_BLOCKS:
            said = "".join(texts(element, "\n")).replace("`", "'").replace("|", "¦")
            yield from (f"`{line.strip()}`" for line in said.split("\n") if line.strip())
            return
        run: list[str] = []
        for part in pieces(element):
            if isinstance(part, str) or not is_block(part):
                run.append(self.lines.inside_piece(part))
                continue
            yield from _split("".join(run))
            run = []
            if part in self.page.notes:
                continue
            label = self.page.choices.get(part)
            if label:
                yield f"{label.label}:"
            yield from self._definition(part) if part.tag == "dl" else self.cell_lines(part)
        yield from _split("".join(run))

    def _definition(self, element: HtmlElement) -> Iterator[str]:
        term = ""
        for part in element.iter("dt", "dd"):
            said = ", ".join(self.cell_lines(part))
            if part.tag == "dt":
                term = said
            elif said:
                yield f"{term}: {said}" if term else said
                term = ""

    def _inner_table(self, table: HtmlElement) -> Iterator[str]:
        if self.depth >= _DEEPEST:
            yield from _split(self.lines.inside(table))
            return
        self.depth += 1
        for row in rows_of(table):
            cells = (self.cell(cell).replace("<br>", " ") for cell in cells_of(row))
            yield from filter(None, [", ".join(filter(None, cells))])
        self.depth -= 1


def _texts(cell: HtmlElement) -> bool:
    """Tell whether a cell says something in letters that are no picture."""
    drawn = (part for part in cell.iter("svg", "i") if part.tag == "svg" or is_ligature(part))
    return len(words(cell)) > sum(len(words(part)) for part in drawn)


def _split(run: str) -> Iterator[str]:
    yield from filter(None, (line.strip() for line in tidy(run).split("\n")))


def _filled(cells: list[str]) -> int:
    return sum(bool(cell) for cell in cells)


def _around(grid: list[Row]) -> tuple[list[str], list[str]]:
    """Take out of a grid what stands over all columns above its titles and below its rows."""
    above: list[str] = []
    below: list[str] = []
    while len(grid) > 1 and grid[0].whole and (grid[1].titles or grid[1].whole):
        above.append(grid.pop(0).cells[0].replace("<br>", "\n"))
    while len(grid) > 1 and grid[-1].whole and not grid[-1].titles:
        below.insert(0, grid.pop().cells[0].replace("<br>", "\n"))
    return above, below


def _titles_of(rows: list[Row]) -> list[str]:
    return rows[0].cells if rows and rows[0].titles else []


def _pipes(rows: list[Row]) -> str:
    """Return rows as a table; the first is taken for titles where the table names none."""
    titles = 0
    while titles < len(rows) and rows[titles].titles:
        titles += 1
    titles = min(titles, max(1, len(rows) - 1)) if titles else 0
    if not titles:
        first = rows[0]
        labelled = any(
            row.source is not None and any(cell.tag == "th" for cell in cells_of(row.source))
            for row in rows
        )
        titles = 0 if labelled or first.whole or len(rows) < 2 else 1
    # Titles that are repeated further below are said once.
    body = [_shown(row) for row in rows[titles:] if row.cells]
    return pipe_table([*(list(map(_plain, row.cells)) for row in rows[:titles]), *body], titles)


def _shown(row: Row) -> list[str]:
    """Return the cells of a row; one that heads those below it is bold."""
    said = row.cells[0]
    ends = said.endswith((".", "!", "?"))
    if not (row.whole or row.section) or len(said) > _LONGEST_TITLE or ends:
        return row.cells
    return [said if _IS_MARKED.fullmatch(said) else f"**{_plain(said)}**", *row.cells[1:]]


def _plain(said: str) -> str:
    return re.sub(r"(?<!\\)\*\*", "", said)


def _count(cell: HtmlElement, name: str, most: int) -> int:
    written = (cell.get(name) or "1").strip()
    return max(1, min(int(written), most)) if written.isdecimal() and len(written) < 9 else 1
