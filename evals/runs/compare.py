"""Compare two runs of the same cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.errors import LogError
from evals.runs.run_log import RunLog
from evals.scoring.intervals import Difference, difference
from evals.scoring.metrics import all_metrics
from evals.scoring.registry import Metric
from evals.suites.suite import Suite
from evals.types import Case, Kind


@dataclass(frozen=True, slots=True)
class Change:
    """How one metric differs between two runs."""

    metric: Metric
    difference: Difference
    kind: Kind | None = None
    """Of the questions that it is about; None means all."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs on the same cases."""

    changes: tuple[Change, ...]
    by_kind: tuple[Change, ...]
    """What changed for the questions of one kind; what is equal for them stands in none."""
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
            for metric in _compared()
            if (found := _difference(metric, before, after, cases, suite)) is not None
        ),
        by_kind=tuple(_changes_by_kind(before, after, cases, suite)),
        gained=tuple(case for case, first, second in right if second > first),
        lost=tuple(case for case, first, second in right if second < first),
    )


def _compared() -> list[Metric]:
    """Return the metrics of which the mean change says what changed."""
    return [metric for metric in all_metrics() if not metric.median]


def _changes_by_kind(
    before: RunLog, after: RunLog, cases: Sequence[Case], suite: Suite
) -> Iterator[Change]:
    for kind in Kind:
        some = [case for case in cases if case.kind is kind]
        for metric in _compared():
            found = _difference(metric, before, after, some, suite) if metric.by_kind else None
            if found is not None and found.change:
                yield Change(metric, found, kind)


def _right(log: RunLog, case: Case) -> float:
    return log.entries[case.id].score.right


def _difference(
    metric: Metric, before: RunLog, after: RunLog, cases: Sequence[Case], suite: Suite
) -> Difference | None:
    """Compare one metric over the cases that are scored in both runs."""
    pairs = [
        (first, second, suite.clusters[case.id])
        for case in cases
        if (first := _value(before, case, metric)) is not None
        and (second := _value(after, case, metric)) is not None
    ]
    if not pairs:
        return None
    firsts, seconds, names = zip(*pairs, strict=True)
    return difference(firsts, seconds, names)


def _value(log: RunLog, case: Case, metric: Metric) -> float | None:
    return log.entries[case.id].score.values.get(metric.name)
