"""What both kinds of office documents are read into: paragraphs, items and tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from corpus.formats.office.automatic_numbers import Level
from corpus.formats.office.writing.reading_text import BOXES, Piece


@dataclass(frozen=True, slots=True)
class Item:
    """That a paragraph is a member of a list, and what stands before it."""

    mark: Literal["bullet", "number", "label"]
    """A number counts as in Markdown; a label is told to the reader: "7.2", "(a)"."""
    label: str = ""
    number: int = 0
    list: str = ""
    """Name of the list; within one list the level tells what lies deeper."""
    level: int = 0
    indent: int = 0
    """Between lists the indentation tells it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or item, without what floats beside it."""

    pieces: tuple[Piece, ...]
    heading: int = 0
    """Its level from 1, 0 for none."""
    item: Item | None = None
    indent: int = 0
    quote: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table as the file has it."""

    blocks: tuple[Block, ...] = ()
    columns: int = 1
    """Columns that it lies in."""
    below: bool = False
    """Whether it goes on from the row above."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table."""

    cells: tuple[TableCell, ...]
    titles: bool = False
    """Whether the file says that it names the columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the file has it."""

    rows: tuple[TableRow, ...]


Block = Paragraph | Table


def list_item(form: Level, label: str, reached: int, where: Item) -> Item | None:
    """Return what stands before a paragraph that was counted, None where that is nothing."""
    if form.style == "bullet":
        # Other signs say no more than that it is an item.
        sign = form.text if form.text in (*BOXES, "✓", "✗") else ""
        return replace(where, mark="bullet", label=sign)
    if not label:
        return None
    mark: Literal["number", "label"] = "number" if form.is_plain else "label"
    return replace(where, mark=mark, label=label, number=reached)
