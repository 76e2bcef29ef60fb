"""`residency facts`: the statements of the documents on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.coverage.find_facts import find_facts
from ui.errors import ExportError
from ui.shared.fact_files import TableFormat, csv_text, exported, json_text, jsonl_text
from ui.shared.fact_rows import FactRow, fact_rows
from ui.shared.terminal_text import dated, inert

_WIDE = 200
"""Columns of a table that no terminal shows."""


class Format(StrEnum):
    """How statements are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    XLSX = "xlsx"


def facts(
    service: Annotated[
        str | None,
        typer.Option(help="Service, feature or part, by a name that people or documents use."),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(help="City, country or region; finds what lies in it and what contains it."),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(
            help="What the place has to do with it: rests, processed, goes to, comes from, "
            "offered, customer, seat, left out, named; or any: all but customer and seat. "
            "[default: any]"
        ),
    ] = None,
    relation: Annotated[
        str | None,
        typer.Option(
            help="How its place lies to the one given: in (it, within it or around it), within, "
            "outside, overlapping. [default: in]"
        ),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="What it says, such as stored or “is not stored”.")
    ] = None,
    data: Annotated[str | None, typer.Option(help="Category of data, such as mailbox.")] = None,
    condition: Annotated[
        str | None,
        typer.Option(
            help="Words of a condition or an exception; or what it asks for, such as “signed up "
            "in” or “in preview”."
        ),
    ] = None,
    status: Annotated[
        str | None, typer.Option(help="How long it is meant to hold, such as temporary.")
    ] = None,
    document: Annotated[str | None, typer.Option(help="Id of a document.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; a workbook needs one.")
    ] = None,
) -> None:
    """Browse what the documents state, one statement a row."""
    from assistant import Assistant

    if output is None and form is Format.XLSX:
        raise ExportError("xlsx: a workbook is not printed. Name a file with -o FILE")
    if output is not None and form is Format.TABLE:
        raise ExportError(
            f"{output}: a table is printed alone. Give --format csv, json, jsonl or xlsx"
        )
    assistant = Assistant.open(
        progress=lambda message: print(f"residency: {message}", file=sys.stderr, flush=True)
    )
    index = assistant.index
    found = find_facts(
        index, service=service, place=place, role=role, relation=relation, kind=kind, data=data,
        condition=condition, status=status, document=document,
    )  # fmt: skip
    rows = fact_rows(found, index)
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
    if form is Format.JSON:
        print(json_text(rows))
    else:
        print(jsonl_text(rows) if form is Format.JSONL else csv_text(rows), end="")


def _print_table(rows: Sequence[FactRow]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    table = Table("statement", "kind", "places", "conditions and exceptions", "status, date",
                  "service", "document", show_lines=False)  # fmt: skip
    for row in rows:
        cells = (
            row.statement, row.says, "; ".join(row.placed),
            "; ".join([*row.conditions, *row.exceptions]),
            ", ".join((row.modality, row.status, dated(row.as_of))),
_about(row), row.document,
        )  # fmt: skip
        table.add_row(*(Text(inert(cell)) for cell in cells))
    console.print(table)
    print(f"{len(rows)} facts")


def _about(row: FactRow) -> str:
    """Return what a statement is about, what that is a part of, and the service where no part."""
    names = [name for name in (row.subject, *row.part_of) if name]
    about = " < ".join(names)
    return about if row.service in names else "; ".join(filter(None, (about, row.service)))
