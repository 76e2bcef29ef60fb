"""One self-contained HTML page about one or more runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Span
from evals.runs.run_log import Entry, RunLog
from evals.runs.tradeoff import Tradeoff, tradeoff
from evals.scoring.metrics import METRICS, Metric, estimate, figures, percentile
from evals.scoring.scorers import LONGEST_TEXT, cites_evidence
from evals.suites.case_files import objections
from evals.suites.evidence_places import evidence_places
from evals.suites.suite import Suite
from evals.types import Case, Estimate, Place

_TEMPLATE = "report.html.jinja"
_AROUND = 240
"""Code points of a document shown on either side of an evidence passage."""
_WIDTH, _LEFT, _RIGHT, _LINE = 760, 230, 110, 24


@dataclass(frozen=True, slots=True)
class Measured:
    """A run and the suite that it was about."""

    log: RunLog
    suite: Suite

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases that were asked."""
        return tuple(case for case in self.suite.cases if case.id in self.log.entries)

    @property
    def label(self) -> str:
        """What tables call the run."""
        header = self.log.header
        return f"{header.system} {header.suite} {header.split}"

    def figures(self) -> dict[str, Estimate]:
        """Return every metric over all cases of the run."""
        scores = {name: entry.score for name, entry in self.log.entries.items()}
        return figures(self.cases, scores, self.suite.clusters)

    def latency(self, rank: float) -> float | None:
        """Return a percentile of the latencies, in milliseconds."""
        taken = [entry.score.latency_ms for entry in self.log.entries.values()]
        return percentile([ms for ms in taken if ms is not None], rank)


@dataclass(frozen=True, slots=True)
class _Part:
    label: str
    system: str
    suite: str
    split: str
    held_out: bool
    identity: str
    revision: str
    cases: int
    p50: str
    p95: str
    failures: tuple[_Failure, ...]


@dataclass(frozen=True, slots=True)
class _Failure:
    case: str
    kind: str
    turns: tuple[str, ...]
    why: str
    answer: str
    note: str
    evidence: tuple[_Passage, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    document: str
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class _Cell:
    value: str
    interval: str


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    cells: tuple[_Cell, ...]


@dataclass(frozen=True, slots=True)
class _Tick:
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    y: float
    x: float
    low: float | None
    high: float | None
    value: str
    scored: int


@dataclass(frozen=True, slots=True)
class _Plot:
    title: str
    bars: tuple[_Bar, ...]
    ticks: tuple[_Tick, ...]
    height: int
    width: int = _WIDTH
    left: int = _LEFT


def render(runs: Sequence[Measured]) -> str:
    """Return the report of the runs as one HTML page that fetches nothing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template(_TEMPLATE).render(
        parts=[_part(run) for run in runs],
        scores=_rows(runs),
        tradeoffs=[curve for run in runs if (curve := _tradeoff(run)) is not None],
        plots=[plot for run in runs for plot in _plots(run)],
    )


def markdown_table(runs: Sequence[Measured], metrics: Sequence[str]) -> str:
    """Return a Markdown table with one line a run and one column a metric."""
    chosen = [metric for name in metrics for metric in METRICS if metric.name == name]
    head = ["system", "suite", "cases", *(metric.title for metric in chosen), "p50"]
    lines = [f"| {' | '.join(head)} |", f"| --- | --- |{' ---: |' * (len(chosen) + 2)}"]
    for run in runs:
        found = run.figures()
        cells = [shown(found[metric.name], metric) for metric in chosen]
        where = f"{run.log.header.suite} {run.log.header.split}"
        fields = [run.log.header.system, where, str(len(run.cases)), *cells]
        lines.append(f"| {' | '.join(fields)} | {_ms(run.latency(50))} ms |")
    return "\n".join(lines)


def shown(found: Estimate, metric: Metric) -> str:
    """Return an estimate in words: value and interval, a dash when unscored."""
    cell = _cell(found, metric)
    return f"{cell.value} {cell.interval}".strip()


def _tradeoff(run: Measured) -> Tradeoff | None:
    return tradeoff(run.label, run.cases, run.log.entries)


def _part(run: Measured) -> _Part:
    header = run.log.header
    return _Part(
        label=run.label,
        system=header.system,
        suite=header.suite,
        split=header.split,
        held_out=header.held_out,
        identity=header.identity,
        revision=header.revision,
        cases=len(run.cases),
        p50=_ms(run.latency(50)),
        p95=_ms(run.latency(95)),
        failures=tuple(
            _failure(case, run.log.entries[case.id], run.suite)
            for case in run.cases
            if not run.log.entries[case.id].score.right
        ),
    )


def _failure(case: Case, entry: Entry, suite: Suite) -> _Failure:
    response = entry.reply.response
    return _Failure(
        case=case.id,
        kind=case.kind.value,
        turns=case.turns,
        why=why(case, entry, suite),
        answer=response.text if response else "",
        note=case.note,
        evidence=tuple(_evidence(case, suite)),
    )


def why(case: Case, entry: Entry, suite: Suite) -> str:
    """Return why a reply is not right, in words."""
    response = entry.reply.response
    if response is None:
        return f"failed: {entry.reply.failure}"
    if not case.answerable:
        return "should have said that the documents do not say"
    reasons = list(objections(case, response.text))
    if response.abstained:
        reasons.append("abstained")
    if len(response.text.split()) > LONGEST_TEXT:
        reasons.append("too long")
    if not cites_evidence(case, response, suite.texts):
        reasons.append("evidence not cited")
    return "; ".join(reasons)


def _evidence(case: Case, suite: Suite) -> Iterator[_Passage]:
    for places in evidence_places(case, suite.texts):
        for place in places[:1]:
            yield _around(place, suite)


def _around(place: Place, suite: Suite) -> _Passage:
    text = suite.texts[place.document].text
    start, end = place.span
    return _Passage(
        place.document,
        Span(max(0, start - _AROUND), start).of(text),
        place.span.of(text),
        Span(end, min(len(text), end + _AROUND)).of(text),
    )


def _rows(runs: Sequence[Measured]) -> list[_Row]:
    found = [run.figures() for run in runs]
    return [
        _Row(metric.title, tuple(_cell(each[metric.name], metric) for each in found))
        for metric in METRICS
    ]


def _cell(found: Estimate, metric: Metric) -> _Cell:
    if found.value is None:
        return _Cell("–", "")
    factor = 100 if metric.share else 1
    unit = "%" if metric.share else ""
    interval = ""
    if found.low is not None and found.high is not None:
        interval = f"[{found.low * factor:.0f}–{found.high * factor:.0f}]"
    return _Cell(f"{found.value * factor:.1f}{unit}", interval)


def _plots(run: Measured) -> Iterator[_Plot]:
    kinds = sorted({case.kind.value for case in run.cases})
    documents = sorted({name for case in run.cases for name in case.docs})
    yield _plot(f"Right by kind: {run.label}", run, kinds, lambda c: (c.kind.value,))
    yield _plot(f"Right by document: {run.label}", run, documents, lambda c: c.docs)


def _plot(
    title: str, run: Measured, names: Sequence[str], of: Callable[[Case], tuple[str, ...]]
) -> _Plot:
    bars = []
    for number, name in enumerate(names):
        cases = [case for case in run.cases if name in of(case)]
        found = estimate(
            [run.log.entries[case.id].score.right for case in cases],
            [run.suite.clusters[case.id] for case in cases],
        )
        bars.append(_bar(name, number, found))
    ticks = tuple(_Tick(_x(share / 100), f"{share}%") for share in (0, 25, 50, 75, 100))
    return _Plot(title, tuple(bars), ticks, 24 + _LINE * len(names))


def _bar(name: str, number: int, found: Estimate) -> _Bar:
    value = found.value or 0.0
    return _Bar(
        label=name,
        y=36 + _LINE * number,
        x=_x(value),
        low=None if found.low is None else _x(found.low),
        high=None if found.high is None else _x(found.high),
        value=f"{value:.0%}",
        scored=found.scored,
    )


def _x(share: float) -> float:
    return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
