"""The values of a comparison of two services, places or documents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.changes.types import Difference
from corpus.facts.types import Statement, StatementKind
from corpus.places import Place
from corpus.types import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A passage of a side: what a reader sees of it, and the statements that were read from it."""

    document: str
    chunk: str
    """Id of its chunk."""
    span: Span
    """`document.text[span.start:span.end]` says it."""
    text: str
    """In the words of the document, behind what introduces or scopes it."""
    path: tuple[str, ...]
    """Headings above it."""
    group: int
    """List, table or record of the document that it stands in, -1 where it stands in none."""
    name: str
    """First cell of its row; empty where it is no row."""
    statements: tuple[Statement, ...]
    is_field: bool = False
    """True for a line of the page's head, such as its date."""
    is_line: bool = False
    """True for a row of a table or an item of a list, which says of one thing what its neighbours
    say of others."""

    @property
    def kinds(self) -> tuple[StatementKind, ...]:
        """What it states, each kind once."""
        return tuple(dict.fromkeys(one.kind for one in self.statements))


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that are compared, and what the documents say of it."""

    name: str
    """As a reader calls it."""
    called: tuple[str, ...]
    """All that it is called: what both sides say alike differs by these alone."""
    cells: tuple[Cell, ...]
    """By document and place in it."""
    place: Place | None = None
    """Where it is a place: other documents than its own speak of it."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that is stated in its passages."""
        return tuple(one for cell in self.cells for one in cell.statements)


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

    kind: StatementKind | None
    """None for what says something and was not read as a statement."""
    standing: Standing
    first: Cell | None
    second: Cell | None
    differences: tuple[Difference, ...] = ()
    """The most severe first."""


@dataclass(frozen=True, slots=True)
class Valued:
    """A place, a period or a document, and the statements of each side that name it."""

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
    """The places, periods or documents of the statements of one kind."""

    kind: StatementKind
    denied: bool
    what: str
    """places, periods or documents."""
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
    """Places and periods by kind of statement: what two pages have in common in any words. Of two
    places, which documents say something of each."""
