"""What limits a proposition, and what a sentence says about the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.facts.types import Condition


@dataclass(frozen=True, slots=True)
class Limits:
    """What a proposition holds under and what it does not hold for."""

    conditions: tuple[Condition, ...] = ()
    exceptions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a sentence says about when the one before it holds."""

    conditions: tuple[Condition, ...] = ()
    """The one before holds under these alone."""
    exceptions: tuple[Condition, ...] = ()
    """The one before does not hold for these."""
    in_that_case: bool = False
    """True where this sentence holds under the conditions of the one before."""
    otherwise: bool = False
    """True where this sentence holds unless the conditions of the one before do."""
