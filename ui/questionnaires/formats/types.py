"""What is written into a file of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.formats import Unusable
from ui.questionnaires.types import Sheet

MOST_COLUMNS = 512
"""Columns of a table that are read."""
_LONGEST_TEXT = 20_000_000
"""Characters of all cells: one text may stand in very many of them."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text for an empty cell of the customer."""

    row: int
    """From 1."""
    column: int
    """From 0."""
    text: str


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written into one sheet."""

    sheet: str
    column: int
    """The one that asks; added columns stand beside it and look like it."""
    filled: tuple[Filled, ...]
    added: Mapping[int, tuple[str, ...]]
    """Cells of added columns by row, those with their titles among them; empty for none."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the sheet of sources, and the question that it links back to."""

    sheet: str
    row: int
    column: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The sheet of sources: where each answer is from."""

    titles: tuple[str, ...]
    rows: tuple[SourceRow, ...]


def check_sheets(sheets: Sequence[Sheet]) -> None:
    """Raise Unusable for tables with more in them than a person could have written."""
    signs = sum(len(cell) for sheet in sheets for row in sheet.rows for cell in row.cells)
    if signs > _LONGEST_TEXT:
        raise Unusable(
            f"has {signs:,} characters of text, the limit is {_LONGEST_TEXT:,}",
            "Give what asks alone",
        )
