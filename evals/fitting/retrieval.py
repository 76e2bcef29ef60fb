"""Fit the weights of retrieval on the dev split: `python -m evals.fitting.retrieval`.

Each question is asked four times: with the question bank as shipped; without the questions
written for the passages that the dev cases ask about, while others keep theirs; and with no
written questions at all, as it is for a document that nobody wrote questions for; and as shipped
among pages about the same services that say nothing of where data lives. The weights
maximise the likelihood of the evidence under a softmax over the candidates (ListNet's top-one
loss, Cao et al., 2007), with a quadratic penalty. What is printed is measured by five-fold
cross-validation over groups of cases that share passages.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.app import Assistant
from assistant.settings import Settings
from evals.suites.evidence_places import all_evidence_places
from evals.suites.held_out_passages import held_out_places, stands_in
from evals.suites.suite import BUNDLED_SUITE, Suite, open_suite
from evals.systems.built_assistant import built_assistant, told
from evals.training.pairs import FICTIONAL
from evals.types import Case, Place, Split
from index.building.options import Sources
from index.searching.features import NAMES
from index.searching.retrieve import WEIGHTS, candidates

DISTRACTORS = FICTIONAL.parent / "distractors"
"""Pages about the services of the bundled documents that are no residency documents."""
_PENALTY = 0.05
_FOLDS = 5
_OWNER = "fit"


@dataclass(frozen=True, slots=True)
class Asked:
    """The candidates of one question: features, and which of them are evidence."""

    cluster: str
    rows: NDArray[np.float64]
    right: NDArray[np.bool_]


def main() -> None:
    """Fit, print the cross-validated recall, write the weights."""
    suite = open_suite(BUNDLED_SUITE)
    home = Settings.load().home
    places = held_out_places(suite, suite.of_split(Split.DEV))
    folders = suite.folders
    conditions = {
        "bank": Sources(folders),
        "held out": Sources(folders, lambda row: not stands_in(row, suite, places)),
        "no bank": Sources(folders, lambda row: False),
        "among others": Sources((*folders, DISTRACTORS)),
    }
    asked = {
        name: _asked(suite, home / "evaluation" / "fit" / name.replace(" ", "-"), home, sources)
        for name, sources in conditions.items()
    }
    for name, questions in asked.items():
        _report(name, questions, list(asked.values()))
    weights = fit([question for questions in asked.values() for question in questions])
    stored = {name: round(float(w), 3) for name, w in zip(NAMES, weights, strict=True)}
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{WEIGHTS}\n")


def fit(
    questions: Sequence[Asked],
    *,
    near: NDArray[np.float64] | None = None,
    penalty: float = _PENALTY,
) -> NDArray[np.float64]:
    """Return the weights that make the evidence most likely.

    The penalty is on how far they are from `near`, which is nothing where none is given.
    """
    from scipy.optimize import minimize

    used = [q for q in questions if q.right.any()]
    middle = np.zeros(len(NAMES)) if near is None else near
    first = middle.copy()
    if near is None:
        first[0] = 5.0

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for question in used:
            scores = question.rows @ weights
            every = np.exp(scores - scores.max())
            every /= every.sum()
            right = every * question.right
            share = right.sum()
            total -= np.log(share + 1e-12)
            slope += question.rows.T @ (every - right / (share + 1e-12))
        count = len(used)
        away = weights - middle
        cost = penalty * float(away @ away) / 2
        return total / count + cost, slope / count + penalty * away

    found = minimize(loss, first, jac=True, method="L-BFGS-B")
    weights: NDArray[np.float64] = found.x
    return weights


def _report(name: str, questions: Sequence[Asked], everything: Sequence[Sequence[Asked]]) -> None:
    clusters = sorted({question.cluster for question in questions})
    fold = {cluster: n % _FOLDS for n, cluster in enumerate(clusters)}
    ranks: list[float] = []
    for number in range(_FOLDS):
        weights = fit([q for qs in everything for q in qs if fold[q.cluster] != number])
        ranks.extend(_rank(q, weights) for q in questions if fold[q.cluster] == number)
    shares = ", ".join(
        f"@{k} {sum(rank <= k for rank in ranks) / len(ranks):.1%}" for k in (1, 3, 5, 20)
    )
    sys.stdout.write(f"{name}: {len(ranks)} questions, evidence recall {shares}\n")


def _rank(question: Asked, weights: NDArray[np.float64]) -> float:
    scores = question.rows @ weights
    if not question.right.any():
        return float("inf")
    return float(1 + (scores > scores[question.right].max()).sum())


def _asked(suite: Suite, folder: Path, home: Path, sources: Sources) -> list[Asked]:
    assistant = built_assistant(Settings.load(), folder, sources, shared=home)
    try:
        return [
            _candidates(case, suite, assistant)
            for case in suite.of_split(Split.DEV)
            if case.answerable
        ]
    finally:
        assistant.close()


def _candidates(case: Case, suite: Suite, assistant: Assistant) -> Asked:
    thread = told(assistant, case.turns, _OWNER)
    wanted = assistant.searched(case.turns[-1], thread=thread, owner=_OWNER)
    _, rows = candidates(assistant.index, wanted)
    chunks = assistant.index.catalog.chunks([id_ for id_, _ in rows])
    places = list(all_evidence_places(case, suite.texts))
    right = [
        any(Place(chunks[id_].document, chunks[id_].span).overlaps(place) for place in places)
        for id_, _ in rows
    ]
    matrix = np.array([row for _, row in rows]) if rows else np.zeros((1, len(NAMES)))
    return Asked(suite.clusters[case.id], matrix, np.array(right or [False]))


if __name__ == "__main__":
    main()
