"""One decorated function is a metric everywhere: in scores, logs, tables, comparisons, the gate."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evals.runs.baseline import regressions, write_baseline
from evals.runs.compare import compare
from evals.runs.measured_run import Measured
from evals.runs.report import render
from evals.runs.run import Plan, run
from evals.runs.run_log import read_log
from evals.runs.run_table import markdown_table
from evals.scoring import metrics
from evals.scoring.metrics import all_metrics, score
from evals.scoring.registry import Answered, metric
from evals.suites.suite import Suite
from evals.types import Case, Reply, Response, Score
from tests.evals.conftest import Scripted, gold


@metric(title="names Bergen", column=15, gated=True, without_response=0.0)
def names_bergen(answered: Answered) -> bool | None:
    """Scored for the first case alone."""
    return "Bergen" in answered.response.text if answered.case.id == "h-1" else None


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_MODULES", (*metrics._MODULES, sys.modules[__name__]))


def _vague(case: Case, suite: Suite) -> Response:
    return Response("In Norway.", False)


@pytest.mark.usefixtures("one_more")
def test_one_function_is_all_that_a_metric_needs(suite: Suite, tmp_path: Path) -> None:
    good, bad = (
        Measured(run(Scripted(said), Plan(suite), tmp_path, tmp_path / f"{name}.jsonl"), suite)
        for name, said in (("good", gold), ("bad", _vague))
    )
    logged = [json.loads(line) for line in good.log.path.read_text("utf-8").splitlines()[1:]]
    assert {row["reply"]["case"]: row["score"].get("names_bergen") for row in logged} == {
        "h-1": 1.0, "h-2": None, "h-3": None, "h-4": None,
    }  # fmt: skip
    assert read_log(good.log.path).entries == good.log.entries
    found = good.figures()["names_bergen"]
    assert (found.value, found.scored, found.unscored) == (1.0, 1, 3)
    assert "| right | names Bergen | direct |" in markdown_table([good])
    assert "<td>names Bergen</td>" in render([good])
    changes = {one.metric.name: one.difference for one in compare(good.log, bad.log, suite).changes}
    assert (changes["names_bergen"].change, changes["names_bergen"].pairs) == (-1.0, 1)
    # One cluster has no interval to fall below; the gate needs one.
    before = good.figures() | {"names_bergen": replace(found, low=0.9, high=1.0)}
    write_baseline(tmp_path / "baseline.json", {"harbour all": before})
    fallen = regressions(tmp_path / "baseline.json", {"harbour all": bad.figures()})
    assert "harbour all: names bergen fell from 100.0% (interval from 90.0%) to 0.0%" in fallen


@pytest.mark.usefixtures("one_more")
def test_a_log_from_before_a_metric_leaves_it_unscored(suite: Suite, tmp_path: Path) -> None:
    log = run(Scripted(gold), Plan(suite), tmp_path, tmp_path / "log.jsonl")
    rows = [json.loads(line) for line in log.path.read_text("utf-8").splitlines()]
    for row in rows[1:]:
        row["score"].pop("names_bergen", None)
        row["score"]["given_up"] = 1.0
    log.path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    older = Measured(read_log(log.path), suite)
    assert older.figures()["names_bergen"].value is None
    assert "given_up" not in older.figures()
    named = {change.metric.name for change in compare(older.log, log, suite).changes}
    assert "right" in named
    assert "names_bergen" not in named


@pytest.mark.usefixtures("one_more")
def test_a_case_without_response_gets_what_the_metric_says(suite: Suite) -> None:
    values = score(suite.cases[0], Reply("h-1", None, "boom"), suite.texts).values
    assert values["names_bergen"] == 0.0
    assert "words" not in values


def test_no_two_metrics_share_a_name_or_a_column() -> None:
    for field in ("name", "title", "column"):
        used = [getattr(one, field) for one in all_metrics() if getattr(one, field) is not None]
        assert len(used) == len(set(used)), field


def test_what_several_metrics_need_is_computed_once(suite: Suite) -> None:
    asked: list[str] = []

    def costly(answered: Answered) -> str:
        asked.append(answered.case.id)
        return "found"

    one, other = (Answered(case, Response("", False), suite.texts) for case in suite.cases[:2])
    assert [one.once(costly), one.once(costly), other.once(costly)] == ["found"] * 3
    assert asked == ["h-1", "h-2"]


def test_scores_cannot_be_changed() -> None:
    given = {"right": 1.0}
    found = Score(given)
    given["right"] = 0.0
    assert (found.right, found.failed) == (1.0, False)
    with pytest.raises(TypeError):
        found.values["right"] = 0.0  # type: ignore[index]
    assert Score() == Score({})
    assert (Score().right, Score().failed) == (0.0, False)
