"""The values of a comparison: editions with their passages, and what became of each passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from corpus.facts.types import Statement
from corpus.types import BlockKind, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, item, row or heading of an edition, with what it states."""

    span: Span
    text: str
    """As a reader sees it: no mark-up, white space folded."""
    section: tuple[str, ...]
    """Headings above it, the outermost first."""
    statements: tuple[Statement, ...] = ()
    written: str = ""
    """As it is written, links and mark-up included, white space folded; `text` for rows."""
    kind: BlockKind | None = None
    """None for headings, titles of columns and labels, which stand over other passages."""
    key: str = ""
    """First cell of a row or label of an item: what tells it from its neighbours; else empty."""
    in_set: bool = False
    """Its list or table makes statements, read from it or from a neighbour."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a document, ready to be compared."""

    name: str
    """Id of the document, or what the user called the file."""
    title: str
    date: date | None
    """The date that it states; None where it states none."""
    text: str
    """What the spans of its passages slice."""
    sha256: str
    """Of the bytes that it was read from."""
    passages: tuple[Passage, ...]
    """In reading order."""
    speaker: tuple[str, ...] = ()
    """Names of the service and the company whose page it is."""

    @property
    def statements(self) -> int:
        """How many statements its passages make."""
        return sum(len(one.statements) for one in self.passages)


class ChangeKind(StrEnum):
    """What became of a passage."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    """It says something else."""
    MOVED = "moved"
    """It says the same in another section."""
    REORDERED = "reordered"
    """It says the same at another place of its section."""
    WORDING = "wording"
    """It says the same in other words, with other marks or with another link."""
    TEXT = "text"
    """It states nothing of the field, in neither edition, and is there no more, new or other."""


class Aspect(StrEnum):
    """In what two wordings of a passage differ."""

    PLACE = "place"
    NEGATION = "negation"
    EXTENT = "extent"
    """All, most, some, only, usually."""
    CONDITION = "condition"
    DURATION = "duration"
    NUMBER = "number"
    DATE = "date"
    STATUS = "status"
    """In preview, planned, deprecated, temporary, generally available."""
    MODALITY = "modality"
    """May, must, is."""
    ACT = "what happens"
    """Stored, processed, moved, deleted."""
    DATA = "data"
    SUBJECT = "subject"
    """Who or what it is said of: a party, a product, a feature."""
    OTHER = "other words"
    """Words that none of the others accounts for."""


class Severity(IntEnum):
    """How much a reader has to care, the least first."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


SEVERITIES = {
    Aspect.PLACE: Severity.HIGH,
    Aspect.NEGATION: Severity.HIGH,
    Aspect.EXTENT: Severity.HIGH,
    Aspect.DURATION: Severity.HIGH,
    Aspect.ACT: Severity.HIGH,
    Aspect.CONDITION: Severity.MEDIUM,
    Aspect.STATUS: Severity.MEDIUM,
    Aspect.MODALITY: Severity.MEDIUM,
    Aspect.NUMBER: Severity.MEDIUM,
    Aspect.DATE: Severity.MEDIUM,
    Aspect.DATA: Severity.MEDIUM,
    Aspect.SUBJECT: Severity.MEDIUM,
    Aspect.OTHER: Severity.LOW,
}
"""How severe a change is by what differs."""


_LOUD = frozenset({ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two wordings differ, in the words of each; empty where one has none."""

    aspect: Aspect
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class StatementChange:
    """What became of one passage, or of several that say together what one said before."""

    kind: ChangeKind
    old: tuple[Passage, ...]
    """Of the older edition, in order; empty for what was added."""
    new: tuple[Passage, ...]
    differences: tuple[Difference, ...] = ()
    """The most severe first."""

    @property
    def severity(self) -> Severity:
        """How much a reader has to care; what a page says of itself, its date, hardly matters."""
        if self.kind in _LOUD and all(
            one.kind is BlockKind.FIELD for one in (*self.old, *self.new)
        ):
            return Severity.LOW
        if self.kind is ChangeKind.REMOVED:
            return Severity.HIGH
        if self.kind is ChangeKind.ADDED:
            return Severity.MEDIUM
        if self.kind is ChangeKind.CHANGED:
            return max((SEVERITIES[one.aspect] for one in self.differences), default=Severity.LOW)
        return Severity.LOW if self.kind is ChangeKind.MOVED else Severity.NONE

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """In what it differs, each once."""
        return tuple(dict.fromkeys(one.aspect for one in self.differences))


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two editions."""

    old: Edition
    new: Edition
    changes: tuple[StatementChange, ...]
    """The most severe first, those of one severity in the order of the newer edition."""
    remarks: tuple[str, ...] = ()
    """What a reader should know before trusting it, a sentence each."""

    def of(self, *kinds: ChangeKind) -> tuple[StatementChange, ...]:
        """Return the changes of some kinds."""
        return tuple(one for one in self.changes if one.kind in kinds)
