"""A question as it was understood: what it asks for, what it names, what the asker says of the own
tenant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.language.signals import Signal
from corpus.places import Place


class QuestionType(StrEnum):
    """What kind of answer a question asks for."""

    WHERE = "where"
    LIST = "which"
    YESNO = "yesno"
    HOW_LONG = "how_long"
    HOW_MANY = "how_many"
    HOW_TO = "how_to"
    WHAT_IF = "what_if"
    WHO = "who"
    WHEN = "when"
    COMPARE = "compare"
    CURRENT = "current"
    WHY = "why"
    DATE = "date"
    """Of a document."""
    WHAT = "what"
    """Anything else."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and how it was understood."""

    question: str
    standalone: str
    """The question with what it took over from the turns before."""
    document: str
    """The document that the answer cited first, empty when it cited none."""
    type: QuestionType = QuestionType.WHAT
    """What kind of answer it asked for."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the asker says, or has in the profile, of the own tenant."""

    country: Place | None = None
    """Sign-up country."""
    add_ons: tuple[str, ...] = ()
    nothing_else: bool = False
    """True when it is known that nothing else was bought."""
    agreement: str = ""

    @property
    def is_stated(self) -> bool:
        """True when there is something to weigh conditions against."""
        return bool(self.add_ons or self.nothing_else or self.agreement)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the assistant understood it."""

    question: str
    standalone: str
    """The question with what it took over from the turns before."""
    type: QuestionType
    services: tuple[str, ...]
    """Canonical names of the services that it names."""
    places: tuple[Place, ...]
    wants: frozenset[Signal]
    """What an answer is likely to state."""
    negated: bool
    """True when it asks for what is not so."""
    follows: str
    """Document that the turn before was about, for a question that leans on it."""
    case: Case = field(default_factory=Case)
