"""What stands on a page beside its text: fields of a form, struck places, remarks, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from corpus.formats.pdf.glyphs import Turn
from corpus.formats.pdf.ruled_tables import Box

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MOST_NOTES = 5_000
"""Annotations of one page."""
_MOST_QUADS = 200
_MOST_PICTURES = 500
_SMALLEST = 24.0
"""Points; a picture that is smaller is an ornament."""
_HIDDEN = 2


class Field(NamedTuple):
    """A field of a form, as it is filled in."""

    text: str
    box: Box


class Notes(NamedTuple):
    """What the annotations of one page say."""

    fields: tuple[Field, ...]
    struck: tuple[Box, ...]
    remarks: tuple[str, ...]


def read_notes(document: PdfDocument, page: PdfPage, turn: Turn) -> Notes:
    """Return the fields, struck places and remarks of a page."""
    from pypdfium2 import raw

    fields: list[Field] = []
    struck: list[Box] = []
    remarks: list[str] = []
    form = document.formenv
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind == raw.FPDF_ANNOT_WIDGET and form is not None:
            fields.extend(_field(form, note, turn))
        elif kind == raw.FPDF_ANNOT_STRIKEOUT:
            struck.extend(_quads(note, turn))
        elif kind in (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT):
            remarks.extend(filter(None, [_string(note, b"Contents")]))
        raw.FPDFPage_CloseAnnot(note)
    return Notes(tuple(fields), tuple(struck), tuple(remarks))


def pictures(page: PdfPage) -> int:
    """Return how many pictures a page shows."""
    from pypdfium2 import raw

    count = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        edges = [ctypes.c_float() for _ in range(4)]
        if raw.FPDFPageObj_GetBounds(item.raw, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            count += right - left >= _SMALLEST and top - bottom >= _SMALLEST
        if count >= _MOST_PICTURES:
            break
    return count


def _field(form: object, note: object, turn: Turn) -> Iterator[Field]:
    from pypdfium2 import raw

    if raw.FPDFAnnot_GetFlags(note) & _HIDDEN:
        return
    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    box = _rect(note, turn)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        ticked = raw.FPDFAnnot_IsChecked(form, note)
        yield Field("☒" if ticked else "☐", box)
    elif kind in (
        raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX,
    ):  # fmt: skip
        length = raw.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAnnot_GetFormFieldValue(
            form, note, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length
        )
        said = " ".join(_decoded(buffer).split())
        if said:
            yield Field(said, box)


def _rect(note: object, turn: Turn) -> Box:
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, rect)
    return turn.box(rect.left, rect.bottom, rect.right, rect.top)


def _quads(note: object, turn: Turn) -> Iterator[Box]:
    from pypdfium2 import raw

    quad = raw.FS_QUADPOINTSF()
    for number in range(min(raw.FPDFAnnot_CountAttachmentPoints(note), _MOST_QUADS)):
        if raw.FPDFAnnot_GetAttachmentPoints(note, number, quad):
            xs = (quad.x1, quad.x2, quad.x3, quad.x4)
            ys = (quad.y1, quad.y2, quad.y3, quad.y4)
            yield turn.box(min(xs), min(ys), max(xs), max(ys))


def _string(note: object, key: bytes) -> str:
    from pypdfium2 import raw

    length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(
        note, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length
    )
    return " ".join(_decoded(buffer).split())


def _decoded(buffer: ctypes.Array[ctypes.c_char]) -> str:
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
