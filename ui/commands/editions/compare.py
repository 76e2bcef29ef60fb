"""`residency compare`: what two services, places or documents say, side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.comparing.compare_sides import compare_sides
from ui.commands.editions.report_files import ReportFormat, print_table, write_report
from ui.comparisons.sides_named import side_named
from ui.exports.change_rows import differs_words
from ui.exports.comparison_page import comparison_page
from ui.exports.comparison_rows import (
    BESIDE,
    CellRow,
    SidesTable,
    counts_of_sides,
    plain_sides,
    sides_table,
    standing_words,
)
from ui.shared.opened import opened
from ui.shared.terminal_text import inert


def compare(
    first: Annotated[
        str, typer.Argument(metavar="A", help="A document's id, a place or a service.")
    ],
    second: Annotated[
        str, typer.Argument(metavar="B", help="The other one; “place:”, “service:” settle what.")
    ],
    form: Annotated[
        ReportFormat, typer.Option("--format", help="How to print.")
    ] = ReportFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write instead of printing.")
    ] = None,
) -> None:
    """Lay side by side what two services, places or documents say.

    Each cell comes with its source. Places and periods that they name come first.
    """
    with opened().reading() as index:
        found = compare_sides(
            side_named(first, index), side_named(second, index), index.gazetteer,
            index.encoder.encode,
        )  # fmt: skip
        sides = sides_table(found, index)
    if form is ReportFormat.TABLE and output is None:
        _print_sides(sides)
    else:
        write_report(_text(sides, form), form, output, counts_of_sides(sides))


def _text(sides: SidesTable, form: ReportFormat) -> str:
    if form is ReportFormat.HTML:
        return comparison_page(sides)
    return json.dumps(plain_sides(sides), ensure_ascii=False, indent=1) + "\n"


def _print_sides(sides: SidesTable) -> None:
    named = [
        (f"{row.says}: {row.what}", *(row.names(one) for one in BESIDE)) for row in sides.values
    ]
    print_table(("names", "both", f"only {sides.first}", f"only {sides.second}"), named)
    rows = [
        (
            row.says, standing_words(row, sides), differs_words(row.differences),
            _said(row.first), _said(row.second),
        )
        for row in sides.rows
    ]  # fmt: skip
    print_table(("says", "how it stands", "differs", sides.first, sides.second), rows)
    print(inert(counts_of_sides(sides)))


def _said(cell: CellRow | None) -> str:
    return f"{cell.statement}\n[{cell.document} {cell.start}–{cell.end}]" if cell else ""
