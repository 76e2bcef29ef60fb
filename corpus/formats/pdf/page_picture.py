"""A page of a PDF as a picture, and where on it a passage of its text is printed."""

from __future__ import annotations

import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from corpus.formats.pdf.from_pdf import opened
from corpus.formats.types import Picture, PrintedAt, Unusable

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_LONGEST_SIDE = 1600
"""Pixels."""
_SHARPEST = 2.0
"""Pixels of a point."""
_LEAST, _FURTHER = 12, 5
"""Letters that the beginning of a passage must have to be looked for alone, and what follows it."""


class _Letter(NamedTuple):
    """A letter or figure of a page."""

    sign: str
    at: int
    """Number of the character among those of the page."""


def page_picture(content: bytes, number: int, passage: str) -> Picture:
    """Return a page, counted from 1, with the lines of a passage marked; none of them where the
    passage is not found. Raises Unusable.
    """
    document = opened(content)
    if not 1 <= number <= len(document):
        raise Unusable(f"has no page {number}", f"Choose one from 1 to {len(document)}")
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(_SHARPEST, _LONGEST_SIDE / max(width, height, 1.0))
    image = page.render(scale=scale).to_pil().convert("P", palette=1, colors=128)
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    marks = tuple(_boxes(page, passage, image.width, image.height))
    return Picture(written.getvalue(), image.width, image.height, marks)


def _boxes(page: PdfPage, passage: str, width: int, height: int) -> Iterator[PrintedAt]:
    """Yield the lines of a passage as shares of the picture's sides."""
    from pypdfium2 import raw

    text = page.get_textpage()
    # Its numbers are those of the boxes, which the text in one piece does not keep to.
    codes = (raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars()))
    letters = list(_letters(map(_sign, codes)))
    found = _found("".join(one.sign for one in letters), passage)
    rows: list[PrintedAt] = []
    for first, last in found:
        rows += _lines(text, letters[first:last])
    for left, top, right, bottom in rows:
        a = _point(page, left, top, width, height)
        b = _point(page, right, bottom, width, height)
        (x1, x2), (y1, y2) = sorted((a[0], b[0])), sorted((a[1], b[1]))
        yield PrintedAt(x1 / width, y1 / height, x2 / width, y2 / height)


def _point(page: PdfPage, x: float, y: float, width: int, height: int) -> tuple[int, int]:
    """Return where a point of a page, in its own measure, is in a picture of all of it."""
    from ctypes import byref, c_int

    from pypdfium2 import raw

    across, down = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, byref(across), byref(down))
    return across.value, down.value


def _sign(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= sys.maxunicode else ""


def _letters(text: Iterable[str]) -> Iterator[_Letter]:
    for at, character in enumerate(text):
        for sign in unicodedata.normalize("NFKC", character).casefold():
            if sign.isalnum():
                yield _Letter(sign, at)


def _found(printed: str, passage: str) -> list[tuple[int, int]]:
    """Return where a passage is among the letters of a page; its pieces, where it is not whole."""
    wanted = _only_letters(passage)
    if not wanted:
        return []
    at = printed.find(wanted)
    if at >= 0:
        return [(at, at + len(wanted))]
    return _in_pieces(printed, wanted)


def _in_pieces(printed: str, wanted: str) -> list[tuple[int, int]]:
    """Return the pieces of a passage, in its order: a mark of a note, another column or the end of
    the page may stand between them. Nothing where its beginning is not there.
    """
    found: list[tuple[int, int]] = []
    while wanted:
        least = min(len(wanted), _FURTHER if found else _LEAST)
        length = bisect_left(
            range(least, len(wanted) + 1), True, key=lambda n: wanted[:n] not in printed
        ) + least - 1  # fmt: skip
        if length < least:
            break
        after = found[-1][1] if found else 0
        at = printed.find(wanted[:length], after)
        at = at if at >= 0 else printed.find(wanted[:length])
        found.append((at, at + length))
        wanted = wanted[length:]
    return found


def _only_letters(text: str) -> str:
    return "".join(one.sign for one in _letters(text))


def _lines(text: PdfTextPage, letters: Sequence[_Letter]) -> list[PrintedAt]:
    """Return the boxes of letters in the page's own measure, one for those beside each other."""
    lines: list[PrintedAt] = []
    for _, at in letters:
        left, bottom, right, top = text.get_charbox(at, loose=True)
        last = lines[-1] if lines else None
        if last and last.bottom < (top + bottom) / 2 < last.top and left >= last.left:
            lines[-1] = PrintedAt(
                last.left, max(last.top, top), max(last.right, right), min(last.bottom, bottom)
            )
        else:
            lines.append(PrintedAt(left, top, right, bottom))
    return lines
