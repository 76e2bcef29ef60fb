"""The values of a comparison of two services, places or documents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.changes.types import Difference
from corpus.facts.types import Statement, StatementKind


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that are compared, and what the documents state of it."""

    name: str
    """As a reader calls it."""
    called: tuple[str, ...]
    """All that it is called in statements: what both sides say alike differs by these alone."""
    statements: tuple[Statement, ...]


class Standing(StrEnum):
    """How what one side says stands to what the other says."""

    DIFFERS = "differs"
    """Both speak of it, and say something else."""
    ALIKE = "alike"
    FIRST = "first only"
    SECOND = "second only"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing that is said by one side or by both."""

    kind: StatementKind
    standing: Standing
    first: Statement | None
    second: Statement | None
    differences: tuple[Difference, ...] = ()
    """The most severe first."""


@dataclass(frozen=True, slots=True)
class Valued:
    """A place or a period, and the statements of each side that name it."""

    name: str
    first: tuple[Statement, ...]
    second: tuple[Statement, ...]

    @property
    def standing(self) -> Standing:
        """Tell whether both sides name it, or one alone."""
        if self.first and self.second:
            return Standing.ALIKE
        return Standing.FIRST if self.first else Standing.SECOND


@dataclass(frozen=True, slots=True)
class ValuesCompared:
    """The places, or the periods, that the statements of one kind name."""

    kind: StatementKind
    denied: bool
    what: str
    """places or periods."""
    values: tuple[Valued, ...]
    """In the order of their names."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides and all that they say."""

    first: Side
    second: Side
    rows: tuple[ComparedRow, ...]
    """By kind, what differs first."""
    values: tuple[ValuesCompared, ...] = ()
    """Places and periods by kind of statement: what two pages have in common in any words."""
