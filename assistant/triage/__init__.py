"""What became of a row of a questionnaire, and how sure that is."""

from assistant.triage.answer_grounds import Grounds, grounds_of
from assistant.triage.decide import answer_shown, triage
from assistant.triage.premise import (
    YES_NO,
    Premise,
    has_not_applicable,
    not_applicable,
    premise_of,
)
from assistant.triage.types import Assessed, Triage, Triaged

__all__ = [
    "YES_NO",
    "Assessed",
    "Grounds",
    "Premise",
    "Triage",
    "Triaged",
    "answer_shown",
    "confidence",
    "grounds_of",
    "has_not_applicable",
    "not_applicable",
    "premise_of",
    "triage",
]
