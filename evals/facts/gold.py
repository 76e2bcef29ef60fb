"""Statements that people read in documents, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.facts.types import Openness, PlaceRole, StatementKind, Status
from corpus.intake.describe import slug
from evals.errors import CaseError

ROLES = {
    "rests": PlaceRole.RESTS,
    "processed": PlaceRole.PROCESSED,
    "goes_to": PlaceRole.GOES_TO,
    "from": PlaceRole.COMES_FROM,
    "choice": PlaceRole.CHOICE,
    "customer": PlaceRole.CUSTOMER,
    "seat": PlaceRole.SEAT,
    "left_out": PlaceRole.LEFT_OUT,
    "other": PlaceRole.NAMED,
}
"""What a gold row calls a role of a place."""
_STATUS = {"historical": Status.PAST}
"""Earlier names."""


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement that a person read in a document."""

    document: str
    """Id of the document."""
    kind: StatementKind
    value: str
    places: tuple[str, ...]
    """As the document names them."""
    negated: bool
    quote: str
    """Verbatim in the document, white space folded."""
    roles: tuple[PlaceRole, ...] | None = None
    """Of `places`, in their order; None where nobody wrote them down."""
    data: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    status: Status = Status.CURRENT
    record: str | None = None
    """Equal for what one row or label-value group says, empty outside of them; None where nobody
    wrote it down."""
    openness: str | None = None
    """`closed` or `open` for the members of a list, empty outside of lists or where it is not
    said; None where nobody wrote it down."""


def read_gold(path: Path) -> tuple[GoldStatement, ...]:
    """Read a JSONL file of gold rows; raise CaseError naming the line that is defective."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CaseError(
            f"{path}: cannot be read ({error.strerror}). Give a file of facts"
        ) from error
    return tuple(_gold(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _gold(path: Path, number: int, line: str) -> GoldStatement:
    try:
        row = json.loads(line)
        return GoldStatement(
            document=document_id(row["document"]),
            kind=StatementKind(row["kind"]),
            value=row["value"],
            places=tuple(row["places"]),
            negated=row["negated"],
            quote=row["quote"],
            roles=_roles(row),
            data=tuple(row.get("data") or ()),
            conditions=tuple(row.get("conditions") or ()),
            exceptions=tuple(row.get("exceptions") or ()),
            status=_STATUS.get(row.get("status")) or Status(row.get("status", Status.CURRENT)),
            record=(row["record"] or "") if "record" in row else None,
            openness=_openness(row),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CaseError(f"{path}:{number}: no gold fact ({error}). Correct the line") from error


def _openness(row: Mapping[str, Any]) -> str | None:
    if "set" not in row:
        return None
    return Openness(row["set"]).value if row["set"] else ""


def _roles(row: Mapping[str, Any]) -> tuple[PlaceRole, ...] | None:
    if (roles := row.get("roles")) is None:
        return None
    if len(roles) != len(row["places"]):
        raise ValueError(f"{len(row['places'])} places, {len(roles)} roles")
    return tuple(ROLES[role] for role in roles)


def document_id(name: str) -> str:
    """Return the id of a document by the name of its file without the ending."""
    return slug(f"{name}.txt")
