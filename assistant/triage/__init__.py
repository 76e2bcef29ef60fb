"""What became of a row of a questionnaire, and how sure that is."""

from assistant.triage.answer_grounds import Grounds, grounds_of
from assistant.triage.decide import answer_shown, triage
from assistant.triage.types import Assessed, Triage, Triaged

__all__ = [
    "Assessed",
    "Grounds",
    "Triage",
    "Triaged",
    "answer_shown",
    "confidence",
    "grounds_of",
    "triage",
]
