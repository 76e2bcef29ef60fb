"""The values of triage: what became of a row, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Answer


class Triage(StrEnum):
    """What became of a row of a questionnaire."""

    ANSWERED = "answered"
    """The documents say it, and the proof decides what is asked."""
    PARTLY = "partly"
    """They say a part of it, or say it under conditions."""
    NOT_IN_DOCUMENTS = "not in the documents"
    OFF_TOPIC = "not about data residency"
    NEEDS_PERSON = "needs a person"
    """They speak of it, and what follows for the row is for a person to say."""


@dataclass(frozen=True, slots=True)
class Triaged:
    """What became of a row, how sure that is, and what its drop-down gets."""

    triage: Triage
    confidence: float
    """How likely what the row shows is right, 0 to 1: its words and value, or that it has none."""
    value: str = ""
    """One of the row's allowed values as the file writes it; empty where nothing is decided."""
    reason: str = ""
    """Why it came to that, for who looks the row through."""
    without: str = ""
    """Why it has no answer, in a word that confidence is kept by; empty where it has one."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A row of a questionnaire, answered, with what became of it."""

    answer: Answer
    triaged: Triaged
