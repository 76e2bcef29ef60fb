"""The values of a watch: what became of a page, and the report of what changed in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.changes.types import Aspect, ChangeKind


class Fate(StrEnum):
    """What became of a page in a round."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    """It has other bytes, and is a new edition."""
    HELD = "held"
    """What came looks like something else in its place: kept, and not used."""
    FAILED = "failed"
    LATER = "later"
    """It was not asked for now."""


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one page in a round."""

    address: str
    fate: Fate
    cause: str = ""
    """Why it failed, is held or waits; empty where nothing stands in the way."""
    next_step: str = ""
    again_s: float = 0.0
    """Seconds after which it is asked for again where it failed or waits."""
    moved_to: str = ""
    """Where it has moved for good, told when that is new; empty else."""


class StandingKind(StrEnum):
    """What may stand on a passage."""

    ANSWER = "answer"
    """Of a conversation, or asked outside of one."""
    APPROVED = "approved answer"
    ROW = "row of a questionnaire"
    CHECK = "check"
    """Of a kept profile."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stands on passages that changed. It holds nothing of what users wrote."""

    kind: StandingKind
    ref: str
    """Id of the answer or entry; questionnaire and row as "job:position"; of a check the hash of
    its owner and name (`standing_on.check_ref`)."""
    changes: tuple[int, ...]
    """Which changes of the report, from 0."""


@dataclass(frozen=True, slots=True)
class EditionMark:
    """One of the two editions of a report."""

    ordinal: int
    fetched: datetime
    stated: date | None
    """The date that it states; None where it states none."""
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportedSide:
    """A passage of one edition."""

    text: str
    start: int
    end: int
    section: str
    """Headings above it, the outermost first, joined by ' > '."""


@dataclass(frozen=True, slots=True)
class ReportedDifference:
    """One thing in which two wordings differ."""

    aspect: Aspect
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """What became of a passage."""

    kind: ChangeKind
    severity: str
    """none, low, medium, high."""
    differences: tuple[ReportedDifference, ...]
    old: tuple[ReportedSide, ...]
    new: tuple[ReportedSide, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many changes there are of one kind."""

    kind: ChangeKind
    count: int


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What changed between an edition of a page and the one before it."""

    address: str
    document: str
    """Id of its document; empty where it is not indexed."""
    title: str
    old: EditionMark
    new: EditionMark
    counts: tuple[KindCount, ...]
    """Of every kind, wording and text too."""
    changes: tuple[ReportedChange, ...]
    """All but wording and order; the most severe first."""
    remarks: tuple[str, ...]
    standing: tuple[Standing, ...]
    number: int = 0
    """Under which it is kept; it only rises."""
    made: datetime | None = None
    """When it was written."""

    @property
    def loud(self) -> tuple[ReportedChange, ...]:
        """The changes of what the page states."""
        return tuple(one for one in self.changes if one.kind is not ChangeKind.TEXT)
