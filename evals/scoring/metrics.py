"""Every metric, in the order of reports; the scores of a reply, and the figures of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.scoring import (
    answer_metrics,
    citation_metrics,
    outcome_metrics,
    ranking_metrics,
    reader_metrics,
)
from evals.scoring.intervals import estimate, estimate_median
from evals.scoring.registry import Answered, Metric, metrics_of
from evals.suites.evidence_places import Texts
from evals.types import Case, Estimate, Kind, Reply, Score

_MODULES = (answer_metrics, reader_metrics, citation_metrics, ranking_metrics, outcome_metrics)
"""Where metrics are defined; their order is that of reports."""
_LAST_COLUMN = 1_000


def all_metrics() -> tuple[Metric, ...]:
    """Return every metric, in the order of reports."""
    return tuple(found for module in _MODULES for found in metrics_of(module))


def metrics_by_kind() -> tuple[Metric, ...]:
    """Return what is told by kind of question, in the order of columns; the rest comes last."""
    chosen = [metric for metric in all_metrics() if metric.by_kind]
    return tuple(sorted(chosen, key=lambda metric: metric.column or _LAST_COLUMN))


def score(case: Case, reply: Reply, texts: Texts) -> Score:
    """Return all scores of a reply; a case that failed is not right, the rest is unscored."""
    if reply.response is None:
        found = {metric.name: metric.without_response for metric in all_metrics()}
    else:
        answered = Answered(case, reply.response, texts)
        found = {metric.name: metric(answered) for metric in all_metrics()}
    return Score({name: float(value) for name, value in found.items() if value is not None})


def figures(
    cases: Sequence[Case], scores: Mapping[str, Score], clusters: Mapping[str, str]
) -> dict[str, Estimate]:
    """Return every metric over the cases, by name of the metric."""
    return _figures(all_metrics(), cases, scores, clusters)


def figures_by_kind(
    cases: Sequence[Case], scores: Mapping[str, Score], clusters: Mapping[str, str]
) -> dict[Kind, dict[str, Estimate]]:
    """Return the metrics that are told by kind of question, by kind and name."""
    by_kind = {kind: [case for case in cases if case.kind is kind] for kind in Kind}
    return {
        kind: _figures(metrics_by_kind(), some, scores, clusters)
        for kind, some in by_kind.items()
        if some
    }


def _figures(
    chosen: Sequence[Metric],
    cases: Sequence[Case],
    scores: Mapping[str, Score],
    clusters: Mapping[str, str],
) -> dict[str, Estimate]:
    names = [clusters[case.id] for case in cases]
    return {
        metric.name: (estimate_median if metric.median else estimate)(
            [scores[case.id].values.get(metric.name) for case in cases], names
        )
        for metric in chosen
    }
