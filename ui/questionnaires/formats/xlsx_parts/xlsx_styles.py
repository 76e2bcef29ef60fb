"""Looks of cells that wrap their text: those of the workbook, with wrapping added to them."""

from __future__ import annotations

import copy
import zipfile
from typing import Any

from ui.questionnaires.formats.office_xml import parsed, space_of, written

PART = "xl/styles.xml"


class WrappedStyles:
    """The styles of a workbook; what is asked for is added behind them, and none is changed."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._body = archive.read(PART) if PART in archive.namelist() else b""
        self._root = parsed(self._body) if self._body else None
        self._formats = None if self._root is None else self._root.find("{*}cellXfs")
        self._wrapped: dict[int, int] = {}
        self._added = 0

    def wrapped(self, style: str | None) -> str | None:
        """Return the number of a style that looks like this one and wraps its text."""
        number = int(style or 0)
        formats: Any = self._formats
        if formats is None or not 0 <= number < len(formats):
            return style
        if number not in self._wrapped:
            self._wrapped[number] = self._with_wrapping(formats, number)
        return str(self._wrapped[number])

    def body(self) -> bytes:
        """Return the part of styles; the same bytes where none was added."""
        return written(self._root) if self._added else self._body

    def _with_wrapping(self, formats: Any, number: int) -> int:
        own = formats[number].find("{*}alignment")
        if own is not None and own.get("wrapText") in ("1", "true"):
            return number
        added = copy.deepcopy(formats[number])
        alignment = added.find("{*}alignment")
        if alignment is None:
            alignment = added.makeelement(f"{space_of(added)}alignment", {})
            added.insert(0, alignment)
        alignment.set("wrapText", "1")
        if alignment.get("vertical") is None:
            alignment.set("vertical", "top")
        added.set("applyAlignment", "1")
        formats.append(added)
        formats.set("count", str(len(formats)))
        self._added += 1
        return len(formats) - 1
