"""One self-contained HTML page about one or more runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Span
from evals.runs.measured_run import Measured
from evals.runs.report_plots import plots
from evals.runs.run_log import Entry
from evals.runs.run_table import Cell, cell, milliseconds
from evals.runs.tradeoff import tradeoff
from evals.scoring.answer_metrics import LONGEST_TEXT
from evals.scoring.citation_metrics import cites_evidence
from evals.scoring.metrics import all_metrics, metrics_by_kind
from evals.scoring.registry import Answered
from evals.suites.case_files import objections
from evals.suites.evidence_places import evidence_places
from evals.suites.suite import Suite
from evals.types import Case, Place

_TEMPLATE = "report.html.jinja"
_AROUND = 240
"""Code points of a document shown on either side of an evidence passage."""


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
class _Row:
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _ByKind:
    label: str
    titles: tuple[str, ...]
    rows: tuple[_Row, ...]


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
        by_kind=[_by_kind(run) for run in runs],
        tradeoffs=[
            curve for run in runs if (curve := tradeoff(run.label, run.cases, run.log.entries))
        ],
        plots=[plot for run in runs for plot in plots(run)],
    )


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
        p50=milliseconds(run.latency(50)),
        p95=milliseconds(run.latency(95)),
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
    if not cites_evidence(Answered(case, response, suite.texts)):
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


def _by_kind(run: Measured) -> _ByKind:
    chosen = metrics_by_kind()
    return _ByKind(
        run.label,
        tuple(metric.title for metric in chosen),
        tuple(
            _Row(kind.value, tuple(cell(found[metric.name], metric) for metric in chosen))
            for kind, found in run.figures_by_kind().items()
        ),
    )


def _rows(runs: Sequence[Measured]) -> list[_Row]:
    found = [run.figures() for run in runs]
    return [
        _Row(metric.title, tuple(cell(each[metric.name], metric) for each in found))
        for metric in all_metrics()
    ]
