"""Checks of tenants as files: workbook, JSON and a page; pure but for what writes the workbook."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from assistant.types import EVERY_ADD_ON, Profile
from ui.exports.check_page import CheckSection, check_page
from ui.shared.check_rows import CheckRow, Tally, by_data, by_service, table_cells
from ui.shared.table_book import workbook_of

_WIDTHS = (
    18, 14, 60, 16, 24, 50, 24, 30, 14, 24, 24, 24, 40, 60, 8, 8, 8, 8, 40, 14, 18,
)  # fmt: skip
"""Characters of the columns of a workbook; the first is the profile's name."""


class CheckForm(StrEnum):
    """A file that checks can be written to; the value is the ending of its name."""

    XLSX = "xlsx"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class CheckOfTenant:
    """A check of one tenant, ready to be shown."""

    name: str
    profile: Profile
    rows: Sequence[CheckRow]
    unknown: tuple[str, ...] = ()
    """What of the profile nobody knows, a sentence each."""
    left_out: int = 0
    """Statements of services that the profile does not name."""
    changes: tuple[str, ...] = ()
    """In words; the rows are what they decide otherwise."""


def profile_said(profile: Profile) -> list[tuple[str, str]]:
    """Return what is said of a tenant, each with its name; one line where nothing is."""
    shares = (
        one.name if one.share is None else f"{one.name} {one.share:g}%" for one in profile.licences
    )
    without = ("any add-on" if one == EVERY_ADD_ON else one for one in profile.without)
    said = (
        ("Sign-up country", profile.country),
        ("Region chosen", profile.region),
        ("Add-ons", ", ".join(profile.add_ons)),
        ("Licences", ", ".join(shares)),
        ("Agreement", profile.agreement),
        ("Services", ", ".join(profile.services)),
        ("Features on", ", ".join(profile.features)),
        ("Without", ", ".join(without)),
        ("Provisioned", profile.provisioned.isoformat() if profile.provisioned else ""),
    )
    return [one for one in said if one[1]] or [("Profile", "nothing is said of the tenant")]


def check_told(check: CheckOfTenant) -> list[str]:
    """Return what a reader of a check has to know beside its statements, a sentence each."""
    told = [f"What changes with: {'; '.join(check.changes)}."] if check.changes else []
    if check.left_out:
        told.append(
            f"{check.left_out:,} statements of services that the profile does not name are left "
            "out."
        )
    return [*told, *check.unknown]


def ends(tally: Tally) -> str:
    """Return how statements end: "3 hold, 1 does not, 2 not known"."""
    hold = "holds" if tally.holds == 1 else "hold"
    do = "does" if tally.does_not_hold == 1 else "do"
    return (
        f"{tally.holds:,} {hold}, {tally.does_not_hold:,} {do} not, {tally.not_known:,} not known"
    )


def check_file(checks: Sequence[CheckOfTenant], form: CheckForm) -> bytes:
    """Return the bytes of a file of checks, tenant by tenant."""
    if form is CheckForm.JSON:
        plain = [_plain(one) for one in checks]
        return (json.dumps(plain, ensure_ascii=False, indent=1, default=str) + "\n").encode(
            "utf-8", "backslashreplace"
        )
    if form is CheckForm.XLSX:
        cells = [["profile", *table_cells([])[0]]]
        for one in checks:
            cells += [[one.name, *row] for row in table_cells(one.rows)[1:]]
        return workbook_of("Tenant check", cells, _WIDTHS)
    title = f"What holds for {' and '.join(one.name for one in checks)}"
    return check_page(title, [_section(one) for one in checks]).encode("utf-8", "backslashreplace")


def _section(check: CheckOfTenant) -> CheckSection:
    return CheckSection(
        check.name, profile_said(check.profile), check_told(check), by_service(check.rows),
        check.rows,
    )  # fmt: skip


def _plain(check: CheckOfTenant) -> dict[str, object]:
    return {
        "profile": check.name,
        "said": check.profile.to_json(),
        "changes": check.changes,
        "unknown": check.unknown,
        "left_out": check.left_out,
        "by_service": [asdict(one) for one in by_service(check.rows)],
        "by_data": [asdict(one) for one in by_data(check.rows)],
        "statements": [asdict(one) for one in check.rows],
    }
