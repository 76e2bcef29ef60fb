"""An answer before it is proven: statements, and the passages that each of them stands on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.types import AnswerKind, Verdict
from corpus.types import Pair, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that a statement stands on."""

    document: str
    spans: tuple[Span, ...]
    """The passage first; then what it is read with, like the column titles of a row."""
    shown: str
    """What a reader sees of it."""
    path: tuple[str, ...]
    """Headings above it."""
    code: bool = False
    """True for a command, which is shown character by character."""
    pairs: tuple[Pair, ...] = ()
    """The cells of a table row, of which `shown` is made."""


class Form(StrEnum):
    """How a statement came about, and so how it is verified."""

    QUOTE = "quote"
    """The words of its evidence, in their order."""
    DATE = "date"
    """The date of a document, computed again from its line."""
    COUNT = "count"
    """How many its evidence lists, counted again."""
    ABSENCE = "absence"
    """A place that a document does not name, looked for again."""
    WRITTEN = "written"
    """A language model's sentence, held against its evidence value by value."""
    CASE = "case"
    """How a condition stands for the asker's case, weighed again."""
    DERIVED = "derived"
    """What a finding says, derived again."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation, as a reader sees it."""

    said: str
    """"Pune lies in India.", "The table has 14 rows; 3 of them are in Africa."."""
    evidence: tuple[Evidence, ...] = ()
    """What it stands on; none where only knowledge of places is used."""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One displayed piece of an answer and what it stands on."""

    text: str
    evidence: tuple[Evidence, ...]
    form: Form = Form.QUOTE
    lead: str = ""
    """What is said before it: Yes, No or It depends, or the service that it is about."""
    decided_by: Evidence | None = None
    """The sentence that a Yes or No was derived from."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before verification."""

    verdict: Verdict
    statements: tuple[DraftSentence, ...]
    notice: str = ""
    """What the product itself adds, without claiming anything about the documents."""
    opening: str = ""
    """What it says first."""
    choices: tuple[str, ...] = ()
    """What may be meant, when it asks back."""
    steps: tuple[Step, ...] = ()
    """How it was derived, where it was."""
    kind: AnswerKind | None = None
    """Where it is known whatever its sentences say."""
