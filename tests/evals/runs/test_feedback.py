"""Feedback as candidate cases: readable, marked, and each question once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.history.feedback import Feedback, Rating
from assistant.history.records import AnswerRecord
from assistant.types import Answer, Verdict
from evals.errors import CaseError
from evals.runs.feedback import CANDIDATE, Imported, candidate, import_feedback, known_cases
from evals.suites.case_files import accepts, read_cases
from evals.suites.suite import suite_of
from evals.types import Case, Kind
from tests.assistant.history.kept_values import CITED, GIVEN, NOON, answer, turn
from ui.command_line.running import command_line

Rated = tuple[Feedback, AnswerRecord]


def _rated(
    given: Answer, rating: Rating = Rating.UP, reason: str = "", correction: str = "", *earlier: str
) -> Rated:
    turns = tuple(turn(question) for question in earlier)
    feedback = Feedback(given.id, "anna", rating, reason, correction, NOON)
    return feedback, AnswerRecord("anna", "t", turns, GIVEN, given)


def _read(path: Path) -> tuple[Case, ...]:
    read = read_cases(path)
    assert read.problems == ()
    return tuple(at.case for at in read.cases)


def test_a_thumb_up_brings_evidence_and_the_turns(tmp_path: Path) -> None:
    output = tmp_path / "new" / "cases.jsonl"
    rated = _rated(answer("a", "And logs?"), Rating.UP, "Good", "", "Where is Intune data?")
    assert import_feedback([rated], output, ()) == Imported(1, 0)
    (case,) = _read(output)
    assert case.turns == ("Where is Intune data?", "And logs?")
    assert (case.id, case.kind, case.answerable) == ("fb-a", Kind.FOLLOWUP, True)
    assert (case.docs, case.evidence) == (("intune",), (CITED.quote,))
    assert accepts(case, "It rests\nin  Ireland.")
    assert case.note.startswith(CANDIDATE)
    assert "Good" in case.note


def test_a_thumb_down_brings_reason_correction_and_the_wrong_answer_s_id(tmp_path: Path) -> None:
    output = tmp_path / "cases.jsonl"
    rated = [
        _rated(answer("a", "One?"), Rating.DOWN, "Too short", "In (Finland)."),
        _rated(answer("b", "Two?"), Rating.DOWN),
    ]
    assert import_feedback(rated, output, ()) == Imported(2, 0)
    corrected, bare = _read(output)
    assert (corrected.answerable, corrected.docs, corrected.evidence) == (False, (), ())
    for part in (CANDIDATE, "thumbs down for answer a", "Too short", "In (Finland)."):
        assert part in corrected.note
    assert accepts(corrected, "In (Finland).")
    assert not accepts(corrected, "In Finland.")
    assert not accepts(bare, "It rests in Ireland. to be completed")


def test_a_good_abstention_is_a_case_without_evidence() -> None:
    given = answer("a", "Where is Teams?", verdict=Verdict.ABSTAINED, text="Not covered.")
    case = candidate(*_rated(given))
    assert (case.kind, case.answerable, case.evidence) == (Kind.ABSTAIN, False, ())


def test_a_second_import_adds_nothing_and_leaves_what_was_completed(tmp_path: Path) -> None:
    output = tmp_path / "cases.jsonl"
    first, second = _rated(answer("a", "One?")), _rated(answer("b", "Two?"))
    import_feedback([first], output, ())
    completed = output.read_text().replace(CANDIDATE, "Done")
    output.write_text(completed.rstrip("\n"))
    assert import_feedback([first, second], output, ()) == Imported(1, 1)
    assert output.read_text().startswith(completed)
    assert import_feedback([first, second], output, ()) == Imported(0, 2)
    assert [case.id for case in _read(output)] == ["fb-a", "fb-b"]


def test_a_question_that_a_case_asks_already_is_passed_over(tmp_path: Path) -> None:
    known = candidate(*_rated(answer("k", "Where is  the MAIL kept?")))
    rated = [
        _rated(answer("a", "where is the mail kept")),
        _rated(answer("b", "Where is the mail kept?"), Rating.UP, "", "", "Another first?"),
        _rated(answer("c", "another FIRST?")),
        _rated(answer("d", "Another first")),
    ]
    output = tmp_path / "cases.jsonl"
    assert import_feedback(rated, output, [known]) == Imported(2, 2)
    assert [case.id for case in _read(output)] == ["fb-b", "fb-c"]


@pytest.mark.parametrize("text", ["a\u2028b\u2029c\x85d\x0ce", '"\\', "half \ud800", "x" * 20_000])
def test_any_words_make_a_line_that_can_be_read(tmp_path: Path, text: str) -> None:
    output = tmp_path / "cases.jsonl"
    cited = replace(CITED, quote=text)
    given = answer("a", text, text=text, citations=(CITED, cited))
    import_feedback([_rated(given, Rating.UP, text, text)], output, ())
    (case,) = _read(output)
    assert case.turns == (text,)
    assert all(len(passage) <= 600 for passage in case.evidence)
    assert len(case.note) <= 600


def test_a_file_with_defects_is_named_and_left_alone(tmp_path: Path) -> None:
    output = tmp_path / "cases.jsonl"
    output.write_text("no case\n")
    with pytest.raises(CaseError, match=r"cases\.jsonl:1: "):
        import_feedback([_rated(answer("a"))], output, ())
    assert output.read_text() == "no case\n"
    with pytest.raises(CaseError, match="cannot be written"):
        import_feedback([_rated(answer("a"))], Path("/dev/null/cases.jsonl"), ())


def test_the_cases_of_all_suites_are_known() -> None:
    ids = {case.id for case in known_cases()}
    assert {"acr-001", "int-001"} <= ids
    assert len(ids) > 500


@pytest.fixture
def rated_home(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("RESIDENCY_HOME", str(assistant.settings.home))
    yield assistant.settings.home
    assistant.kept.threads.forget("rater")


def test_from_an_answer_to_a_case_that_its_own_answer_fulfils(
    assistant: Assistant, rated_home: Path, tmp_path: Path
) -> None:
    question = "For how long does Intune hold on to the audit logs of our tenant, roughly?"
    given = assistant.ask(question, thread="rated", owner="rater")
    assistant.give_feedback(given.id, Rating.UP, owner="rater")
    output = tmp_path / "cases.jsonl"
    words = ["eval", "import-feedback", "-o", str(output)]
    done = CliRunner().invoke(command_line(), [*words, "--since", "2026-01-01"])
    assert done.exit_code == 0, done.output
    (case,) = [case for case in suite_of(output).cases if case.id == f"fb-{given.id}"]
    assert suite_of(output).problems == ()
    assert case.evidence == tuple(" ".join(one.quote.split()) for one in given.citations)
    assert accepts(case, given.text)
    before = output.read_text()
    assert "0 candidate cases added" in CliRunner().invoke(command_line(), words).stdout
    assert output.read_text() == before
    assert json.loads(before.splitlines()[-1])["note"].startswith(CANDIDATE)
    words = ["eval", "import-feedback", "-o", str(tmp_path / "n.jsonl"), "--since", "2999-01-01"]
    none = CliRunner().invoke(command_line(), words)
    assert "0 candidate cases added, 0 known" in none.stdout


def test_a_wrong_date_is_said(rated_home: Path, tmp_path: Path) -> None:
    words = ["eval", "import-feedback", "-o", str(tmp_path / "n.jsonl"), "--since", "soon"]
    assert "soon: no date" in str(CliRunner().invoke(command_line(), words).exception)
