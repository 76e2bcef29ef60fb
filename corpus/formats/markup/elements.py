"""What a document of a mark-up language holds, before it is written in the reading form.

Texts within elements are of the reading form already: what stands for itself is escaped, and
`BREAK` stands for a line end that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that are shown as they were typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """Blocks that another converter has written in the reading form."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What is quoted from elsewhere."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Container:
    """A note set apart, or what holds for one choice of the reader."""

    kind: Literal["note", "tab", "zone"]
    title: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """The note that a mark stands for."""

    label: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a list."""

    elements: tuple[Element, ...]
    label: str = ""
    """The term that it says something of."""
    checked: bool | None = None
    """Whether its box is ticked; None for one without."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]
    first: int | None = None
    """The number of its first item; None for bullets and terms."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell, and how many columns and rows it takes."""

    elements: tuple[Element, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, of which the first may be titles."""

    rows: tuple[tuple[TableCell, ...], ...]
    titles: int = 0


Element = (
    Paragraph | Heading | Code | Written | Quote | Container | Footnote | Items | Table
)  # fmt: skip
