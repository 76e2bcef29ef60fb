"""Figures in words: the short table of runs, and the cells of the report's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from evals.runs.measured_run import Measured
from evals.scoring.metrics import all_metrics, metrics_by_kind
from evals.scoring.registry import Metric
from evals.types import Estimate


@dataclass(frozen=True, slots=True)
class Cell:
    """An estimate in words."""

    value: str
    interval: str
    """Empty where there is none."""

    def __str__(self) -> str:
        return f"{self.value} {self.interval}".strip()


def markdown_table(runs: Sequence[Measured]) -> str:
    """Return a Markdown table with one line a run and one column a metric that has one."""
    chosen = [metric for _, metric in sorted(_columns(), key=itemgetter(0))]
    head = ["system", "suite", "cases", *(metric.title for metric in chosen), "p50"]
    lines = [f"| {' | '.join(head)} |", f"| --- | --- |{' ---: |' * (len(chosen) + 2)}"]
    for run in runs:
        found = run.figures()
        cells = [str(cell(found[metric.name], metric)) for metric in chosen]
        where = f"{run.log.header.suite} {run.log.header.split}"
        fields = [run.log.header.system, where, str(len(run.cases)), *cells]
        lines.append(f"| {' | '.join(fields)} | {milliseconds(run.latency(50))} ms |")
    return "\n".join(lines)


def kinds_table(run: Measured) -> str:
    """Return a Markdown table of a run with one line a kind of question."""
    chosen = metrics_by_kind()
    lines = [
        f"| {' | '.join(['kind', 'cases', *(metric.title for metric in chosen)])} |",
        f"| --- |{' ---: |' * (len(chosen) + 1)}",
    ]
    for kind, found in run.figures_by_kind().items():
        cells = [str(cell(found[metric.name], metric)) for metric in chosen]
        cases = sum(case.kind is kind for case in run.cases)
        lines.append(f"| {' | '.join([kind.value, str(cases), *cells])} |")
    return "\n".join(lines)


def cell(found: Estimate, metric: Metric) -> Cell:
    """Return how tables show an estimate; a dash is unscored."""
    if found.value is None:
        return Cell("–", "")
    factor = 100 if metric.share else 1
    unit = "%" if metric.share else ""
    interval = ""
    if found.low is not None and found.high is not None:
        interval = f"[{found.low * factor:.0f}–{found.high * factor:.0f}]"
    return Cell(f"{found.value * factor:.1f}{unit}", interval)


def milliseconds(value: float | None) -> str:
    """Return how tables show a latency; a dash where there is none."""
    return "–" if value is None else f"{value:.1f}"


def _columns() -> Iterator[tuple[int, Metric]]:
    for metric in all_metrics():
        if metric.column is not None:
            yield metric.column, metric
