"""`residency check`: which promises and exclusions hold for a tenant."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import ProfileError
from assistant.tenant.profile_files import read_profile
from assistant.tenant.types import TenantCheck
from assistant.types import Profile
from ui.errors import ExportError
from ui.exports.check_page import check_page
from ui.shared.check_rows import (
    CheckRow,
    Tally,
    by_data,
    by_service,
    shown_check,
    table_cells,
)
from ui.shared.opened import opened, say
from ui.shared.table_book import workbook_of
from ui.shared.terminal_text import inert

if TYPE_CHECKING:
    from assistant import Assistant

LOCAL_OWNER = ""
"""Whose profiles the command line keeps."""
_WIDE = 200
_WIDTHS = (14, 60, 16, 24, 50, 24, 30, 14, 24, 24, 24, 40, 60, 8, 8, 8, 8, 40, 14, 18)


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


@dataclass(frozen=True, slots=True)
class _Shown:
    """A check of one tenant, ready to print."""

    name: str
    profile: Profile
    checked: TenantCheck
    rows: list[CheckRow]
    changes: tuple[str, ...]


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
        for unknown in one.checked.unknown:
            say(inert(f"{one.name}: {unknown}"))
    if form is Format.TABLE:
        for one in shown:
            _print_table(one)
        return
    _write(_exported(shown, form), output)


def _tenants(assistant: Assistant, names: Sequence[str]) -> list[tuple[str, Profile]]:
    """Return the profiles that are meant, each with its name."""
    if not names:
        standing = assistant.profile(LOCAL_OWNER)
        if standing is None:
            say("no profile is given: nothing is assumed of the tenant. Name one with --profile")
        return [("standing profile", standing or Profile())]
    kept = assistant.tenants(LOCAL_OWNER)
    return [(name, kept[name] if name in kept else _of_file(name, kept)) for name in names]


def _of_file(name: str, kept: dict[str, Profile]) -> Profile:
    path = Path(name)
    if not path.exists():
        known = ", ".join(kept) or "none"
        raise ProfileError(
            f"{name}: neither a kept profile nor a file. Kept are: {known}. Keep one with "
            f"`residency profile save NAME FILE`"
        )
    return read_profile(path)


def _checked(
    assistant: Assistant, name: str, profile: Profile, changes: tuple[str, ...], service: str
) -> _Shown:
    shown = shown_check(assistant, profile, changes, service)
    return _Shown(name, profile, shown.checked, shown.rows, changes)


def _restricted(shown: _Shown, only: Only | None, data: str) -> _Shown:
    wanted = data.casefold()
    rows = [
        row
        for row in shown.rows
        if (only is None or row.outcome == only.value.replace("-", " "))
        and (not wanted or any(wanted in one.casefold() for one in row.data))
    ]
    return _Shown(shown.name, shown.profile, shown.checked, rows, shown.changes)


def _told(shown: _Shown) -> list[str]:
    """Return what was checked and how it ends, in lines."""
    said = f"{shown.name}: {shown.profile!r}".replace("Profile(", "(")
    counts = ", ".join(f"{one.of}: {_ends(one)}" for one in by_service(shown.rows))
    lines = [said]
    if shown.changes:
        lines.append(f"What changes with: {'; '.join(shown.changes)}")
    if shown.checked.left_out:
        lines.append(
            f"{shown.checked.left_out} statements of services that the profile does not name are "
            "left out."
        )
    return [*lines, *((f"{counts}.",) if counts else ("No statement.",)), *shown.checked.unknown]


def _ends(tally: Tally) -> str:
    return f"{tally.holds} hold, {tally.does_not_hold} do not, {tally.not_known} not known"


def _exported(shown: Sequence[_Shown], form: Format) -> bytes:
    if form is Format.JSON:
        return (
            json.dumps([_plain(one) for one in shown], ensure_ascii=False, indent=1, default=str)
            + "\n"
        ).encode()
    if form is Format.XLSX:
        cells = [["profile", *table_cells([])[0]]]
        for one in shown:
            cells += [[one.name, *row] for row in table_cells(one.rows)[1:]]
        return workbook_of("Tenant check", cells, (18, *_WIDTHS))
    pages = [
        check_page(f"What holds for {one.name}", _told(one), by_service(one.rows), one.rows)
        for one in shown
    ]
    if len(pages) > 1:
        raise ExportError("html: a page is of one profile. Give one --profile, or --format xlsx")
    return pages[0].encode()


def _plain(shown: _Shown) -> dict[str, object]:
    return {
        "profile": shown.name,
        "said": shown.profile.to_json(),
        "changes": shown.changes,
        "unknown": shown.checked.unknown,
        "left_out": shown.checked.left_out,
        "by_service": [asdict(one) for one in by_service(shown.rows)],
        "by_data": [asdict(one) for one in by_data(shown.rows)],
        "statements": [asdict(one) for one in shown.rows],
    }


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


def _print_table(shown: _Shown) -> None:
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
