"""Rows of questionnaires with what should become of them, as files of one JSON object a line.

`id` (a number), `text`, `service`, `section`, `allowed` (values of the row's drop-down, or null)
and `gold`: `triage` (answered, partly, not_in_documents, off_topic), `value`, `quotes`, `must`,
`must_not`, `document`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.types import RowAbout
from evals.errors import CaseError


class Wanted(StrEnum):
    """What should become of a row."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT_IN_DOCUMENTS = "not_in_documents"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, slots=True)
class TriageRow:
    """A row of a questionnaire, and what is right for it."""

    id: int
    text: str
    about: RowAbout
    allowed: tuple[str, ...]
    """Values of its drop-down; none where it has none."""
    wanted: Wanted
    value: str
    """The one of these that is right; empty where the cell is to stay empty, or may."""
    quotes: tuple[str, ...]
    """Sentences of the document, of which an answer cites one."""
    must: tuple[str, ...]
    """Patterns of which each has to match the answer or what it cites."""
    must_not: tuple[str, ...]
    document: str
    """That says it; empty where none does."""


def read_triage_rows(file: Path) -> Iterator[TriageRow]:
    """Yield the rows of a file; raise CaseError for what is none."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield _row(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise CaseError(
                    f"{file}:{number}: not a row with its triage ({error!r})"
                ) from error


def _row(plain: Mapping[str, Any]) -> TriageRow:
    gold = plain["gold"]
    return TriageRow(
        id=int(plain["id"]),
        text=plain["text"],
        about=RowAbout(plain["service"] or "", plain["section"] or ""),
        allowed=tuple(plain["allowed"] or ()),
        wanted=Wanted(gold["triage"]),
        value=gold["value"] or "",
        quotes=tuple(gold["quotes"]),
        must=tuple(gold["must"]),
        must_not=tuple(gold["must_not"]),
        document=gold["document"] or "",
    )
