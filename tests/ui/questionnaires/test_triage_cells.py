"""What became of a row, in lines of answers and in cells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.triage import Triage, Triaged
from tests.ui.questionnaires.makers import Echo
from ui.errors import QuestionFileError
from ui.questionnaires.ask_case import answer_case
from ui.questionnaires.jsonl_file import read_cases
from ui.questionnaires.triage_cells import confidence_cell, triage_cell, triage_fields
from ui.questionnaires.types import Case, reply_of


def test_a_line_carries_triage_confidence_and_value() -> None:
    line = answer_case(Echo(), Case("k", ("Where?",), allowed=("Yes", "No")))
    assert (line["triage"], line["confidence"], line["value"]) == ("answered", 0.9, "Yes")
    reply = reply_of(line)
    assert (triage_cell(reply), confidence_cell(reply)) == ("answered: Yes", "90%")


def test_lines_of_before_there_was_triage_are_read() -> None:
    line = answer_case(Echo(), Case("k", ("Where?",)))
    old = {key: value for key, value in line.items() if key not in triage_fields(_NONE)}
    reply = reply_of(old)
    assert (triage_cell(reply), confidence_cell(reply)) == ("", "")


def test_a_line_says_what_stands_beside_its_question(tmp_path: Path) -> None:
    row = {"id": 1, "question": "Where?", "service": "Intune", "allowed": ["Yes", "No"]}
    (tmp_path / "q.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (case,) = read_cases(tmp_path / "q.jsonl")
    assert (case.context.service, case.allowed) == ("Intune", ("Yes", "No"))


@pytest.mark.parametrize("more", [{"service": 3}, {"allowed": "Yes"}, {"allowed": [1]}])
def test_what_is_no_context_is_named(tmp_path: Path, more: dict[str, object]) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps({"id": 1, "question": "Where?"} | more), encoding="utf-8")
    with pytest.raises(QuestionFileError, match=f"q.jsonl:1: `{next(iter(more))}` is no"):
        read_cases(path)


_NONE = Triaged(Triage.NEEDS_PERSON, 0.0)
