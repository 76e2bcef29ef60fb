"""What pdfium tells of one page: characters with their places, and the strokes drawn on it."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from corpus.formats.pdf.printed_page import Line
from corpus.formats.pdf.raised_marks import PIECE_GAP, SMALLER, STRUCK, STRUCK_END, UNSEEN
from corpus.formats.pdf.ruled_tables import Box, Stroke

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_MOST_OBJECTS = 20_000
"""On a page; what has more is a drawing, and its strokes are no tables."""
_STRAIGHT = 1.0
_SHORTEST = 4.0
_DOT = (2.0, 6.5)
"""Points, of the smallest and the largest bullet."""
_HYPHEN = 0x02
"""What pdfium puts for a hyphen at a line's end that it takes for a division of a word."""
_BOLD = ("bold", "black", "heavy")
_FORCE_BOLD = 1 << 18
_RAISED = 0.12
"""Times the size of the line, by which a smaller letter stands higher."""
_LIFTED = 0.2
"""The same of a figure that a font draws raised, at the size of the line."""
_STRIKE_LOW, _STRIKE_HIGH = 0.12, 0.5
"""Times the size of the letters, between which a stroke goes through them."""
_OBLIQUE = 8.0
"""Degrees."""
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


def read_pieces(
    text: PdfTextPage, turn: Turn, glyphs: list[Glyph], struck: Struck
) -> Iterator[Line]:
    """Return the pieces of a printed line: wide gaps and raised figures part them."""
    printed = [glyph for glyph in glyphs if not glyph.is_blank()]
    if not printed:
        return
    sampled = printed[:: max(1, len(printed) // _SAMPLES)]
    sizes = Counter(round(_size(text, glyph.at) * 2) / 2 for glyph in sampled)
    size = sizes.most_common(1)[0][0]
    base = median_low(_base(text, turn, glyph.at) for glyph in sampled)
    height = median_low(glyph.box.top - glyph.box.bottom for glyph in sampled)
    letters = _Letters(text, turn, base, size, height)
    for part, raised in _parts(glyphs, size, letters):
        line = _piece(text, turn, part, struck)
        if line is not None:
            yield line._replace(raised=raised)


class Struck(NamedTuple):
    """What may go through letters: strokes across the page, and marked places."""

    strokes: list[Stroke]
    places: tuple[Box, ...]

    def near(self, low: float, high: float) -> Struck:
        """Return those between two heights."""
        return Struck(
            [one for one in self.strokes if low <= one.at <= high],
            tuple(one for one in self.places if one.bottom <= high and one.top >= low),
        )

    def hits(self, glyph: Glyph) -> bool:
        """Tell whether a letter is struck by those that are near its line."""
        x, y = glyph.box.centre()
        return any(one.low <= x <= one.high for one in self.strokes) or any(
            one.holds(x, y) for one in self.places
        )


class _Letters(NamedTuple):
    """The letters of one line, to which raised ones are compared."""

    text: PdfTextPage
    turn: Turn
    base: float
    size: float
    height: float

    def raises(self, glyph: Glyph) -> bool:
        """Tell whether a letter is smaller and higher than the others."""
        if glyph.box.top - glyph.box.bottom < SMALLER * self.height:
            rise = _base(self.text, self.turn, glyph.at) - self.base
            return rise > _RAISED * self.size
        return 48 <= glyph.code <= 57 and not self.turn.degrees and (
            _foot(self.text, glyph.at) - self.base > _LIFTED * self.size
        )  # fmt: skip


def _parts(
    glyphs: list[Glyph], size: float, letters: _Letters
) -> Iterator[tuple[list[Glyph], bool]]:
    part: list[Glyph] = []
    right: float | None = None
    raised = False
    for glyph in glyphs:
        if not glyph.is_blank():
            lifts = letters.raises(glyph)
            apart = right is not None and glyph.box.left - right > PIECE_GAP * size
            if right is not None and (apart or lifts != raised):
                yield part, raised
                part = []
            raised, right = lifts, glyph.box.right
        part.append(glyph)
    yield part, raised


def _piece(text: PdfTextPage, turn: Turn, glyphs: list[Glyph], struck: Struck) -> Line | None:
    printed = [glyph for glyph in glyphs if not glyph.is_blank()]
    if not printed:
        return None
    sampled = printed[:: max(1, len(printed) // _SAMPLES)]
    sizes = Counter(round(_size(text, glyph.at) * 2) / 2 for glyph in sampled)
    size = sizes.most_common(1)[0][0]
    base = _base(text, turn, printed[0].at)
    near = struck.near(base + _STRIKE_LOW * size, base + _STRIKE_HIGH * size)
    said = _struck_text(glyphs, near) if near.strokes or near.places else _text(glyphs)
    if not said:
        return None
    return Line(
        text=said,
        left=printed[0].box.left,
        right=max(glyph.box.right for glyph in printed),
        base=base,
        size=size,
        bold=all(_is_bold(text, glyph.at) for glyph in sampled),
    )


def _struck_text(glyphs: list[Glyph], struck: Struck) -> str:
    parts: list[str] = []
    for hit, run in groupby(glyphs, key=struck.hits):
        chars = list(run)
        said = _text(chars)
        lead = " " if chars[0].is_blank() else ""
        tail = " " if chars[-1].is_blank() else ""
        parts.append(
            f"{lead}{STRUCK}{said}{STRUCK_END}{tail}" if hit and said else lead + said + tail
        )
    return " ".join("".join(parts).split())


def _text(glyphs: list[Glyph]) -> str:
    said = "".join(chr(glyph.code) for glyph in glyphs).replace("\x02", "-")
    said = UNSEEN.sub("", said.translate(_LIGATURES))
    # Pairs of surrogates become the one character that they stand for.
    said = said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    said = " ".join(said.split())
    # At the end of a line it divides a word.
    return said[:-1].replace("\xad", "") + said[-1:].replace("\xad", "\u2010")


def is_oblique(text: PdfTextPage, glyphs: list[Glyph]) -> bool:
    """Tell whether a line runs neither along nor up the page, as a watermark does."""
    from pypdfium2 import raw

    degrees = math.degrees(raw.FPDFText_GetCharAngle(text, glyphs[0].at)) % 90
    return len(glyphs) > 2 and _OBLIQUE < degrees < 90 - _OBLIQUE


def _foot(text: PdfTextPage, index: int) -> float:
    """Return how low the printed shape of a character reaches."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return bottom.value


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


class Drawn(NamedTuple):
    """Strokes across and down a page, and dots, as some programs draw bullets."""

    across: list[Stroke]
    down: list[Stroke]
    dots: list[Box]


def drawn_on(page: PdfPage, turn: Turn) -> Drawn:
    """Return the strokes and dots of a page."""
    from pypdfium2 import raw

    drawn = Drawn([], [], [])
    if raw.FPDFPage_CountObjects(page) > _MOST_OBJECTS:
        return drawn
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        edges = [ctypes.c_float() for _ in range(4)]
        if raw.FPDFPageObj_GetBounds(item.raw, *edges):
            box = turn.box(*(edge.value for edge in edges))
            wide, high = box.right - box.left, box.top - box.bottom
            if _DOT[0] <= wide <= _DOT[1] and abs(wide - high) <= _STRAIGHT:
                drawn.dots.append(box)
                continue
        for (x1, y1), (x2, y2) in _sides(item.raw, turn):
            if abs(y1 - y2) <= _STRAIGHT and abs(x1 - x2) >= _SHORTEST:
                drawn.across.append(Stroke((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
            elif abs(x1 - x2) <= _STRAIGHT and abs(y1 - y2) >= _SHORTEST:
                drawn.down.append(Stroke((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
    return drawn


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
