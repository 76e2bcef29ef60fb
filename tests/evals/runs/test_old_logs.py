"""Logs of format 1 are read as if this version had written them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.errors import LogError
from evals.runs.compare import compare
from evals.runs.measured_run import Measured
from evals.runs.report import render
from evals.runs.run import Plan, rescore, run
from evals.runs.run_log import RunLog, read_log
from evals.suites.suite import Suite
from evals.types import Case, Response
from tests.evals.conftest import Scripted, gold

_PLAIN = (
    "right", "direct", "correct", "cited", "citation_recall", "citation_precision", "verbatim",
    "recall_1", "recall_3", "recall_5", "recall_20", "mrr", "ndcg_10", "words",
)  # fmt: skip
_KNOWN = {*_PLAIN, "failed", "abstained_true", "abstained_false"}
"""What format 1 tells; what was measured later is scored again, or stays unscored."""


def _boom_once(case: Case, suite: Suite) -> Response:
    if case.id == "h-2":
        raise ValueError("boom")
    return gold(case, suite)


def _as_format_1(log: RunLog, path: Path, **changed: object) -> Path:
    """Write a log as format 1 had it: a field for each score."""
    rows = [json.loads(line) for line in log.path.read_text(encoding="utf-8").splitlines()]
    lines = [rows[0] | {"format": 1}]
    for row in rows[1:]:
        values, response = row["score"], row["reply"]["response"]
        score = {
            "case": row["reply"]["case"], "failed": response is None,
            "abstained": float(response["abstained"]) if response else None,
            **{name: values.get(name) for name in _PLAIN},
            "latency_ms": row["reply"]["latency_ms"] if response else None,
        }  # fmt: skip
        lines.append({"reply": row["reply"], "score": score | changed})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_scores_figures_and_report_are_the_same(suite: Suite, tmp_path: Path) -> None:
    log = run(Scripted(_boom_once), Plan(suite), tmp_path, tmp_path / "log.jsonl")
    old = read_log(_as_format_1(log, tmp_path / "old.jsonl"))
    assert old.header == log.header
    for name, entry in log.entries.items():
        assert old.entries[name].reply == entry.reply
        known = {one: value for one, value in entry.score.values.items() if one in _KNOWN}
        assert old.entries[name].score.values == known
    assert old.entries["h-4"].score.values["abstained_true"] == 1.0
    assert old.entries["h-1"].score.values["abstained_false"] == 0.0
    figures, now = Measured(old, suite).figures(), Measured(log, suite).figures()
    assert {name: figures[name] for name in _KNOWN} == {name: now[name] for name in _KNOWN}
    assert figures["strict"].value is None
    assert Measured(old, suite).latency(50) == Measured(log, suite).latency(50)
    assert all(change.difference.change == 0.0 for change in compare(old, log, suite).changes)
    again = rescore(old, suite)
    assert again.entries == log.entries
    assert render([Measured(again, suite)]) == render([Measured(log, suite)])


def test_an_unfinished_run_goes_on_in_the_format_of_today(suite: Suite, tmp_path: Path) -> None:
    log = run(Scripted(_boom_once), Plan(suite), tmp_path, tmp_path / "log.jsonl")
    path = _as_format_1(log, tmp_path / "old.jsonl")
    asked: list[str] = []

    def remembering(case: Case, s: Suite) -> Response:
        asked.append(case.id)
        return gold(case, s)

    done = run(Scripted(remembering), Plan(suite), tmp_path, path)
    assert asked == ["h-2"]
    assert all(entry.score.right for entry in done.entries.values())
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["format"] == 2


@pytest.mark.parametrize("damage", [{"right": "yes"}, {"right": [1.0]}])
def test_scores_that_are_no_numbers_are_named(
    suite: Suite, tmp_path: Path, damage: dict[str, object]
) -> None:
    log = run(Scripted(gold), Plan(suite), tmp_path, tmp_path / "log.jsonl")
    with pytest.raises(LogError, match=r"old\.jsonl:2: not a reply"):
        read_log(_as_format_1(log, tmp_path / "old.jsonl", **damage))


def test_a_header_or_scores_of_another_shape_are_named(suite: Suite, tmp_path: Path) -> None:
    log = run(Scripted(gold), Plan(suite), tmp_path, tmp_path / "log.jsonl")
    header, first, *rest = log.path.read_text(encoding="utf-8").splitlines()
    row = json.loads(first) | {"score": [1.0]}
    log.path.write_text("\n".join([header, json.dumps(row), *rest]), encoding="utf-8")
    with pytest.raises(LogError, match=r"log\.jsonl:2: not a reply"):
        read_log(log.path)
    for version, said in (
        ([], "no header of a run"),
        (3, "has format 3, this version reads 1 and"),
    ):
        changed = json.dumps(json.loads(header) | {"format": version})
        log.path.write_text("\n".join([changed, first, *rest]), encoding="utf-8")
        with pytest.raises(LogError, match=said):
            read_log(log.path)
