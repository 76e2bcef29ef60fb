"""`residency check`: which promises and exclusions hold for a tenant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.types import Profile
from ui.commands.tenant.tenants_named import LOCAL_OWNER, tenants_named
from ui.errors import ExportError
from ui.exports.check_files import (
    CheckForm,
    CheckOfTenant,
    check_file,
    check_told,
    ends,
    profile_said,
)
from ui.shared.check_rows import by_service, shown_check
from ui.shared.opened import opened, say
from ui.shared.terminal_text import inert

if TYPE_CHECKING:
    from assistant import Assistant

_WIDE = 200


class Format(StrEnum):
    """How a check is printed."""

    TABLE = "table"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"


class Only(StrEnum):
    """Which statements are shown."""

    HOLDS = "holds"
    DOES_NOT = "does-not-hold"
    NOT_KNOWN = "not-known"


def check(
    profile: Annotated[
        list[str] | None,
        typer.Option(
            help="A kept profile, or a TOML or JSON file; may be given several times. Without any: "
            "the standing profile of the command line."
        ),
    ] = None,
    service: Annotated[str, typer.Option(help="Only documents about this service.")] = "",
    only: Annotated[Only | None, typer.Option(help="Only statements that end so.")] = None,
    data: Annotated[str, typer.Option(help="Only statements about this kind of data.")] = "",
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--if",
            help='Show what would change: "buy X", "buy X for 10%", "move to PLACE", "choose '
            'REGION", "sign AGREEMENT", "enable X", "drop X"; may be given several times.',
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; a workbook needs one.")
    ] = None,
) -> None:
    """Say which promises and exclusions hold for a tenant, and why the others do not."""
    if output is None and form is Format.XLSX:
        raise ExportError("xlsx: a workbook is not printed. Name a file with -o FILE")
    if output is not None and form is Format.TABLE:
        raise ExportError(f"{output}: a table is printed alone. Give --format json, xlsx or html")
    assistant = opened()
    shown = [
        _checked(assistant, name, tenant, tuple(change or ()), service)
        for name, tenant in _tenants(assistant, profile or [])
    ]
    shown = [_restricted(one, only, data) for one in shown]
    for one in shown:
        for unknown in one.unknown:
            say(inert(f"{one.name}: {unknown}"))
    if form is Format.TABLE:
        for one in shown:
            _print_table(one)
        return
    _write(check_file(shown, CheckForm(form.value)), output)


def _tenants(assistant: Assistant, names: Sequence[str]) -> list[tuple[str, Profile]]:
    """Return the profiles that are meant, each with its name."""
    if not names:
        standing = assistant.profile(LOCAL_OWNER)
        if standing is None:
            say("no profile is given: nothing is assumed of the tenant. Name one with --profile")
        return [("standing profile", standing or Profile())]
    return tenants_named(assistant, names)


def _checked(
    assistant: Assistant, name: str, profile: Profile, changes: tuple[str, ...], service: str
) -> CheckOfTenant:
    shown = shown_check(assistant, profile, changes, service)
    return CheckOfTenant(
        name, profile, shown.rows, shown.checked.unknown, shown.checked.left_out, changes
    )


def _restricted(check: CheckOfTenant, only: Only | None, data: str) -> CheckOfTenant:
    wanted = data.casefold()
    rows = [
        row
        for row in check.rows
        if (only is None or row.outcome == only.value.replace("-", " "))
        and (not wanted or any(wanted in one.casefold() for one in row.data))
    ]
    return replace(check, rows=rows)


def _told(check: CheckOfTenant) -> list[str]:
    """Return what was checked and how it ends, in lines."""
    said = "; ".join(f"{name}: {value}" for name, value in profile_said(check.profile))
    counts = ", ".join(f"{one.of}: {ends(one)}" for one in by_service(check.rows))
    return [f"{check.name}: {said}", f"{counts or 'No statement'}.", *check_told(check)]


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        print(content.decode(), end="")
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise ExportError(
            f"{output}: cannot be written ({error.strerror}). Name another file with -o"
        ) from error
    print(f"written: {output}", file=sys.stderr)


def _print_table(shown: CheckOfTenant) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    titles = ["outcome", "statement", "because", "decided by", "service", "document"]
    if shown.changes:
        titles.insert(1, "before")
    table = Table(*titles, show_lines=False)
    for row in shown.rows:
        cells = [
            row.outcome, row.statement, "; ".join(row.because), "; ".join(row.decided_by),
            row.service, row.document,
        ]  # fmt: skip
        if shown.changes:
            cells.insert(1, row.before)
        table.add_row(*(Text(inert(cell)) for cell in cells))
    console.print(table)
    for line in _told(shown):
        print(inert(line))
