"""What is printed on a page: lines of prose, tables, and where they are."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """One printed line; places are in points from the lower left corner."""

    text: str
    left: float
    right: float
    base: float
    """Height of the line that the letters stand on."""
    size: float
    """Of its letters, to half a point."""
    bold: bool
    columns: tuple[tuple[float, str], ...] = ()
    """Left end and text of the parts between wide gaps."""
    raised: bool = False
    """Whether it is a piece of a line that is set above the rest of it."""
    lifted: bool = False
    """Whether it holds such a piece, for which some programs set the line lower."""


class Table(NamedTuple):
    """A table with the lines of each cell."""

    before: int
    """How many lines of the page come before it."""
    columns: tuple[float, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    titles: int = 1
    """How many of the first rows are titles of columns."""


class Page(NamedTuple):
    """Everything that is printed on one page."""

    lines: list[Line]
    tables: list[Table]
    bottom: float
    top: float
