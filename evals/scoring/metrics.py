"""From scores to figures: means with intervals, and what differs between two runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.types import Case, Estimate, Score

RESAMPLES = 2_000
CONFIDENCE = 0.95
_SEED = 20_261_121
_PERMUTATIONS = 10_000

Value = Callable[[Score, Case], float | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that is the mean of a value over the cases where it is scored."""

    name: str
    title: str
    of: Value
    share: bool = True
    """True for values between 0 and 1, shown in percent."""


METRICS: tuple[Metric, ...] = (
    Metric("right", "right", lambda s, c: s.right),
    Metric("direct", "direct", lambda s, c: s.direct),
    Metric("correct", "correct text", lambda s, c: s.correct),
    Metric("cited", "evidence cited", lambda s, c: s.cited),
    Metric("abstained_true", "abstention, true positive rate",
           lambda s, c: None if c.answerable else s.abstained),
    Metric("abstained_false", "abstention, false positive rate",
           lambda s, c: s.abstained if c.answerable else None),
    Metric("citation_recall", "citation recall", lambda s, c: s.citation_recall),
    Metric("citation_precision", "citation precision", lambda s, c: s.citation_precision),
    Metric("verbatim", "citations verbatim", lambda s, c: s.verbatim),
    Metric("recall_1", "recall@1", lambda s, c: s.recall_1),
    Metric("recall_3", "recall@3", lambda s, c: s.recall_3),
    Metric("recall_5", "recall@5", lambda s, c: s.recall_5),
    Metric("recall_20", "recall@20", lambda s, c: s.recall_20),
    Metric("mrr", "MRR", lambda s, c: s.mrr),
    Metric("ndcg_10", "nDCG@10", lambda s, c: s.ndcg_10),
    Metric("failed", "failed", lambda s, c: float(s.failed)),
    Metric("words", "words", lambda s, c: s.words, share=False),
)  # fmt: skip


def estimate(values: Sequence[float | None], clusters: Sequence[str]) -> Estimate:
    """Return the mean of the scored values with its interval.

    Interval: percentile bootstrap at 95% over clusters, since cases about the same passage stand
    or fall together (`scipy.stats.bootstrap`, fixed seed, 2,000 resamples). With one cluster or
    none there is no interval.
    """
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for value, cluster in zip(values, clusters, strict=True):
        if value is not None:
            sums[cluster] = sums.get(cluster, 0.0) + value
            counts[cluster] = counts.get(cluster, 0) + 1
    scored = sum(counts.values())
    unscored = len(values) - scored
    if not scored:
        return Estimate(None, None, None, 0, unscored)
    mean = sum(sums.values()) / scored
    if len(sums) == 1:
        return Estimate(mean, None, None, scored, unscored)
    totals = np.array([sums[name] for name in sorted(sums)])
    sizes = np.array([counts[name] for name in sorted(sums)], dtype=float)
    low, high = _interval(totals, sizes)
    return Estimate(mean, low, high, scored, unscored)


def figures(
    cases: Sequence[Case], scores: Mapping[str, Score], clusters: Mapping[str, str]
) -> dict[str, Estimate]:
    """Return every metric over the cases, by name of the metric."""
    names = [clusters[case.id] for case in cases]
    return {
        metric.name: estimate([metric.of(scores[case.id], case) for case in cases], names)
        for metric in METRICS
    }


def percentile(values: Sequence[float], rank: float) -> float | None:
    """Return a percentile (0 to 100) by linear interpolation; None of nothing."""
    return float(np.percentile(np.array(values), rank)) if values else None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one run to another on the same cases."""

    change: float
    """Mean of the second run minus mean of the first."""
    low: float | None
    high: float | None
    p_value: float
    """Two-sided, that the two runs are alike; by flipping signs of whole clusters."""
    pairs: int


def difference(
    before: Sequence[float], after: Sequence[float], clusters: Sequence[str]
) -> Difference:
    """Compare two runs case by case: change, its interval, and a paired permutation test."""
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for first, second, cluster in zip(before, after, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + second - first
        counts[cluster] = counts.get(cluster, 0) + 1
    totals = np.array([sums[name] for name in sorted(sums)])
    sizes = np.array([counts[name] for name in sorted(sums)], dtype=float)
    pairs = int(sizes.sum())
    change = float(totals.sum() / pairs) if pairs else 0.0
    if not totals.any():
        return Difference(change, change, change, 1.0, pairs)
    low, high = _interval(totals, sizes) if len(sums) > 1 else (None, None)
    return Difference(change, low, high, _p_value(totals), pairs)


def _interval(totals: NDArray[np.float64], sizes: NDArray[np.float64]) -> tuple[float, float]:
    from scipy.stats import bootstrap

    if np.ptp(totals / sizes) == 0.0:
        constant = float(totals[0] / sizes[0])
        return constant, constant
    result = bootstrap(
        (totals, sizes),
        lambda total, size, axis: total.sum(axis=axis) / size.sum(axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)


def _p_value(totals: NDArray[np.float64]) -> float:
    from scipy.stats import permutation_test

    if len(totals) == 1:
        # One cluster flipped is as far from zero as before.
        return 1.0
    result = permutation_test(
        (totals, np.zeros_like(totals)),
        lambda first, second, axis: (first - second).sum(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=_PERMUTATIONS,
        rng=np.random.default_rng(_SEED),
    )
    return float(result.pvalue)
