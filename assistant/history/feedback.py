"""What readers think of answers: a thumb, a reason, and what would have been right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_REASON = 2_000
LONGEST_CORRECTION = 10_000


class Rating(StrEnum):
    """Whether an answer helped."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thinks of an answer to their own question."""

    answer: str
    """Id of the answer."""
    owner: str
    rating: Rating
    reason: str
    """Possibly empty."""
    correction: str
    """The answer that would have been right, possibly empty."""
    given: datetime
    """UTC."""
