"""How good a ranking is: the usual definitions of information retrieval, by ir-measures.

Recall@k counts a case as found when any of its evidence is among the first k, since one passage is
enough to answer.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from evals.scoring.registry import Answered, metric
from evals.suites.evidence_places import evidence_places
from evals.types import Place

_QUERY = "case"


class Ranked(NamedTuple):
    """A ranking as ir-measures reads it."""

    qrels: dict[str, dict[str, int]]
    """What is to be found."""
    run: dict[str, dict[str, float]]
    """What was found; empty where nothing was."""


@metric(title="recall@1", column=80)
def recall_1(answered: Answered) -> float | None:
    """1 when the first result is evidence."""
    return _measured("Success@1", answered)


@metric(title="recall@3")
def recall_3(answered: Answered) -> float | None:
    """1 when evidence is among the first three results."""
    return _measured("Success@3", answered)


@metric(title="recall@5", column=90)
def recall_5(answered: Answered) -> float | None:
    """1 when evidence is among the first five results."""
    return _measured("Success@5", answered)


@metric(title="recall@20", column=100)
def recall_20(answered: Answered) -> float | None:
    """1 when evidence is among the first twenty results."""
    return _measured("Success@20", answered)


@metric(title="MRR")
def mrr(answered: Answered) -> float | None:
    """Reciprocal of the rank of the first evidence, 0 when none was found."""
    return _measured("RR", answered)


@metric(title="nDCG@10")
def ndcg_10(answered: Answered) -> float | None:
    """Normalised discounted cumulative gain of the first ten; each evidence passage gains once."""
    return _measured("nDCG@10", answered)


def ranked(ranking: tuple[Place, ...], evidence: tuple[tuple[Place, ...], ...]) -> Ranked:
    """Return a ranking against evidence passages, each with its places.

    A result counts for the first passage that it overlaps and no result before it did; a passage
    that stands at several places is found at any of them.
    """
    wanted = {f"evidence {number}": places for number, places in enumerate(evidence)}
    run: dict[str, float] = {}
    for rank, place in enumerate(ranking):
        found = (
            name
            for name, places in wanted.items()
            if name not in run and any(place.overlaps(at) for at in places)
        )
        run[next(found, f"result {rank}")] = float(len(ranking) - rank)
    return Ranked({_QUERY: dict.fromkeys(wanted, 1)}, {_QUERY: run} if run else {})


def measure(name: str, ranked: Ranked) -> float:
    """Return one of ir-measures' figures of a ranking, between 0 and 1; 0 of an empty one."""
    return _evaluated(name, ranked) if ranked.run else 0.0


def _measured(name: str, answered: Answered) -> float | None:
    found = answered.once(_ranked)
    return None if found is None else measure(name, found)


def _ranked(answered: Answered) -> Ranked | None:
    case, ranking = answered.case, answered.response.ranking
    if not case.answerable or ranking is None:
        return None
    return ranked(ranking, evidence_places(case, answered.texts))


def _evaluated(name: str, ranked: Ranked) -> float:
    import ir_measures

    parsed = _parsed(name)
    value: float = ir_measures.calc_aggregate([parsed], ranked.qrels, ranked.run)[parsed]
    return value


@cache
def _parsed(name: str) -> Any:
    import ir_measures

    return ir_measures.parse_measure(name)
