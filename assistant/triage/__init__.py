"""What became of a row of a questionnaire, and how sure that is."""

from assistant.triage.decide import triage
from assistant.triage.types import Assessed, Triage, Triaged

__all__ = [
    "Assessed",
    "Triage",
    "Triaged",
    "triage",
]
