"""Defects of case files are named with file and line; the rest is used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.errors import CaseError
from evals.suites.suite import open_suite, suite_names, suite_of
from tests.evals.conftest import CASES, write_cases


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "riddle"}, "unknown kind `riddle`"),
        ({"evidence": ["Files are stored on the moon."]}, "evidence stands in no document"),
        ({"docs": ["port"]}, "no document `port`"),
        ({"must": [["(Bergen"]]}, "(Bergen"),
        ({"must": []}, "no `must` expression"),
        ({"turns": []}, "no question"),
        ({"turns": "Where?"}, "`turns` is missing or no list"),
        ({"evidence": []}, "without documents and evidence"),
        ({"extra": 1}, "unknown key `extra`"),
        ({"must": [[3]]}, "something else than strings"),
    ],
)
def test_a_malformed_case_is_named_and_the_others_stay(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    file = write_cases(tmp_path, (CASES[1], CASES[0] | change))
    opened = suite_of(tmp_path)
    assert [case.id for case in opened.cases] == ["h-2"]
    assert {(problem.file, problem.line) for problem in opened.problems} == {(file, 2)}
    assert said in opened.problems[0].what


def test_a_line_that_is_no_json_and_a_duplicate_id(tmp_path: Path) -> None:
    file = write_cases(tmp_path, (CASES[0], CASES[0], CASES[2]))
    with file.open("a", encoding="utf-8") as handle:
        handle.write("{nonsense\n")
    opened = suite_of(tmp_path)
    assert [case.id for case in opened.cases] == ["h-1", "h-3"]
    assert [problem.line for problem in opened.problems] == [2, 4]
    assert "h-1" in opened.problems[0].what


def test_samples_must_tell_right_from_wrong(tmp_path: Path) -> None:
    file = write_cases(tmp_path, CASES[:3])
    samples = [
        {"id": "h-1", "right": "In Bergen.", "wrong": "In Oslo."},
        {"id": "h-2", "right": "36 days.", "wrong": "35 days."},
    ]
    lines = "".join(json.dumps(sample) + "\n" for sample in samples)
    file.with_name("cases.answers.jsonl").write_text(lines, encoding="utf-8")
    said = [problem.what for problem in suite_of(tmp_path, samples=True).problems]
    assert said == [
        "h-2: the right sample answer is rejected",
        "h-2: the wrong sample answer is accepted",
        "h-3: no sample answers",
    ]


def test_every_case_of_the_project_is_proven() -> None:
    for name in suite_names():
        opened = open_suite(name, samples=True)
        assert opened.problems == (), name
        assert opened.cases


def test_no_passage_is_in_both_splits() -> None:
    opened = open_suite("bundled")
    splits: dict[str, set[str]] = {}
    for case in opened.cases:
        splits.setdefault(opened.clusters[case.id], set()).add(opened.split(case))
    assert all(len(both) == 1 for both in splits.values())


def test_an_unknown_suite_names_those_that_exist() -> None:
    with pytest.raises(CaseError, match=r"nowhere: no such suite. There are bundled"):
        open_suite("nowhere")


def test_what_lies_beside_cases_is_none(tmp_path: Path) -> None:
    file = write_cases(tmp_path, CASES)
    for name in ("asks.jsonl", "facts.jsonl", "cases.answers.jsonl"):
        file.with_name(name).write_text('{"id": "x"}\n', encoding="utf-8")
    opened = suite_of(tmp_path)
    assert len(opened.cases) == len(CASES)
    assert opened.problems == ()
