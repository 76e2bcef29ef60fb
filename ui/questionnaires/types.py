"""The values of a questionnaire: its sheets, which rows ask, and what is written beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from assistant.triage import Assessed
from assistant.types import Answer, Asking, Citation, Profile


class Answerer(Protocol):
    """What a questionnaire needs of an assistant."""

    def ask(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
        clarify: bool = True,
        keep: bool = False,
    ) -> Answer:
        """Answer a question; `keep` its receipt."""
        ...

    def assess(self, asking: Asking, allowed: Sequence[str] = ()) -> Assessed:
        """Answer a row, and tell what became of it."""
        ...


@dataclass(frozen=True, slots=True)
class RowContext:
    """What the file says of a question beside its words."""

    id: str = ""
    """The customer's own number of it: "DCS-06.1"."""
    section: str = ""
    """The heading above it."""
    service: str = ""
    """What its column of services or products says."""
    category: str = ""
    """What its column of categories or domains says."""
    follows: int | None = None
    """Of "If yes, …": the row of the question that it goes on from."""


NO_ROW_CONTEXT = RowContext()


@dataclass(frozen=True, slots=True)
class Case:
    """One question to answer."""

    id: str
    turns: tuple[str, ...]
    """User messages in order; the last one is answered."""
    context: RowContext = NO_ROW_CONTEXT
    allowed: tuple[str, ...] = ()
    """The values that its answer may have; empty where any text may stand."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What answering a file came to."""

    answered: int
    resumed: int
    failed: int


MOST_ROWS = 20_000
"""Rows with content of one table."""


class Format(StrEnum):
    """How a questionnaire is stored."""

    JSONL = "jsonl"
    CSV = "csv"
    WORKBOOK = "workbook"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet."""

    number: int
    """As the user counts, from 1; of CSV and JSONL the record."""
    cells: tuple[str, ...]
    """What is seen in each column, empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a questionnaire."""

    name: str
    """Empty where a file has one table only."""
    rows: tuple[Row, ...]
    """Rows without any content are left out."""
    hidden: bool = False
    """True for a sheet that the workbook does not show."""

    @property
    def width(self) -> int:
        """How many columns have content."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A file of questions, read."""

    path: Path
    format: Format
    sheets: tuple[Sheet, ...]
    cases: tuple[Case, ...] = ()
    """Of a JSONL file, which says itself what is asked; else empty."""
    notes: tuple[str, ...] = ()
    """What the user should know about how the file was read."""


@dataclass(frozen=True, slots=True)
class Question:
    """A row that asks."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Where the questions of a questionnaire stand."""

    sheet: str
    column: int
    """From 0."""
    header: int | None
    """The row with the titles of the columns; None where there is none."""
    questions: tuple[Question, ...]
    left: tuple[Question, ...]
    """Rows below the header with a text in the column that is not taken for a question."""
    titles: tuple[str, ...] = ()
    """The cells of the header."""


CORRECTED = "corrected by a person"
"""The verdict of a row whose answer a person wrote."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is written beside a question."""

    id: str
    """Of the answer, empty when there is none."""
    text: str
    verdict: str
    citations: tuple[Citation, ...]
    error: str = ""
    """Why there is no answer."""
    correction: str = ""
    """What a person wrote in its place."""
    value: str = ""
    """Of the values that the row allows, the one that is proved; empty for none."""
    triage: str = ""
    """What became of the row; empty for rows of before there was triage."""
    confidence: float | None = None
    """How likely what is shown is right, 0 to 1."""


def reply_of(line: Mapping[str, Any], correction: str = "") -> Reply:
    """Return the reply that a line of answers holds."""
    if "error" in line:
        return Reply("", "", "failed", (), str(line["error"]), correction)
    citations = tuple(_citation(one) for one in line["citations"])
    return Reply(
        line["answer_id"],
        line["text"],
        line["verdict"],
        citations,
        correction=correction,
        value=str(line.get("value") or ""),
        triage=str(line.get("triage") or ""),
        confidence=line.get("confidence"),
    )


def _citation(plain: Mapping[str, Any]) -> Citation:
    as_of = date.fromisoformat(plain["as_of"]) if plain["as_of"] else None
    return Citation(**{**plain, "as_of": as_of})
