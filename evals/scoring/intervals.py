"""Means with intervals, and what differs between two runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.types import Estimate

RESAMPLES = 2_000
CONFIDENCE = 0.95
_ENDS = (100 * (1 - CONFIDENCE) / 2, 100 * (1 + CONFIDENCE) / 2)
_SEED = 20_261_121
_PERMUTATIONS = 10_000


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


def estimate_median(values: Sequence[float | None], clusters: Sequence[str]) -> Estimate:
    """Return the median of the scored values, with an interval as `estimate` gives it."""
    pairs = [(v, c) for v, c in zip(values, clusters, strict=True) if v is not None]
    unscored = len(values) - len(pairs)
    if not pairs:
        return Estimate(None, None, None, 0, unscored)
    middle = float(np.median([value for value, _ in pairs]))
    names = sorted({cluster for _, cluster in pairs})
    if len(names) == 1:
        return Estimate(middle, None, None, len(pairs), unscored)
    low, high = np.percentile(_medians(sorted(pairs), names), _ENDS)
    return Estimate(middle, float(low), float(high), len(pairs), unscored)


def _medians(pairs: Sequence[tuple[float, str]], names: Sequence[str]) -> NDArray[np.float64]:
    """Return the median of every resample; the pairs are in order of their values."""
    number = {name: place for place, name in enumerate(names)}
    drawn = np.random.default_rng(_SEED).multinomial(
        len(names), [1 / len(names)] * len(names), size=RESAMPLES
    )
    upto = drawn[:, [number[cluster] for _, cluster in pairs]].cumsum(axis=1)
    ordered = np.array([value for value, _ in pairs])
    half = upto[:, -1:] / 2
    below, above = (upto >= half).argmax(axis=1), (upto > half).argmax(axis=1)
    return np.asarray((ordered[below] + ordered[above]) / 2)


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
