"""Figures of a run are told by kind of question: in text, JSON, the page and comparisons."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.runs.baseline import regressions, write_baseline
from evals.runs.compare import compare
from evals.runs.measured_run import Measured
from evals.runs.report import render
from evals.runs.report_figures import figures_json, figures_text
from evals.runs.run import Plan, run
from evals.suites.suite import Suite
from evals.types import Case, Kind, Response
from tests.evals.conftest import Scripted, gold


def _long_numbers(case: Case, suite: Suite) -> Response:
    """Answer as `gold` does; of numbers with much talk behind it."""
    response = gold(case, suite)
    if case.kind is not Kind.NUMERIC:
        return response
    return replace(response, text=response.text + " so" * 80)


@pytest.fixture
def runs(suite: Suite, tmp_path: Path) -> tuple[Measured, Measured]:
    """A run without fault, and one whose answer to one kind is too long."""
    return tuple(  # type: ignore[return-value]
        Measured(run(Scripted(said), Plan(suite), tmp_path, tmp_path / f"{name}.jsonl"), suite)
        for name, said in (("good", gold), ("long", _long_numbers))
    )


def test_figures_are_told_by_kind(runs: tuple[Measured, Measured]) -> None:
    _, long = runs
    found = long.figures_by_kind()
    assert list(found) == [Kind.LOOKUP, Kind.PROCEDURE, Kind.NUMERIC, Kind.ABSTAIN]
    strict = {kind: figures["strict"].value for kind, figures in found.items()}
    assert strict == {Kind.LOOKUP: 1, Kind.PROCEDURE: 1, Kind.NUMERIC: 0, Kind.ABSTAIN: 1}
    assert "recall_1" not in found[Kind.LOOKUP]
    text = figures_text(runs)
    assert "## scripted harbour all, by kind" in text
    assert "| kind | cases | right | direct | strict | focus | complete |" in text
    assert "| numeric | 1 | 100.0% | 100.0% | 0.0% | 100.0% | 100.0% |" in text
    good, bad = json.loads(figures_json(runs))
    assert good["figures"]["strict"]["value"] == 1.0
    assert bad["figures"]["strict"]["value"] == 0.75
    assert bad["by_kind"]["numeric"]["strict"] == {
        "value": 0.0, "low": None, "high": None, "scored": 1, "unscored": 0,
    }  # fmt: skip
    assert "focus" not in bad["by_kind"]["abstain"]
    assert "<h2>By kind: scripted harbour all</h2>" in render(runs)


def test_comparisons_say_which_kind_changed(runs: tuple[Measured, Measured]) -> None:
    good, long = runs
    found = compare(good.log, long.log, good.suite)
    assert [(one.metric.name, one.kind, one.difference.change) for one in found.by_kind] == [
        ("strict", Kind.NUMERIC, -1.0)
    ]
    assert "median_words" not in {one.metric.name for one in found.changes}
    assert compare(good.log, good.log, good.suite).by_kind == ()


def test_the_gate_holds_strict(runs: tuple[Measured, Measured], tmp_path: Path) -> None:
    good, long = runs
    baseline = tmp_path / "baseline.json"
    write_baseline(baseline, {"harbour all": good.figures()})
    assert regressions(baseline, {"harbour all": long.figures()}) == (
        "harbour all: strict fell from 100.0% (interval from 100.0%) to 75.0%",
    )
