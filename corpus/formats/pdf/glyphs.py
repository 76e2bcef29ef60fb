"""What pdfium tells of one page: characters with their places, and the strokes drawn on it."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from corpus.formats.pdf.printed_page import Line
from corpus.formats.pdf.ruled_tables import Box, Stroke

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_MOST_OBJECTS = 20_000
"""On a page; what has more is a drawing, and its strokes are no tables."""
_STRAIGHT = 1.0
_SHORTEST = 4.0
_HYPHEN = 0x02
"""What pdfium puts for a hyphen at a line's end that it takes for a division of a word."""
_BOLD = ("bold", "black", "heavy")
_FORCE_BOLD = 1 << 18
_COLUMN_GAP = 1.8
"""Times the size of the letters; justified prose has no gap as wide."""
_SAMPLES = 9
"""Characters of a line that are asked for their font: words in another one are no new line."""
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFFFE: "-"}


class Glyph(NamedTuple):
    """One character: its number on the page, its code and its box."""

    at: int
    code: int
    box: Box

    def is_blank(self) -> bool:
        """Tell whether nothing is printed."""
        return (self.code <= 32 and self.code != _HYPHEN) or self.code == 0xA0


class Turn(NamedTuple):
    """How a page is turned for display; all places are told as they are displayed."""

    degrees: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is displayed."""
        if self.degrees == 90:
            return y, -x
        if self.degrees == 180:
            return -x, -y
        return (-y, x) if self.degrees == 270 else (x, y)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a rectangle of the page is displayed."""
        x1, y1 = self.point(left, bottom)
        x2, y2 = self.point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def glyph_lines(text: PdfTextPage, turn: Turn) -> Iterator[list[Glyph]]:
    """Return the characters of a page by lines, in the order in which it was written."""
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    run: list[Glyph] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code not in (10, 13):
            raw.FPDFText_GetLooseCharBox(text, index, rect)
            box = turn.box(rect.left, rect.bottom, rect.right, rect.top)
            run.append(Glyph(index, code, box))
        if code in (10, 13, _HYPHEN):
            if run:
                yield run
            run = []
    if run:
        yield run


def read_line(text: PdfTextPage, turn: Turn, glyphs: list[Glyph]) -> Line | None:
    """Return what is printed on a line, or on a part of one."""
    printed = [glyph for glyph in glyphs if not glyph.is_blank()]
    said = _text(glyphs)
    if not printed or not said:
        return None
    sampled = printed[:: max(1, len(printed) // _SAMPLES)]
    sizes = Counter(round(_size(text, glyph.at) * 2) / 2 for glyph in sampled)
    size = sizes.most_common(1)[0][0]
    return Line(
        text=said,
        left=printed[0].box.left,
        right=max(glyph.box.right for glyph in printed),
        base=_base(text, turn, printed[0].at),
        size=size,
        bold=all(_is_bold(text, glyph.at) for glyph in sampled),
        columns=tuple(_columns(glyphs, size)),
    )


def _text(glyphs: list[Glyph]) -> str:
    said = "".join(chr(glyph.code) for glyph in glyphs).replace("\x02", "-")
    said = said.translate(_LIGATURES)
    # Pairs of surrogates become the one character that they stand for.
    said = said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(said.replace("\xad", "").split())


def _columns(glyphs: list[Glyph], size: float) -> Iterator[tuple[float, str]]:
    """Return left end and text of the parts that wide gaps divide a line into."""
    part: list[Glyph] = []
    right: float | None = None
    for glyph in glyphs:
        if not glyph.is_blank():
            if right is not None and glyph.box.left - right > _COLUMN_GAP * size:
                yield next(g.box.left for g in part if not g.is_blank()), _text(part)
                part = []
            right = glyph.box.right
        part.append(glyph)
    yield next((g.box.left for g in part if not g.is_blank()), 0.0), _text(part)


def _size(text: PdfTextPage, index: int) -> float:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text, index))
    if raw.FPDFText_GetMatrix(text, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return size if math.isfinite(size) else 0.0


def _base(text: PdfTextPage, turn: Turn, index: int) -> float:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    return turn.point(x.value, y.value)[1]


def _is_bold(text: PdfTextPage, index: int) -> bool:
    from pypdfium2 import raw

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace").lower()
    return any(word in name for word in _BOLD) or bool(flags.value & _FORCE_BOLD)


def strokes(page: PdfPage, turn: Turn) -> tuple[list[Stroke], list[Stroke]]:
    """Return the strokes across and down a page."""
    from pypdfium2 import raw

    across: list[Stroke] = []
    down: list[Stroke] = []
    if raw.FPDFPage_CountObjects(page) > _MOST_OBJECTS:
        return across, down
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        for (x1, y1), (x2, y2) in _sides(item.raw, turn):
            if abs(y1 - y2) <= _STRAIGHT and abs(x1 - x2) >= _SHORTEST:
                across.append(Stroke((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
            elif abs(x1 - x2) <= _STRAIGHT and abs(y1 - y2) >= _SHORTEST:
                down.append(Stroke((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
    return across, down


Point = tuple[float, float]


def _sides(path: object, turn: Turn) -> Iterator[tuple[Point, Point]]:
    """Return the straight sides of what one path draws."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    first: Point = (0.0, 0.0)
    last: Point = first
    for number in range(min(raw.FPDFPath_CountSegments(path), _MOST_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn.point(
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield last, first
            last = first
