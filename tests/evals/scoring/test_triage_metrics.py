"""What is right of a row's triage, and by how much confidence is off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.triage import Triage, Triaged
from assistant.types import Answer, Citation, RowAbout, Verdict
from evals.errors import CaseError
from evals.scoring.triage_metrics import JudgedRow, bins, calibration_error
from evals.suites.triage_rows import TriageRow, Wanted, read_triage_rows


def _judged(
    found: Triage, wanted: Wanted, sure: float = 0.9, value: str = "", right: str = ""
) -> JudgedRow:
    row = TriageRow(
        1, "Where?", RowAbout(), ("Yes", "No") if right else (), wanted, right, (), ("Oslo",), (),
        "d",
    )  # fmt: skip
    cited = Citation(1, "d", "T", "S", "It is in Oslo.", 0, 14, "", None)
    answer = Answer(
        "a", "Where?", "It is in Oslo. [1]", Verdict.ANSWERED, (cited,), (), (), (), "structured",
        "b", 1.0,
    )  # fmt: skip
    return JudgedRow(row, answer, Triaged(found, sure, value))


def test_a_row_off_the_topic_that_is_shown_is_wrong() -> None:
    assert not _judged(Triage.ANSWERED, Wanted.OFF_TOPIC).is_right
    assert _judged(Triage.NOT_IN_DOCUMENTS, Wanted.OFF_TOPIC).is_right
    assert not _judged(Triage.OFF_TOPIC, Wanted.NOT_IN_DOCUMENTS).is_right


def test_an_empty_drop_down_is_no_wrong_value_and_not_answered_right() -> None:
    empty = _judged(Triage.NEEDS_PERSON, Wanted.ANSWERED, right="Yes")
    assert (empty.says_it, empty.is_right, empty.is_answered_right) == (True, True, False)
    wrong = _judged(Triage.ANSWERED, Wanted.ANSWERED, value="No", right="Yes")
    assert (wrong.is_wrong_value, wrong.is_right, wrong.is_answered_right) == (True, False, False)
    right = _judged(Triage.ANSWERED, Wanted.ANSWERED, value="Yes", right="Yes")
    assert right.is_answered_right


def test_calibration_is_by_how_much_confidence_is_off() -> None:
    rows = [_judged(Triage.ANSWERED, Wanted.ANSWERED, 0.85)] * 3
    rows.append(_judged(Triage.ANSWERED, Wanted.OFF_TOPIC, 0.85))
    (one,) = bins(rows)
    assert (one.count, one.right) == (4, 0.75)
    assert calibration_error(rows) == pytest.approx(0.1)


def test_a_line_that_is_no_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(json.dumps({"id": 1}), encoding="utf-8")
    with pytest.raises(CaseError, match=r"t.jsonl:1: not a row"):
        list(read_triage_rows(tmp_path / "t.jsonl"))
