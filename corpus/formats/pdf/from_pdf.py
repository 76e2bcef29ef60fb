"""A PDF to Markdown: pdfium reads its characters and strokes, `layout.py` makes text of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from corpus.formats.pdf.arrange import arrange
from corpus.formats.pdf.glyphs import (
    Glyph,
    Struck,
    Turn,
    drawn_on,
    glyph_lines,
    is_oblique,
    read_pieces,
)
from corpus.formats.pdf.layout import lay_out
from corpus.formats.pdf.page_notes import Field, pictures, read_notes
from corpus.formats.pdf.printed_page import Line, Page, Table
from corpus.formats.pdf.raised_marks import attached, put_together, with_dots
from corpus.formats.pdf.ruled_tables import Box, Grid, Stroke, find_grids, place
from corpus.formats.types import (
    LONGEST_TEXT,
    Extracted,
    Unusable,
    check_length,
    counted,
    damaged,
    locked,
)

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MOST_PAGES = 5_000
_ANEW = "Print or save it to PDF anew"
_PROGRAM_TITLE = re.compile(r"microsoft word - |untitled|.*\.(?:docx?|pdf|indd|tex|pptx?)$", re.I)


def from_pdf(content: bytes) -> Extracted:
    """Return the text of a PDF as Markdown, with the offset of each page."""
    document = opened(content)
    count = len(document)
    if count > MOST_PAGES:
        raise Unusable(f"has {count:,} pages, the limit is {MOST_PAGES:,}", "Split it")
    left_out: list[tuple[str, str]] = []
    pages = list(_pages(document, left_out))
    if not any(page.lines or page.tables for page in pages):
        said = "page" if count == 1 else f"{count} pages"
        raise Unusable(f"has no text on its {said}", "Run OCR on it first")
    laid = lay_out(pages)
    title = document.get_metadata_value("Title").strip()
    if _PROGRAM_TITLE.match(title):
        title = ""
    return Extracted(
        laid.text, markdown=True, pages=laid.pages, title=title, left_out=counted(left_out)
    )


def opened(content: bytes) -> PdfDocument:
    """Return a PDF whose pages can be read; raise Unusable."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise locked() from error
        raise damaged("PDF", _ANEW) from error
    try:
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        raise Unusable("has a damaged form", _ANEW) from error
    if len(document) == 0:
        raise damaged("PDF", _ANEW, "it has no pages")
    return document


def _pages(document: PdfDocument, left_out: list[tuple[str, str]]) -> Iterator[Page]:
    import pypdfium2
    from pypdfium2 import raw

    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            # A page left out in silence would be an answer left out in silence.
            cause = f"is damaged on page {number + 1} of {len(document)}"
            raise Unusable(cause, _ANEW) from error
        length += text.count_chars()
        if length > LONGEST_TEXT:
            check_length(" " * length)
        read = _read(document, page, text, left_out)
        shown = pictures(page)
        if read.lines or read.tables:
            left_out.extend([("image", f"page {number + 1}")] * shown)
        elif raw.FPDFPage_CountObjects(page):
            left_out.append(("page without text", f"page {number + 1}"))
        yield read
        text.close()
        page.close()


def _read(
    document: PdfDocument, page: PdfPage, text: PdfTextPage, left_out: list[tuple[str, str]]
) -> Page:
    """Return the lines of a page in reading order, and those in tables as cells."""
    turn = Turn(page.get_rotation())
    left, bottom, right, top = page.get_bbox()
    extent = turn.box(left, bottom, right, top)
    glyphs: list[list[Glyph]] = []
    for run in glyph_lines(text, turn):
        if is_oblique(text, run):
            said = "".join(chr(glyph.code) for glyph in run if glyph.code < 0xD800)
            left_out.append(("watermark", said))
        else:
            glyphs.append(run)
    drawn = drawn_on(page, turn)
    notes = read_notes(document, page, turn)
    left_out.extend(("comment", said) for said in notes.remarks)
    grids = find_grids(drawn.across, drawn.down)
    page_text = _PageText(
        text, turn, glyphs, Struck(drawn.across, notes.struck), notes.fields, drawn.dots
    )
    filled = _Sorted(page_text, grids)
    kept = [grid for number, grid in enumerate(grids) if filled.is_table(number)]
    if len(kept) < len(grids):
        filled = _Sorted(page_text, kept)
    lines, tables = filled.arranged()
    return Page(lines, tables, extent.bottom, extent.top)


class _PageText(NamedTuple):
    """Everything on one page that is read."""

    text: PdfTextPage
    turn: Turn
    glyphs: list[list[Glyph]]
    struck: Struck
    fields: tuple[Field, ...]
    dots: list[Box]


class _Sorted:
    """The lines of one page, sorted into the cells of its tables and what is outside of them."""

    def __init__(self, page: _PageText, grids: list[Grid]) -> None:
        self.grids = grids
        self.lines: list[Line] = []
        self.cells: list[dict[tuple[int, int], list[Line]]] = [{} for _ in grids]
        self.before: dict[int, int] = {}
        self.dots = page.dots
        struck = page.struck._replace(strokes=self._within_cells(page.struck.strokes))
        for run in page.glyphs:
            for where, part in self._parts(run):
                for line in read_pieces(page.text, page.turn, part, struck):
                    self._put(line, where)
        for field in page.fields:
            self._fill(field)

    def arranged(self) -> tuple[list[Line], list[Table]]:
        """Return the lines in the order in which they are read, and all tables."""
        ruled = self.tables()
        cuts = [0, *(table.before for table in ruled), len(self.lines)]
        stretches = [put_together(self.lines[a:b]) for a, b in pairwise(cuts)]
        pieces = [line for stretch in stretches for line in stretch]
        whole = iter(attached(with_dots(pieces, self.dots)))
        lines: list[Line] = []
        tables: list[Table] = []
        for stretch, table in zip_longest(stretches, ruled):
            kept = [line for line in islice(whole, len(stretch)) if line is not None]
            for item in arrange(kept):
                if isinstance(item, Table):
                    tables.append(item._replace(before=len(lines)))
                else:
                    lines.append(item)
            if table is not None:
                tables.append(table._replace(before=len(lines)))
        return lines, tables

    def _within_cells(self, across: list[Stroke]) -> list[Stroke]:
        """Return the strokes that are no rule between the rows of a table."""
        rules = [(box, row) for grid in self.grids for line in grid.rows for row in line
                 for box in [grid.box] if row]  # fmt: skip
        return [
            stroke
            for stroke in across
            if not any(
                box.left - 3 <= stroke.low <= stroke.high <= box.right + 3
                and min(abs(stroke.at - row.top), abs(stroke.at - row.bottom)) < 3
                for box, row in rules
            )
        ]

    def _fill(self, field: Field) -> None:
        """Put what is filled in beside the words that stand at its place."""
        x, y = field.box.centre()
        where = self._cell(x, y)
        near = self.lines if where is None else self.cells[where[0]].get(where[1:], [])
        beside = [n for n, line in enumerate(near) if _reaches(line, field)]
        size = near[beside[0]].size if beside else min(12.0, field.box.top - field.box.bottom)
        base = near[beside[0]].base if beside else field.box.bottom + 0.2 * size
        line = Line(field.text, field.box.left, field.box.right, base, size, False)
        if not beside:
            self._put(line, where)
            return
        before = [n for n in beside if near[n].left <= x]
        at = max(before, key=lambda n: near[n].left) + 1 if before else min(beside)
        near.insert(at, line)
        if where is None:
            for number, count in self.before.items():
                self.before[number] = count + (at < count)

    def _said(self, number: int, row: int, column: int) -> tuple[str, ...]:
        """Return the lines of one cell."""
        pieces = put_together(self.cells[number].get((row, column), []))
        return tuple(line.text for line in attached(pieces) if line is not None)

    def is_table(self, number: int) -> bool:
        """Tell whether at least two rows have text in at least two columns."""
        places = list(self.cells[number])
        rows = [row for row, _ in places]
        return sum(rows.count(row) > 1 for row in set(rows)) > 1

    def tables(self) -> list[Table]:
        """Return the tables in the order in which their first lines come."""
        return [
            Table(before, self.grids[number].columns, self._rows(number))
            for number, before in self.before.items()
        ]

    def _rows(self, number: int) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Return the lines of each cell; one joined with the cell above repeats it."""
        rows: list[tuple[tuple[str, ...], ...]] = []
        for row, boxes in enumerate(self.grids[number].rows):
            cells: list[tuple[str, ...]] = []
            for column, box in enumerate(boxes):
                said = self._said(number, row, column)
                above = self.grids[number].above(row, column) if box is None else None
                if above is not None and column:
                    said = self._said(number, above, column)
                cells.append(said)
            rows.append(tuple(cells))
        return tuple(row for row in rows if any(row))

    def _put(self, line: Line, where: tuple[int, int, int] | None) -> None:
        if where is None:
            self.lines.append(line)
            return
        number, row, column = where
        self.before.setdefault(number, len(self.lines))
        self.cells[number].setdefault((row, column), []).append(line)

    def _parts(self, run: list[Glyph]) -> Iterator[tuple[tuple[int, int, int] | None, list[Glyph]]]:
        """Cut a line where it goes from one cell to the next."""
        part: list[Glyph] = []
        current: tuple[int, int, int] | None = None
        for glyph in run:
            where = current if glyph.is_blank() else self._place(glyph)
            if where != current and part:
                yield current, part
                part = []
            current = where
            part.append(glyph)
        if part:
            yield current, part

    def _place(self, glyph: Glyph) -> tuple[int, int, int] | None:
        return self._cell(*glyph.box.centre())

    def _cell(self, x: float, y: float) -> tuple[int, int, int] | None:
        for number, grid in enumerate(self.grids):
            cell = place(grid, x, y)
            if cell is not None:
                return (number, *cell)
        return None


def _reaches(line: Line, field: Field) -> bool:
    """Tell whether the middle of a field is at the height of a line."""
    _, y = field.box.centre()
    return line.base - 0.4 * line.size <= y <= line.base + 1.1 * line.size
