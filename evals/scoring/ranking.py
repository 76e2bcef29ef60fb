"""How good a ranking is, by ir-measures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from evals.types import Place

_QUERY = "case"


@dataclass(frozen=True, slots=True)
class Ranks:
    """Measures of one ranking, each between 0 and 1."""

    recall_1: float
    """1 when the first result is evidence: recall@k counts a case as found when any of its
    evidence is among the first k, since one passage is enough to answer."""
    recall_3: float
    recall_5: float
    recall_20: float
    mrr: float
    """Reciprocal of the rank of the first evidence, 0 when none was found."""
    ndcg_10: float
    """Normalised discounted cumulative gain of the first ten; each evidence passage gains once."""


def ranks(ranking: tuple[Place, ...], evidence: tuple[tuple[Place, ...], ...]) -> Ranks:
    """Return the measures of a ranking against evidence passages, each with its places.

    A result counts for the first passage that it overlaps and no result before it did; a passage
    that stands at several places is found at any of them.
    """
    qrels = {_QUERY: {f"evidence {number}": 1 for number in range(len(evidence))}}
    run: dict[str, float] = {}
    for rank, place in enumerate(ranking):
        name = next(
            (
                f"evidence {number}"
                for number, places in enumerate(evidence)
                if f"evidence {number}" not in run and any(place.overlaps(at) for at in places)
            ),
            f"result {rank}",
        )
        run[name] = float(len(ranking) - rank)
    values = _measure(qrels, {_QUERY: run}) if run else {}
    return Ranks(
        values.get("Success@1", 0.0),
        values.get("Success@3", 0.0),
        values.get("Success@5", 0.0),
        values.get("Success@20", 0.0),
        values.get("RR", 0.0),
        values.get("nDCG@10", 0.0),
    )


def _measure(qrels: dict[str, Any], run: dict[str, Any]) -> dict[str, float]:
    return {str(measure): value for measure, value in _evaluator()(qrels, run).items()}


@cache
def _evaluator() -> Any:
    import ir_measures

    measures = [ir_measures.parse_measure(name) for name in
                ("Success@1", "Success@3", "Success@5", "Success@20", "RR", "nDCG@10")]  # fmt: skip
    return lambda qrels, run: ir_measures.calc_aggregate(measures, qrels, run)
