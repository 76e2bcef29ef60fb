"""Text as one cell of a spreadsheet: shown, never computed; pure."""

from __future__ import annotations

import re

from ui.shared.terminal_text import inert

LARGEST_CELL = 32_767
"""Characters that a spreadsheet keeps of one cell."""
_CUT = " … (cut, the cell is full)"
_FORMULA = ("=", "+", "-", "@", "\t", "\n", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the start of a formula, the wide forms included."""
_PARTS = re.compile('(^(?=[ \u00a0"])|[;,\t\n|])(?=[ \u00a0"]*[=+\\-@＝＋－＠])')
"""A separator that is followed by what begins a formula, with what importers leave out between."""
_NO_TEXT = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def neutral(text: str) -> str:
    """Return text as a cell that a spreadsheet shows and does not compute.

    Steering characters are replaced, and what would begin a formula gets an apostrophe before it.
    """
    safe = _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", inert(text))
    # The carriage return is gone from `safe` and still says how the text began.
    safe = f"'{safe}" if text.startswith(_FORMULA) else safe
    return _fitting(safe)


def _fitting(text: str) -> str:
    return text if len(text) <= LARGEST_CELL else text[: LARGEST_CELL - len(_CUT)] + _CUT


def cell_text(value: object) -> str:
    """Return a value as the text of a cell: lists joined by "; ", numbers of our own as they are.

    -5 stays -5, for it computes nothing; a text "-5" does not.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return neutral("; ".join(str(part) for part in value))
    return neutral(str(value))


def csv_cell(value: object) -> str:
    """Return a value as the text of a cell of CSV or TSV.

    Where a spreadsheet expects another separator than the file has, it parts a text in the middle:
    what would begin a formula there gets its apostrophe too.
    """
    return _fitting(_PARTS.sub(r"\1'", cell_text(value)))
