"""Questions of files are asked of a built home and scored by kind, those held back apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.errors import CaseError
from evals.measuring.question_file import read_questions
from evals.measuring.questions import main
from evals.suites.evidence_places import FoldedText
from evals.types import Kind

_COMMAND = {
    "id": "command-01", "document": "Exchange Online", "kind": "how_to", "answerable": True,
    "turns": ["Which command lists the configured geographies?"],
    "must": [["Get-OrganizationConfig"]], "must_not": [], "evidence": ["Get-OrganizationConfig"],
    "answer": "Get-OrganizationConfig",
}  # fmt: skip
_CHEESE = {
    "id": "cheese-03", "documents": [], "kind": "unanswerable", "answerable": False,
    "turns": ["Who makes the best cheese in Bodø?"], "must": [["do(es)? not say"]],
    "must_not": [], "evidence": [], "first": "No",
}  # fmt: skip
_TALK: dict[str, Any] = {
    "id": "talk-02", "document": "exchange-online", "kind": "follow_up",
    "turns": [
        {"question": "Are public folders supported in a Multi-Geo organization?", "kind": "yes_no",
         "answerable": True, "must": [["supported"]], "evidence": [], "answer": "Yes."},
        {"question": "And group mailboxes?", "kind": "yes_no", "answerable": True,
         "must": [["mailbox"]], "must_not": ["Bodø"], "evidence": [], "answer": "Yes."},
    ],
}  # fmt: skip


def _file(folder: Path, *rows: dict[str, Any]) -> Path:
    file = folder / "questions.jsonl"
    file.write_text("".join(json.dumps(row) + "\n\n" for row in rows), encoding="utf-8")
    return file


def test_every_message_of_a_conversation_is_a_question(tmp_path: Path) -> None:
    texts = {"exchange-online": FoldedText.of("Get-OrganizationConfig")}
    command, cheese, first, second = read_questions(
        _file(tmp_path, _COMMAND, _CHEESE, _TALK), texts
    )
    assert (command.case.kind, command.kind, command.case.docs) == (
        Kind.PROCEDURE, "how_to", ("exchange-online",),
    )  # fmt: skip
    assert (cheese.number, cheese.first, cheese.in_conversation) == (3, "no", False)
    assert [one.case.id for one in (first, second)] == ["talk-02/1", "talk-02/2"]
    assert (first.goes_on, second.goes_on, second.number) == (False, True, 2)
    assert second.case.turns == tuple(turn["question"] for turn in _TALK["turns"])


def test_what_is_no_question_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"questions.jsonl:1: not a question"):
        list(read_questions(_file(tmp_path, {"id": "a"}), {}))


def test_what_is_held_back_is_scored_and_shown_to_nobody(
    built_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, _COMMAND, _CHEESE, _TALK)
    answers, figures = tmp_path / "answers.jsonl", tmp_path / "figures.json"
    main([str(file), "--home", str(built_home), "--held", "3", "--wrong",
          "--save", str(answers), "--json", str(figures)])  # fmt: skip
    printed = capsys.readouterr().out
    worked, held = printed.split("held back\n")
    assert [line.split()[:2] for line in worked.splitlines()[1:6]] == [
        ["kind", "n"], ["how_to", "1"], ["yes_no", "2"], ["later", "turns"], ["all", "3"],
    ]  # fmt: skip
    assert held.splitlines()[1].split()[:3] == ["unanswerable", "1", "100.0"]
    assert "cheese" not in printed
    rows = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    assert [row["held"] for row in rows] == [False, True, False, False]
    assert {"turns", "text", "citations", "faults"} & set(rows[1]) == set()
    assert "Get-OrganizationConfig" in rows[0]["text"]
    assert rows[0]["scores"]["complete"] == 1.0
    assert "focus" not in rows[2]["scores"]
    plain = json.loads(figures.read_text("utf-8"))
    assert plain["worked on"]["how_to"]["right"]["value"] == 1.0
    assert plain["held back"]["all"]["abstained_false"]["value"] is None


def test_a_question_that_is_refused_failed(
    built_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, _COMMAND | {"turns": [" "]})
    main([str(file), "--home", str(built_home), "--wrong"])
    printed = capsys.readouterr().out
    assert "A failed: the question has no words" in printed
    assert "does not say Get-OrganizationConfig" in printed
