"""`residency facts`: the fact table on the command line."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from corpus.facts.types import Fact
    from index.reader import IndexReader

_WIDE = 200
"""Columns of a table that no terminal shows."""


class Format(StrEnum):
    """How facts are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def facts(
    service: Annotated[
        str | None, typer.Option(help="Service or feature, as people call it.")
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="City, country or region; finds what lies in it too.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of fact, such as stored.")] = None,
    document: Annotated[str | None, typer.Option(help="Id of a document.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Browse what the documents state, one fact a row."""
    from assistant import Assistant
    from assistant.facts import find_facts

    assistant = Assistant.open(
        progress=lambda message: print(f"residency: {message}", file=sys.stderr, flush=True)
    )
    index = assistant.index
    found = find_facts(index, service=service, place=place, kind=kind, document=document)
    rows = [row(fact, index) for fact in found]
    if form is Format.JSON:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form is Format.CSV:
        _print_csv(rows)
    else:
        _print_table(rows)


def row(fact: Fact, index: IndexReader) -> dict[str, object]:
    """Return a fact as the plain values that are printed."""
    text = index.documents[fact.document].text
    return {
        "document": fact.document,
        "kind": fact.kind.value,
        "subject": fact.subject,
        "value": fact.value,
        "places": [index.gazetteer.place(id_).name for id_ in fact.places],
        "data": list(fact.data),
        "conditions": list(fact.conditions),
        "exceptions": list(fact.exceptions),
        "negated": fact.negated,
        "status": fact.status.value,
        "as_of": fact.as_of.isoformat() if fact.as_of else None,
        "quote": fact.span.of(text),
        "start": fact.span.start,
        "end": fact.span.end,
        "id": fact.id,
    }


def _print_csv(rows: Sequence[dict[str, object]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    columns = (
        "document", "kind", "subject", "value", "places", "data", "conditions", "exceptions",
        "negated", "status", "as_of", "quote", "start", "end", "id",
    )  # fmt: skip
    writer.writerow(columns)
    for one in rows:
        writer.writerow([_cell(one[column]) for column in columns])


def _cell(value: object) -> str:
    """Return a value as one cell that a spreadsheet shows and does not compute."""
    from ui.cells import neutral

    words = (
        "; ".join(map(str, value))
        if isinstance(value, list)
        else ""
        if value is None
        else str(value)
    )
    return neutral(words)


def _print_table(rows: Sequence[dict[str, object]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ui.render import inert

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    table = Table("kind", "subject", "says", "places", "conditions and exceptions", "status, date",
                  "document", show_lines=False)  # fmt: skip
    for one in rows:
        says = f"NOT: {one['value']}" if one["negated"] else str(one["value"])
        limits = "; ".join([*_strings(one["conditions"]), *_strings(one["exceptions"])])
        cells = (
            one["kind"], one["subject"], says, "; ".join(_strings(one["places"])), limits,
            f"{one['status']}, {one['as_of'] or 'undated'}", one["document"],
        )  # fmt: skip
        table.add_row(*(Text(inert(str(cell))) for cell in cells))
    console.print(table)
    print(f"{len(rows)} facts")


def _strings(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else []
