"""Means, intervals and differences, against values worked out by hand."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from corpus.types import Span
from evals.scoring.intervals import difference, estimate, estimate_median, percentile
from evals.scoring.ranking_metrics import measure, ranked
from evals.types import Place


def test_unscored_is_not_zero() -> None:
    found = estimate([1.0, None, 0.0, None], ["a", "b", "c", "d"])
    assert (found.value, found.scored, found.unscored) == (0.5, 2, 2)
    nothing = estimate([None, None], ["a", "b"])
    assert (nothing.value, nothing.low, nothing.scored, nothing.unscored) == (None, None, 0, 2)


def test_the_median_has_an_interval_over_clusters_too() -> None:
    assert estimate_median([3.0, None, 1.0, 100.0], list("abcd")).value == 3.0
    found = estimate_median([float(n) for n in range(1, 42)], [str(n) for n in range(41)])
    assert found.value == 21.0
    assert found.low is not None
    assert found.high is not None
    assert 10 < found.low < 21 < found.high < 32
    together = estimate_median([1.0, 2.0, 3.0, 4.0], list("aabb"))
    assert (together.value, together.low, together.high) == (2.5, 1.5, 3.5)
    alone = estimate_median([1.0, 2.0], ["a", "a"])
    assert (alone.value, alone.low, alone.scored) == (1.5, None, 2)
    assert estimate_median([None], ["a"]).value is None


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


class _Ranks(NamedTuple):
    recall_1: float
    recall_5: float
    recall_20: float
    mrr: float
    ndcg_10: float


def ranks(ranking: tuple[Place, ...], evidence: tuple[tuple[Place, ...], ...]) -> _Ranks:
    names = ("Success@1", "Success@5", "Success@20", "RR", "nDCG@10")
    return _Ranks(*(measure(name, ranked(ranking, evidence)) for name in names))


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


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        estimate([1.0, 0.0], ["a"])
    with pytest.raises(ValueError, match="shorter"):
        difference([1.0, 0.0], [1.0, 0.0], ["a"])


def test_counts_of_one_cluster() -> None:
    found = estimate([1.0, None, 0.0], ["a", "a", "a"])
    assert (found.scored, found.unscored) == (2, 1)


def test_the_difference_has_an_interval_and_is_the_same_each_time() -> None:
    before = [float(n % 2) for n in range(30)]
    after = [float(n % 3 > 0) for n in range(30)]
    names = [str(n // 3) for n in range(30)]
    found = difference(before, after, names)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.change < found.high
    assert 0.0 < found.p_value <= 1.0
    assert found == difference(before, after, names)


def test_no_change_has_a_point_for_an_interval() -> None:
    same = difference([1.0, 0.0], [1.0, 0.0], ["a", "b"])
    assert (same.change, same.low, same.high, same.pairs) == (0.0, 0.0, 0.0, 2)
    nothing = difference([], [], [])
    assert (nothing.change, nothing.pairs) == (0.0, 0)


def test_one_cluster_proves_nothing() -> None:
    found = difference([0.0, 0.0], [1.0, 0.0], ["a", "a"])
    assert (found.change, found.low, found.high, found.p_value) == (0.5, None, None, 1.0)
    two = difference([0.0, 0.0], [1.0, 1.0], ["a", "b"])
    assert (two.low, two.high, two.p_value) == (1.0, 1.0, 0.5)


def test_clusters_of_one_share_have_that_share() -> None:
    found = estimate([1.0, 0.0, 1.0, 0.0, 1.0, 0.0], ["a", "a", "b", "b", "b", "b"])
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)


def test_ranks_look_twenty_deep_and_no_deeper() -> None:
    others = _places(*range(100, 300, 10))
    assert ranks((*others[:19], *_places(10)), (_places(10),)).recall_20 == 1.0
    assert ranks((*others[:20], *_places(10)), (_places(10),)).recall_20 == 0.0
    nothing = ranks((), (_places(10),))
    assert (nothing.recall_1, nothing.recall_5, nothing.recall_20) == (0.0, 0.0, 0.0)
    assert (nothing.mrr, nothing.ndcg_10) == (0.0, 0.0)


def test_a_share_stays_a_share_where_groups_differ_in_size() -> None:
    names = [f"{n}-{m}" for n in range(10) for m in ["x"] * (1 if n % 2 else 9)]
    values = [0.0 if name.startswith("1-") else 1.0 for name in names]
    found = estimate(values, names)
    assert found.high is not None
    assert found.high <= 1.0
