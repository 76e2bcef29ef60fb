"""Which passage answers best: a linear score over how they fit."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.reasoning.values.candidates import Candidate, beliefs

_WEIGHTS: Mapping[str, float] = {
    "found": 1.2, "typed": 1.0, "covered": 0.4, "around": 0.4, "kind": 0.4, "lead": -0.5,
    "bare": -0.6, "long": -0.4, "pointing": -1.5, "named": 1.0, "heading": 0.3, "telling": 4.0,
    "outward": 1.1,
}  # fmt: skip
"""Fitted on questions with known evidence, and rounded: what the search says comes first."""
_BESIDE = 0.15
"""How far a passage is raised by those that stand beside it in its list, record or paragraph."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with how likely it is the one that answers."""

    candidate: Candidate
    belief: float


def ranked(candidates: Sequence[Candidate]) -> tuple[Ranked, ...]:
    """Return the candidates, the best first, with the share of belief in each."""
    scores = [score(one) for one in candidates]
    raised = [
        own + _BESIDE * (among - own)
        for own, among in zip(scores, _together(candidates, scores), strict=True)
    ]
    found = zip(candidates, beliefs(raised), strict=True)
    return tuple(
        sorted((Ranked(one, belief) for one, belief in found), key=lambda one: -one.belief)
    )


def _together(candidates: Sequence[Candidate], scores: Sequence[float]) -> list[float]:
    """Return for each candidate the score of all that stand where it stands, taken together."""
    sums: dict[tuple[str, int, int], float] = defaultdict(float)
    for one, own in zip(candidates, scores, strict=True):
        sums[_place(one)] += math.exp(own)
    return [math.log(sums[_place(one)]) for one in candidates]


def _place(candidate: Candidate) -> tuple[str, int, int]:
    """Return the list, table or record that a passage is of, else its paragraph."""
    chunk = candidate.chunk
    grouped = chunk.group >= 0
    return chunk.document, chunk.group, -1 if grouped else chunk.block


def score(candidate: Candidate) -> float:
    """Return how well a candidate fits; comparable within one question."""
    fit = candidate.fit
    return float(sum(weight * getattr(fit, name) for name, weight in _WEIGHTS.items()))
