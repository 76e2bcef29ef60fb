"""Runs: failures are counted, stopped runs go on, logs say what they are."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from evals.errors import LogError, RunError
from evals.runs.baseline import regressions, write_baseline
from evals.runs.compare import compare
from evals.runs.measured_run import Measured
from evals.runs.report import render
from evals.runs.run import Plan, rescore, run
from evals.runs.run_log import read_log
from evals.scoring.metrics import figures
from evals.suites.suite import Suite
from evals.types import Case, Estimate, Response
from tests.evals.conftest import Scripted, gold


def _wrong(case: Case, suite: Suite) -> Response:
    return Response("In Bodø.", False)


def test_a_system_that_raises_or_hangs_fails_case_by_case(suite: Suite, tmp_path: Path) -> None:
    def faulty(case: Case, s: Suite) -> Response:
        if case.id == "h-1":
            raise ValueError("boom")
        if case.id == "h-2":
            time.sleep(12)
        return gold(case, s)

    started = time.perf_counter()
    log = run(Scripted(faulty), Plan(suite, limit_s=0.3), tmp_path, tmp_path / "log.jsonl")
    assert time.perf_counter() - started < 10
    failed = {name: e.reply.failure for name, e in log.entries.items() if e.score.failed}
    assert failed["h-1"] == "ValueError: boom"
    assert "0.3" in failed["h-2"]
    assert len(log.entries) == 4
    assert {name for name, e in log.entries.items() if e.score.right} == {"h-3", "h-4"}


def test_a_stopped_run_goes_on_where_it_stopped(suite: Suite, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    run(Scripted(gold), Plan(suite), tmp_path, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    # Killed in the middle of writing the third reply.
    path.write_text("\n".join([*lines[:3], lines[3][:40]]), encoding="utf-8")
    asked: list[str] = []

    def remembering(case: Case, s: Suite) -> Response:
        asked.append(case.id)
        return gold(case, s)

    log = run(Scripted(remembering), Plan(suite), tmp_path, path)
    assert len(asked) == 2
    assert len(log.entries) == 4


def test_cases_that_failed_are_asked_again(suite: Suite, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"

    def broken(case: Case, s: Suite) -> Response:
        raise OSError("no network")

    assert all(
        e.score.failed for e in run(Scripted(broken), Plan(suite), tmp_path, path).entries.values()
    )
    again = run(Scripted(gold), Plan(suite), tmp_path, path)
    assert all(e.score.right for e in again.entries.values())


def test_two_runs_without_a_model_are_identical(suite: Suite, tmp_path: Path) -> None:
    first = run(Scripted(gold), Plan(suite, jobs=1), tmp_path, tmp_path / "1.jsonl")
    second = run(Scripted(gold), Plan(suite, jobs=4), tmp_path, tmp_path / "2.jsonl")
    assert first.header == second.header
    assert {n: e.reply.response for n, e in first.entries.items()} == {
        n: e.reply.response for n, e in second.entries.items()
    }


def test_a_log_of_another_version_and_a_damaged_one_are_refused(
    suite: Suite, tmp_path: Path
) -> None:
    path = tmp_path / "log.jsonl"
    run(Scripted(gold), Plan(suite), tmp_path, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    header = json.loads(lines[0])
    path.write_text(json.dumps(header | {"format": 99}) + "\n", encoding="utf-8")
    with pytest.raises(LogError, match=r"log.jsonl:1: the log has format 99"):
        read_log(path)
    path.write_text("\n".join([lines[0], "{}", *lines[2:]]), encoding="utf-8")
    with pytest.raises(LogError, match=r"log.jsonl:2: not a reply"):
        read_log(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(LogError, match="empty"):
        read_log(path)


def test_a_full_disk_is_named(suite: Suite, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"/dev/full: the log cannot be written \(No space left"):
        run(Scripted(gold), Plan(suite), tmp_path, Path("/dev/full"))


def test_compare_names_the_cases_that_flipped(suite: Suite, tmp_path: Path) -> None:
    bad = run(Scripted(_wrong), Plan(suite), tmp_path, tmp_path / "bad.jsonl")
    good = run(Scripted(gold), Plan(suite), tmp_path, tmp_path / "good.jsonl")
    found = compare(bad, good, suite)
    assert found.gained == ("h-1", "h-2", "h-3", "h-4")
    assert found.lost == ()
    changed = {change.metric.name: change.difference.change for change in found.changes}
    assert changed["right"] == 1.0
    assert compare(good, bad, suite).lost == found.gained
    fewer = run(
        Scripted(gold),
        Plan(replace(suite, cases=suite.cases[:2])),
        tmp_path,
        tmp_path / "few.jsonl",
    )
    with pytest.raises(LogError, match="asked different cases"):
        compare(good, fewer, suite)


def _figures(suite: Suite, tmp_path: Path, reply_with: object) -> dict[str, Estimate]:
    path = tmp_path / "run.jsonl"
    path.unlink(missing_ok=True)
    log = run(Scripted(reply_with), Plan(suite), tmp_path, path)
    return figures(suite.cases, {n: e.score for n, e in log.entries.items()}, suite.clusters)


def test_the_gate_fails_on_a_drop_and_on_a_forged_quotation(suite: Suite, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    good = {"harbour all": _figures(suite, tmp_path, gold)}
    write_baseline(baseline, good)
    assert regressions(baseline, good) == ()
    worse = regressions(baseline, {"harbour all": _figures(suite, tmp_path, _wrong)})
    assert any("right fell from 100.0%" in line for line in worse)

    def forging(case: Case, s: Suite) -> Response:
        response = gold(case, s)
        if not response.citations:
            return response
        cited = replace(response.citations[0], quote="something else")
        return replace(response, citations=(cited,))

    forged = regressions(baseline, {"harbour all": _figures(suite, tmp_path, forging)})
    assert any("not verbatim" in line for line in forged)
    with pytest.raises(LogError, match="no baseline for elsewhere"):
        regressions(baseline, {"elsewhere": good["harbour all"]})
    with pytest.raises(LogError, match="no baseline can be read"):
        regressions(tmp_path / "none.json", good)


def test_rescoring_asks_nobody(suite: Suite, tmp_path: Path) -> None:
    log = run(Scripted(gold), Plan(suite), tmp_path, tmp_path / "log.jsonl")
    case = suite.cases[0]
    stricter = replace(suite, cases=(replace(case, must=(("Trondheim",),)), *suite.cases[1:]))
    again = rescore(log, stricter)
    assert log.entries["h-1"].score.right == 1.0
    assert again.entries["h-1"].score.right == 0.0


def test_the_report_shows_what_is_wrong_and_fetches_nothing(suite: Suite, tmp_path: Path) -> None:
    def hostile(case: Case, s: Suite) -> Response:
        return Response("<script>alert(1)</script>", False)

    log = run(Scripted(hostile), Plan(suite), tmp_path, tmp_path / "log.jsonl")
    page = render([Measured(log, suite)])
    assert "<mark>Files of customers in Norway are stored in Bergen.</mark>" in page
    assert "does not say Bergen; evidence not cited" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "http" not in page
