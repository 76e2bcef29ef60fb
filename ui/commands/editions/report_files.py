"""Reports as they are printed or written: their forms, and what stands in the way of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path

from ui.errors import ExportError
from ui.shared.opened import say
from ui.shared.terminal_text import inert

_WIDE = 200
"""Columns of a table that no terminal shows."""


class ReportFormat(StrEnum):
    """How a report is printed."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def write_report(text: str, form: ReportFormat, output: Path | None, told: str) -> None:
    """Print a report, or write it into a file and tell what is in it."""
    if output is None:
        print(text, end="")
        return
    if form is ReportFormat.TABLE:
        raise ExportError(f"{output}: a table is printed alone. Give --format json or html")
    try:
        output.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise ExportError(
            f"{output}: cannot be written ({error.strerror}). Name another file with -o"
        ) from error
    say(inert(f"{told}: {output}"))


def print_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table as wide as the terminal; what is in its cells steers nothing."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    table = Table(*map(inert, titles), show_lines=True)
    for row in rows:
        table.add_row(*(Text(inert(cell)) for cell in row))
    console.print(table)
