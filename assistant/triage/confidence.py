"""How sure a triage is: fitted so that of a hundred rows at 0.9 ninety are right.

A logistic model over the grounds of answers, and for rows without one a share for each reason;
both are fitted by `python -m evals.fitting.triage_confidence` and kept in `confidence.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.triage.answer_grounds import Grounds

MODEL = Path(__file__).parent / "confidence.json"


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """What was fitted."""

    answered: tuple[float, ...]
    """Weights of the grounds, in the order of their fields, then the bias."""
    decided: tuple[float, ...]
    """The same for the Yes or No of a drop-down."""
    shares: Mapping[str, float]
    """Share of right ones by the reason for which there is no answer."""


def sure_of_answer(grounds: Grounds) -> float:
    """Return how likely an answer is right, 0 to 1."""
    return _logistic(read_model().answered, grounds)


def sure_of_value(grounds: Grounds) -> float:
    """Return how likely the Yes or No of an answer is right, 0 to 1."""
    return _logistic(read_model().decided, grounds)


def sure_without(reason: str) -> float:
    """Return how likely it is right that a row has no answer, by the reason for it."""
    shares = read_model().shares
    return shares.get(reason, min(shares.values(), default=0.5))


@cache
def read_model() -> ConfidenceModel:
    """Return the fitted model."""
    stored = json.loads(MODEL.read_text(encoding="utf-8"))
    return ConfidenceModel(tuple(stored["answered"]), tuple(stored["decided"]), stored["shares"])


def _logistic(weights: tuple[float, ...], grounds: Grounds) -> float:
    odds = sum(w * x for w, x in zip(weights, (*grounds.values, 1.0), strict=True))
    return 1.0 / (1.0 + math.exp(-odds))
