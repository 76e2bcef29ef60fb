"""The values of a questionnaire: its sheets, which rows ask, and what is written beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from assistant.triage import Assessed, Triage
from assistant.types import Answer, Asking, Citation, Profile, Verdict


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
    is_plain: bool = False
    """Whether a program asks it as a plain question: it is no row, and keeps its answer."""


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
    WORD = "word"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet."""

    number: int
    """As the user counts, from 1; of CSV and JSONL the record."""
    cells: tuple[str, ...]
    """What is seen in each column, empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Tell whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Choice:
    """Cells that take one of some values: a drop-down list."""

    area: Area
    values: tuple[str, ...]
    """Empty where the list cannot be read, for it is computed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a questionnaire."""

    name: str
    """Empty where a file has one table only."""
    rows: tuple[Row, ...]
    """Rows without any content are left out."""
    hidden: bool = False
    """True for a sheet that the workbook does not show."""
    merged: tuple[Area, ...] = ()
    choices: tuple[Choice, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    computed: frozenset[tuple[int, int]] = frozenset()
    """Row and column of the cells that hold a formula."""
    lists: bool = False
    """Whether drop-down lists of other sheets take their values from it."""
    drawn: bool = False
    """Whether drawings lie on it."""
    prose: bool = False
    """Whether it is the running text of a document, one paragraph a row."""

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
    context: RowContext = NO_ROW_CONTEXT
    allowed: tuple[str, ...] = ()
    """What the answer column takes in this row; empty where it takes any text."""
    about_residency: bool = False
    """Whether its words speak of where data is, where it goes or how long it stays."""
    given: str = ""
    """What stands in the customer's answer column already; nothing is written beside it."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A column that is marked for one answer."""

    value: str
    column: int


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """The columns that the customer gives for what is answered, from 0; None for what is not."""

    answer: int | None = None
    comment: int | None = None
    evidence: int | None = None
    ticks: tuple[Tick, ...] = ()
    """Columns "Yes", "No" and so on, of which one is marked, in place of one answer column."""


@dataclass(frozen=True, slots=True)
class ContextColumns:
    """The columns that say something of a question, from 0; None for what is not there."""

    id: int | None = None
    section: int | None = None
    service: int | None = None
    category: int | None = None


NO_ANSWERS = AnswerColumns()
NO_CONTEXT = ContextColumns()


@dataclass(frozen=True, slots=True)
class Selection:
    """One table that asks: where its questions stand and where their answers go."""

    sheet: str
    column: int
    """From 0."""
    header: int | None
    """The last row with titles of the columns; None where there is none."""
    questions: tuple[Question, ...]
    left: tuple[Question, ...]
    """Rows below the header with a text in the column that is not taken for a question."""
    titles: tuple[str, ...] = ()
    """What the rows of titles say of each column, from the first column on."""
    answers: AnswerColumns = NO_ANSWERS
    context: ContextColumns = NO_CONTEXT
    standard: str = ""
    """The standard questionnaire whose shape it has; empty for none."""
    notes: tuple[str, ...] = ()
    """What the user should know about how it was understood."""


@dataclass(frozen=True, slots=True)
class NotAsking:
    """A sheet that is left alone."""

    sheet: str
    why: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file asks, table by table, and what of it asks nothing."""

    tables: tuple[Selection, ...]
    silent: tuple[NotAsking, ...] = ()


_MARKS = re.compile(r"\s*\[\d+\]")
"""Of citations in the text of an answer."""
_SAID = ("", Triage.ANSWERED, Triage.PARTLY)
"""What became of rows whose answer may stand as the customer's own; empty before triage."""

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
    approved: str = ""
    """Who approved it and when, and which entry of the library it is; empty for today's own."""
    approved_text: str = ""
    """What was approved, without what the product says of it; empty where it was not given."""

    @property
    def own_words(self) -> str:
        """What may stand in a column of the customer: proved or a person's, without marks."""
        if self.correction:
            return self.correction
        if self.approved_text:
            return self.approved_text
        proved = self.verdict == Verdict.ANSWERED and self.triage in _SAID
        return _MARKS.sub("", self.text) if proved else ""


def reply_of(line: Mapping[str, Any], correction: str = "") -> Reply:
    """Return the reply that a line of answers holds."""
    if "error" in line:
        return Reply("", "", "failed", (), str(line["error"]), correction)
    citations = tuple(_citation(one) for one in line["citations"])
    value = str(line.get("value") or "")
    approved = line.get("approved")
    return Reply(
        line["answer_id"], line["text"], line["verdict"], citations, "", correction, value,
        str(line.get("triage") or ""), line.get("confidence"), _approved(approved),
        _approved_text(approved),
    )  # fmt: skip


def _approved(plain: Mapping[str, Any] | None) -> str:
    """Return who approved an answer of the library that was given, or why it was not."""
    if not plain:
        return ""
    said = f"{plain['approver']}, {plain['approved']} (library {plain['entry']})"
    if plain["void"]:
        return f"not given: {'; '.join(plain['void'])} ({said})"
    return said if plain["grounds"] else f"{said}; stands on no passage of the documents"


def _approved_text(plain: Mapping[str, Any] | None) -> str:
    return str(plain["text"]) if plain and not plain["void"] else ""


def _citation(plain: Mapping[str, Any]) -> Citation:
    as_of = date.fromisoformat(plain["as_of"]) if plain["as_of"] else None
    return Citation(**{**plain, "as_of": as_of})
