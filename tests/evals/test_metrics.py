"""Means, intervals and differences, against values worked out by hand."""

from __future__ import annotations

import pytest

from corpus.types import Span
from evals.metrics import difference, estimate, percentile
from evals.ranking import ranks
from evals.types import Place


def test_unscored_is_not_zero() -> None:
    found = estimate([1.0, None, 0.0, None], ["a", "b", "c", "d"])
    assert (found.value, found.scored, found.unscored) == (0.5, 2, 2)
    nothing = estimate([None, None], ["a", "b"])
    assert (nothing.value, nothing.low, nothing.scored, nothing.unscored) == (None, None, 0, 2)


def test_the_interval_is_wider_when_cases_hang_together() -> None:
    values = [1.0, 1.0, 0.0, 0.0] * 10
    apart = estimate(values, [str(n) for n in range(40)])
    together = estimate(values, [str(n // 2) for n in range(40)])
    assert apart.low is not None
    assert apart.high is not None
    assert together.low is not None
    assert together.high is not None
    assert apart.value == together.value == 0.5
    assert together.high - together.low > apart.high - apart.low
    assert apart.low < 0.5 < apart.high


def test_one_cluster_has_no_interval_and_equal_ones_a_point() -> None:
    assert estimate([1.0, 0.0], ["a", "a"]).low is None
    same = estimate([1.0, 1.0], ["a", "b"])
    assert (same.low, same.high) == (1.0, 1.0)


def test_the_interval_is_the_same_each_time() -> None:
    values, names = [float(n % 3 == 0) for n in range(30)], [str(n) for n in range(30)]
    assert estimate(values, names) == estimate(values, names)


def test_difference_sees_a_change_and_doubts_a_small_one() -> None:
    names = [str(n) for n in range(40)]
    sure = difference([0.0] * 40, [1.0] * 30 + [0.0] * 10, names)
    assert sure.change == 0.75
    assert sure.p_value < 0.001
    assert sure.pairs == 40
    doubtful = difference([0.0] * 40, [1.0] + [0.0] * 39, names)
    assert doubtful.p_value > 0.5
    none = difference([1.0] * 3, [1.0] * 3, names[:3])
    assert (none.change, none.p_value) == (0.0, 1.0)
    worse = difference([1.0, 1.0], [0.0, 1.0], names[:2])
    assert worse.change == -0.5


def test_percentiles_interpolate() -> None:
    assert percentile([1.0, 2.0, 3.0, 4.0], 50) == 2.5
    assert percentile([], 50) is None


def _places(*starts: int) -> tuple[Place, ...]:
    return tuple(Place("d", Span(start, start + 5)) for start in starts)


@pytest.mark.parametrize(
    ("ranking", "recall_1", "recall_5", "mrr"),
    [((10, 50), 1.0, 1.0, 1.0), ((50, 10), 0.0, 1.0, 0.5), ((50, 60), 0.0, 0.0, 0.0),
     ((50, 60, 70, 80, 90, 10), 0.0, 0.0, 1 / 6)],
)  # fmt: skip
def test_ranks(ranking: tuple[int, ...], recall_1: float, recall_5: float, mrr: float) -> None:
    found = ranks(_places(*ranking), (_places(10),))
    assert (found.recall_1, found.recall_5) == (recall_1, recall_5)
    assert found.mrr == pytest.approx(mrr)


def test_gain_counts_each_passage_once() -> None:
    twice = ranks(_places(10, 12), (_places(11),))
    assert twice.ndcg_10 == pytest.approx(1.0)
    second = ranks(_places(50, 10), (_places(10),))
    assert second.ndcg_10 == pytest.approx(0.6309, abs=1e-3)
