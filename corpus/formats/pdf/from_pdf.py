"""A PDF to Markdown: pdfium reads its characters and strokes, `layout.py` makes text of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.formats.pdf.glyphs import Glyph, Turn, glyph_lines, read_line, strokes
from corpus.formats.pdf.layout import lay_out
from corpus.formats.pdf.printed_page import Line, Page, Table
from corpus.formats.pdf.ruled_tables import Grid, find_grids, place
from corpus.formats.types import LONGEST_TEXT, Extracted, Unusable, check_length

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MOST_PAGES = 5_000
_PROGRAM_TITLE = re.compile(r"microsoft word - |untitled|.*\.(?:docx?|pdf|indd|tex|pptx?)$", re.I)


def from_pdf(content: bytes) -> Extracted:
    """Return the text of a PDF as Markdown, with the offset of each page."""
    document = _open(content)
    count = len(document)
    if count > MOST_PAGES:
        raise Unusable(f"has {count:,} pages, the limit is {MOST_PAGES:,}", "Split it")
    pages = list(_pages(document))
    if not any(page.lines or page.tables for page in pages):
        said = "page" if count == 1 else f"{count} pages"
        raise Unusable(f"has no text on its {said}", "Run OCR on it first")
    laid = lay_out(pages)
    title = document.get_metadata_value("Title").strip()
    if _PROGRAM_TITLE.match(title):
        title = ""
    return Extracted(laid.text, markdown=True, pages=laid.pages, title=title)


def _open(content: bytes) -> PdfDocument:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unusable("is protected with a password", "Save it without one") from error
        raise Unusable("is no PDF, or is damaged", "Print or save it to PDF anew") from error
    if len(document) == 0:
        raise Unusable("is damaged, it has no pages", "Print or save it to PDF anew")
    return document


def _pages(document: PdfDocument) -> Iterator[Page]:
    import pypdfium2

    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            # A page left out in silence would be an answer left out in silence.
            cause = f"is damaged on page {number + 1} of {len(document)}"
            raise Unusable(cause, "Print or save it to PDF anew") from error
        length += text.count_chars()
        if length > LONGEST_TEXT:
            check_length(" " * length)
        yield _read(page, text)
        text.close()
        page.close()


def _read(page: PdfPage, text: PdfTextPage) -> Page:
    """Return the lines of a page in reading order, and those in tables as cells."""
    turn = Turn(page.get_rotation())
    left, bottom, right, top = page.get_bbox()
    extent = turn.box(left, bottom, right, top)
    glyphs = list(glyph_lines(text, turn))
    grids = find_grids(*strokes(page, turn))
    filled = _Sorted(text, turn, glyphs, grids)
    kept = [grid for number, grid in enumerate(grids) if filled.is_table(number)]
    if len(kept) < len(grids):
        filled = _Sorted(text, turn, glyphs, kept)
    return Page(filled.lines, filled.tables(), extent.bottom, extent.top)


class _Sorted:
    """The lines of one page, sorted into the cells of its tables and what is outside of them."""

    def __init__(
        self, text: PdfTextPage, turn: Turn, glyphs: list[list[Glyph]], grids: list[Grid]
    ) -> None:
        self.grids = grids
        self.lines: list[Line] = []
        self.cells: list[dict[tuple[int, int], list[str]]] = [{} for _ in grids]
        self.before: dict[int, int] = {}
        for run in glyphs:
            for where, part in self._parts(run):
                line = read_line(text, turn, part)
                if line is not None:
                    self._put(line, where)

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
                said = tuple(self.cells[number].get((row, column), ()))
                above = self.grids[number].above(row, column) if box is None else None
                if above is not None and column:
                    said = tuple(self.cells[number].get((above, column), ()))
                cells.append(said)
            rows.append(tuple(cells))
        return tuple(row for row in rows if any(row))

    def _put(self, line: Line, where: tuple[int, int, int] | None) -> None:
        if where is None:
            self.lines.append(line)
            return
        number, row, column = where
        self.before.setdefault(number, len(self.lines))
        self.cells[number].setdefault((row, column), []).append(line.text)

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
        x, y = glyph.box.centre()
        for number, grid in enumerate(self.grids):
            cell = place(grid, x, y)
            if cell is not None:
                return (number, *cell)
        return None
