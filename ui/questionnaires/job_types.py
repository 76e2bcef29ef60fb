"""The values of questionnaires that are worked on: their rows, what people add, what is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Profile
from ui.questionnaires.types import Case, Reply, reply_of

STORE = "jobs.sqlite"
"""Name of the file that questionnaires are kept in, in their folder of the home."""


class RowState(StrEnum):
    """What has become of a question."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions are in each state."""

    waiting: int = 0
    answered: int = 0
    failed: int = 0
    corrected: int = 0

    @property
    def total(self) -> int:
        """All questions."""
        return self.waiting + self.answered + self.failed + self.corrected


@dataclass(frozen=True, slots=True)
class StoredJob:
    """One questionnaire as it is kept."""

    id: str
    owner: str
    name: str
    """Of the file, as the user calls it."""
    bytes: int
    made: str
    """When it came, in ISO form."""
    profile: Profile | None
    started: bool
    """Whether its questions were chosen."""
    counts: Counts
    customer: str = ""
    """Whose approved answers are given beside those for all; empty for nobody's."""
    run: str = ""
    """Name of the run that may store answers; empty where it was stopped or never began."""


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file of questions."""

    suffix: str
    """Of its name, which tells its format: ".xlsx"."""
    content: bytes


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows are wanted: those that agree in all that is said here; empty says nothing."""

    state: str = ""
    """Of RowState."""
    triage: str = ""
    """Of Triage."""
    assigned: str = ""
    """To this person."""
    unapproved: bool = False
    """True for those alone that nobody has approved."""


EVERY_ROW = RowFilter()


@dataclass(frozen=True, slots=True)
class JobRow:
    """One question of a questionnaire."""

    position: int
    row: int
    """Of the file."""
    key: str
    """Of the case that asks it."""
    question: str
    state: RowState
    line: str
    """The line of answers, empty as long as it waits."""
    correction: str
    assigned: str = ""
    """The person who looks after it; empty for nobody."""
    comment: str = ""
    """What people say about it to each other; it is not exported."""
    approved: str = ""
    """Who approved it, when, and which entry of the library it is; empty where nobody has."""
    accepted: bool = False
    """True where a person let the answer stand as it is."""
    leans: bool = False
    """True where it goes on from the question before and is not asked without that."""

    @property
    def decided(self) -> bool:
        """Whether a person has accepted, corrected or approved it."""
        return bool(self.accepted or self.correction or self.approved)

    @property
    def reply(self) -> Reply:
        """What is written beside the question."""
        if not self.line:
            return Reply("", "", RowState.WAITING.value, (), "", self.correction)
        return reply_of(json.loads(self.line), self.correction)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that has no answer yet."""

    position: int
    case: Case
