"""Weights that are fitted near others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evals.fitting.retrieval import Asked, fit
from index.searching.features import NAMES


def _question(feature: int) -> Asked:
    """Return a question whose evidence is the candidate that has one feature."""
    rows = np.zeros((3, len(NAMES)))
    rows[0, feature] = 1.0
    return Asked("q", rows, np.array([True, False, False]))


def _near() -> NDArray[np.float64]:
    return np.linspace(-1.0, 2.0, len(NAMES))


def test_a_feature_that_tells_the_evidence_gains_and_others_stay() -> None:
    fitted = fit([_question(3)], near=_near(), penalty=0.1)
    assert fitted[3] > _near()[3] + 0.1
    others = [at for at in range(len(NAMES)) if at != 3]
    assert np.allclose(fitted[others], _near()[others], atol=1e-3)


def test_a_greater_penalty_keeps_nearer() -> None:
    away = [
        float(np.abs(fit([_question(3)], near=_near(), penalty=one) - _near()).max())
        for one in (0.05, 1.0)
    ]
    assert away[0] > away[1] > 0.0
