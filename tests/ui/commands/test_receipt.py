"""`residency receipt`: what it prints, whose it shows, and its exit status."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.history.receipts import Aspect, Comparison, Difference
from assistant.history.records import AnswerRecord
from assistant.types import Answer
from tests.assistant.history.kept_values import GIVEN, answer, turn
from ui.command_line.running import command_line
from ui.commands.proof.receipt import receipt_lines

QUESTION = "Where does Intune keep data for a customer in India?"


@pytest.fixture(autouse=True)
def home(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(built_home))


def _run(*words: str) -> Result:
    return CliRunner().invoke(command_line(), [*words])


def test_an_asked_question_has_a_receipt_that_says_the_same() -> None:
    asked = _run("ask", QUESTION, "--json")
    id_ = json.loads(asked.stdout)["id"]
    shown = _run("receipt", id_)
    assert shown.exit_code == 0, shown.output
    for part in (id_, QUESTION, "residency-minilm", "sha256 ", "Today's index says the same."):
        assert part in shown.stdout
    plain = json.loads(_run("receipt", id_, "--json").stdout)
    assert (plain["same"], plain["asked_again"], plain["differences"]) == (True, True, [])
    assert Answer.from_json(plain["answer"]) == Answer.from_json(json.loads(asked.stdout))


def test_the_plain_answer_names_its_receipt() -> None:
    asked = _run("ask", QUESTION)
    id_ = asked.stderr.split("`residency receipt ")[1].split("`")[0]
    assert _run("receipt", id_).exit_code == 0


def test_an_answer_of_others_is_shown_to_an_administrator_alone(assistant: Assistant) -> None:
    given = assistant.ask(QUESTION, thread="receipt", owner="web:anna")
    refused = _run("receipt", given.id)
    assert refused.exit_code == 1
    assert "no recorded answer of yours" in str(refused.exception)
    assert "web:anna" in _run("receipt", given.id, "--any-owner").stdout


def test_what_differs_is_exit_status_1(assistant: Assistant) -> None:
    given = assistant.ask(QUESTION)
    record = AnswerRecord("", "", (), GIVEN, replace(given, text="Something else."))
    aged = replace(record, circumstances=replace(GIVEN, today=date(2026, 5, 6)))
    assistant.kept.records.add("", aged.answer, aged.circumstances)
    shown = _run("receipt", given.id)
    assert shown.exit_code == 1
    assert "Today's index says otherwise." in shown.stdout
    assert "- text: today: " in shown.stdout


def test_lines_steer_no_terminal_and_say_what_was_not_asked_again() -> None:
    steering = answer("a\x1b[31m", text="\x1b[2J")
    record = AnswerRecord("o\x1b", "t\n", (turn("\x1b"),), GIVEN, steering)
    text = "\n".join(receipt_lines(Comparison(record, None, ())))
    assert "\x1b" not in text
    assert "was not asked again (`--ask-model`)" in text
    changed = (Difference(Aspect.QUOTE_GONE, "\x1b"),)
    text = "\n".join(receipt_lines(Comparison(record, None, changed)))
    assert "Not as then" in text
    assert "\x1b" not in text
