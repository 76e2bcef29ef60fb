"""Compare two runs, or a run with the committed baseline."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.errors import LogError
from evals.runs.run_log import RunLog
from evals.scoring.metrics import METRICS, Difference, Metric, difference
from evals.suites.suite import Suite
from evals.types import Case, Estimate

BASELINE = Path(__file__).parents[1] / "baseline.json"
_GATED = ("right", "citation_precision")


@dataclass(frozen=True, slots=True)
class Change:
    """How one metric differs between two runs."""

    metric: Metric
    difference: Difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs on the same cases."""

    changes: tuple[Change, ...]
    gained: tuple[str, ...]
    """Cases that are right in the second run only."""
    lost: tuple[str, ...]
    """Cases that were right in the first run only."""


def compare(before: RunLog, after: RunLog, suite: Suite) -> Comparison:
    """Compare two logs case by case; raise LogError when they asked different cases."""
    if (before.header.suite, before.header.cases) != (after.header.suite, after.header.cases):
        raise LogError(
            f"{before.path} and {after.path}: they asked different cases "
            f"({before.header.suite} {before.header.split}, "
            f"{after.header.suite} {after.header.split}). Compare runs of the same cases"
        )
    cases = [c for c in suite.cases if c.id in before.entries and c.id in after.entries]
    right = [(c.id, _right(before, c), _right(after, c)) for c in cases]
    return Comparison(
        changes=tuple(
            Change(metric, found)
            for metric in METRICS
            if (found := _difference(metric, before, after, cases, suite)) is not None
        ),
        gained=tuple(case for case, first, second in right if second > first),
        lost=tuple(case for case, first, second in right if second < first),
    )


def variance(logs: Sequence[RunLog]) -> dict[str, float]:
    """Return the standard deviation of every metric over repeated runs of one system."""
    import numpy as np

    spread: dict[str, float] = {}
    for metric in (m for m in METRICS if m.name in ("right", "direct", "correct")):
        means = [
            np.mean([getattr(e.score, metric.name) for e in log.entries.values()]) for log in logs
        ]
        spread[metric.name] = float(np.std(means, ddof=1)) if len(means) > 1 else 0.0
    return spread


def write_baseline(path: Path, figures: Mapping[str, Mapping[str, Estimate]]) -> None:
    """Write the figures of several parts (`bundled dev`, ...) as the baseline."""
    plain = {
        part: {
            name: [estimate.value, estimate.low, estimate.high, estimate.scored]
            for name, estimate in metrics.items()
            if estimate.value is not None
        }
        for part, metrics in figures.items()
    }
    rounded = json.loads(json.dumps(plain), parse_float=lambda text: round(float(text), 4))
    lines = ",\n".join(
        f" {json.dumps(part)}: {{\n"
        + ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in metrics.items())
        + "\n }"
        for part, metrics in rounded.items()
    )
    path.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def regressions(path: Path, figures: Mapping[str, Mapping[str, Estimate]]) -> tuple[str, ...]:
    """Return what is worse than the baseline by more than its interval, in words.

    Right answers and citation precision may not fall below the lower end of the baseline's
    interval, and every citation must be verbatim. Raises LogError for a baseline that cannot be
    read or that lacks a part.
    """
    baseline = _baseline(path)
    found = []
    for part, metrics in figures.items():
        verbatim = metrics["verbatim"].value
        if verbatim is not None and verbatim < 1.0:
            found.append(f"{part}: {1 - verbatim:.2%} of the citations are not verbatim")
        for name in _GATED:
            if part not in baseline:
                raise LogError(f"{path}: no baseline for {part}. Write it with --write-baseline")
            before, low, *_ = baseline[part].get(name, [None, None])
            now = metrics[name].value
            if low is not None and before is not None and (now is None or now < low):
                now_text = "unscored" if now is None else f"{now:.1%}"
                found.append(
                    f"{part}: {name.replace('_', ' ')} fell from {before:.1%} "
                    f"(interval from {low:.1%}) to {now_text}"
                )
    return tuple(found)


def _baseline(path: Path) -> dict[str, dict[str, list[float | None]]]:
    try:
        read: dict[str, dict[str, list[float | None]]] = json.loads(
            path.read_text(encoding="utf-8")
        )
    except (OSError, ValueError) as error:
        raise LogError(
            f"{path}: no baseline can be read ({error}). Write it with --write-baseline"
        ) from error
    return read


def _right(log: RunLog, case: Case) -> float:
    return log.entries[case.id].score.right


def _difference(
    metric: Metric, before: RunLog, after: RunLog, cases: Sequence[Case], suite: Suite
) -> Difference | None:
    """Compare one metric over the cases that are scored in both runs."""
    pairs = [
        (first, second, suite.clusters[case.id])
        for case in cases
        if (first := metric.of(before.entries[case.id].score, case)) is not None
        and (second := metric.of(after.entries[case.id].score, case)) is not None
    ]
    if not pairs:
        return None
    firsts, seconds, names = zip(*pairs, strict=True)
    return difference(firsts, seconds, names)
