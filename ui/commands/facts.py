"""`residency facts`: the fact table on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.coverage.find_facts import find_facts
from ui.errors import ExportError
from ui.shared.fact_files import TableFormat, csv_text, exported, json_text
from ui.shared.fact_rows import FactRow, fact_row
from ui.shared.terminal_text import dated, inert

_WIDE = 200
"""Columns of a table that no terminal shows."""


class Format(StrEnum):
    """How facts are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


def facts(
    service: Annotated[
        str | None, typer.Option(help="Service or feature, as people call it.")
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="City, country or region; finds what lies in it too.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of fact, such as stored.")] = None,
    data: Annotated[str | None, typer.Option(help="Category of data, such as mailbox.")] = None,
    status: Annotated[
        str | None, typer.Option(help="How long it is meant to hold, such as temporary.")
    ] = None,
    document: Annotated[str | None, typer.Option(help="Id of a document.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; a workbook needs one.")
    ] = None,
) -> None:
    """Browse what the documents state, one fact a row."""
    from assistant import Assistant

    if output is None and form is Format.XLSX:
        raise ExportError("xlsx: a workbook is not printed. Name a file with -o FILE")
    if output is not None and form is Format.TABLE:
        raise ExportError(f"{output}: a table is printed alone. Give --format csv, json or xlsx")
    assistant = Assistant.open(
        progress=lambda message: print(f"residency: {message}", file=sys.stderr, flush=True)
    )
    index = assistant.index
    found = find_facts(
        index, service=service, place=place, kind=kind, document=document, data=data, status=status
    )
    rows = [fact_row(fact, index) for fact in found]
    if output is not None:
        _write(rows, form, output)
    elif form is Format.TABLE:
        _print_table(rows)
    else:
        _print(rows, form)


def _write(rows: Sequence[FactRow], form: Format, output: Path) -> None:
    try:
        output.write_bytes(exported(rows, TableFormat(form.value)))
    except OSError as error:
        raise ExportError(
            f"{output}: cannot be written ({error.strerror}). Name another file with -o"
        ) from error
    print(f"{len(rows)} facts: {output}", file=sys.stderr)


def _print(rows: Sequence[FactRow], form: Format) -> None:
    print(json_text(rows) if form is Format.JSON else csv_text(rows), end="")
    if form is Format.JSON:
        print()


def _print_table(rows: Sequence[FactRow]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    table = Table("kind", "subject", "says", "places", "conditions and exceptions", "status, date",
                  "document", show_lines=False)  # fmt: skip
    for row in rows:
        says = f"NOT: {row.value}" if row.negated else row.value
        limits = "; ".join([*row.conditions, *row.exceptions])
        cells = (
            row.kind, row.subject, says, "; ".join(row.places), limits,
            f"{row.status}, {dated(row.as_of)}", row.document,
        )  # fmt: skip
        table.add_row(*(Text(inert(cell)) for cell in cells))
    console.print(table)
    print(f"{len(rows)} facts")
