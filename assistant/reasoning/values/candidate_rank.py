"""Which passage answers best: a linear score over how they fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.reasoning.values.candidates import Candidate, beliefs

_WEIGHTS: Mapping[str, float] = {
    "found": 1.2, "typed": 1.0, "covered": 0.4, "around": 0.4, "kind": 0.4, "lead": -0.5,
    "bare": -0.6, "long": -0.4, "pointing": -1.5, "named": 1.0, "heading": 0.3,
}  # fmt: skip
"""Fitted on questions with known evidence, and rounded: what the search says comes first."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with how likely it is the one that answers."""

    candidate: Candidate
    belief: float


def ranked(candidates: Sequence[Candidate]) -> tuple[Ranked, ...]:
    """Return the candidates, the best first, with the share of belief in each."""
    scores = [score(one) for one in candidates]
    found = zip(candidates, beliefs(scores), strict=True)
    return tuple(
        sorted((Ranked(one, belief) for one, belief in found), key=lambda one: -one.belief)
    )


def score(candidate: Candidate) -> float:
    """Return how well a candidate fits; comparable within one question."""
    fit = candidate.fit
    return float(sum(weight * getattr(fit, name) for name, weight in _WEIGHTS.items()))
