"""What is right of a row's triage, and how well confidence says so; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.triage import Triage, Triaged
from assistant.types import Answer
from evals.suites.triage_rows import TriageRow, Wanted

SHOWN = (Triage.ANSWERED, Triage.PARTLY)
_NO_ANSWER = (Triage.NOT_IN_DOCUMENTS, Triage.OFF_TOPIC)
_BINS = 10


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with what became of it."""

    row: TriageRow
    answer: Answer
    triaged: Triaged

    @property
    def says_it(self) -> bool:
        """Whether the answer says what is wanted, from the document that says it."""
        row, answer = self.row, self.answer
        if row.wanted not in (Wanted.ANSWERED, Wanted.PARTLY):
            return False
        cited = "\n".join(one.quote for one in answer.citations)
        text = f"{answer.text}\n{cited}"
        return (
            row.document in {one.document for one in answer.citations}
            and all(re.search(one, text, re.IGNORECASE) for one in row.must)
            and not any(re.search(one, answer.text, re.IGNORECASE) for one in row.must_not)
        )

    @property
    def is_wrong_value(self) -> bool:
        """Whether the drop-down got a value that is not the right one."""
        return bool(self.triaged.value) and self.triaged.value != self.row.value

    @property
    def is_right(self) -> bool:
        """Whether what the row shows is right: its words and its value, or that it has none.

        That a row off the topic is not in the documents is right, too; the other way is not.
        """
        found = self.triaged.triage
        match self.row.wanted:
            case Wanted.OFF_TOPIC:
                return found in _NO_ANSWER
            case Wanted.NOT_IN_DOCUMENTS:
                return found is Triage.NOT_IN_DOCUMENTS
            case _:
                return found not in _NO_ANSWER and self.says_it and not self.is_wrong_value

    @property
    def is_answered_right(self) -> bool:
        """Whether it is shown as answered, rightly, with its value where it has a drop-down."""
        shown = self.triaged.triage in SHOWN and self.says_it
        if not self.row.value:
            return shown and not self.triaged.value
        return shown and self.triaged.value == self.row.value


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows of about one confidence."""

    count: int
    confidence: float
    """Mean of theirs, 0 to 1."""
    right: float
    """Share of these that are right."""


def bins(judged: Sequence[JudgedRow]) -> tuple[Bin, ...]:
    """Return rows by confidence in ten equal steps, the empty ones left out."""
    found: dict[int, list[JudgedRow]] = {}
    for one in judged:
        found.setdefault(min(int(one.triaged.confidence * _BINS), _BINS - 1), []).append(one)
    return tuple(
        Bin(
            len(some),
            sum(one.triaged.confidence for one in some) / len(some),
            sum(one.is_right for one in some) / len(some),
        )
        for _, some in sorted(found.items())
    )


def calibration_error(judged: Sequence[JudgedRow]) -> float:
    """Return the expected calibration error, 0 to 1: by how much confidence is off, over bins
    weighed by their rows.
    """
    total = len(judged)
    return sum(one.count * abs(one.confidence - one.right) for one in bins(judged)) / max(total, 1)
