"""A file to a file: resumed after a kill, written when interrupted, the same as on the web."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.types import Profile
from tests.ui.questionnaires.makers import QUESTIONS, Echo, cells, questionnaire_book, saved
from ui.command_line.running import command_line
from ui.errors import QuestionFileError
from ui.questionnaires.answer_questions import Task, answer_task, prepare
from ui.questionnaires.files import read_questionnaire
from ui.questionnaires.find_questions import select
from ui.questionnaires.jobs import Jobs


class Killed(BaseException):
    """Ends a process where it stands."""


def _task(path: Path, name: str = "out", profile: Profile | None = None, **where: str) -> Task:
    questionnaire = read_questionnaire(path)
    output = path.with_name(name + path.suffix)
    return prepare(questionnaire, (select(questionnaire, **where),), output, profile)


def _csv(folder: Path, *questions: str) -> Path:
    path = folder / "q.csv"
    rows = "".join(f'{n},"{question}"\n' for n, question in enumerate(questions, 1))
    path.write_text(f"id,question\n{rows}", encoding="utf-8")
    return path


def _killer(at: int, error: type[BaseException]) -> Echo:
    def before(count: int) -> None:
        if count == at:
            raise error

    return Echo(before)


def test_answers_stand_beside_their_questions(tmp_path: Path) -> None:
    task = _task(_csv(tmp_path, "Where is it?", "unanswerable?", "=Who sees it?"))
    outcome = answer_task(Echo(), task)
    assert (outcome.answered, outcome.failed) == (2, 1)
    with task.output.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows[0] == {
        "id": "1",
        "question": "Where is it?",
        "Answer": "Where is it?",
        "Verdict": "answered",
        "Citations": "[1] A title (doc), 2024-05-01, One > Two: “=it is so”",
        "Answer id": "answer-1",
        "Triage": "answered",
        "Confidence": "90%",
    }
    assert rows[1]["Verdict"] == "failed: the question has no words"
    assert rows[2]["question"] == "=Who sees it?"
    assert rows[2]["Answer"] == "'=Who sees it?"
    assert not task.progress.exists()


def test_no_answer_computes_behind_a_separator_either(tmp_path: Path) -> None:
    task = _task(_csv(tmp_path, "Who sees it;=1 or\t@2?"))
    answer_task(Echo(), task)
    with task.output.open(encoding="utf-8", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert row["question"] == "Who sees it;=1 or\t@2?"
    assert row["Answer"] == "Who sees it;'=1 or\t'@2?"


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = saved(questionnaire_book(), tmp_path / "q.xlsx")
    with pytest.raises(Killed):
        answer_task(_killer(4, Killed), _task(path))
    assert not _task(path).output.exists()
    echo = Echo()
    outcome = answer_task(echo, _task(path))
    assert (outcome.resumed, outcome.answered) == (4, len(QUESTIONS) - 4)
    assert [question for question, _ in echo.asked] == list(QUESTIONS[4:])
    page = load_workbook(_task(path).output)["Security"]
    answers = [page.cell(row, 6).value for row in range(3, page.max_row + 1)]
    assert [answer for answer in answers if answer] == list(QUESTIONS)


def test_what_is_interrupted_writes_the_answers_so_far(tmp_path: Path) -> None:
    task = _task(_csv(tmp_path, "Where?", "Who?", "When?"))
    with pytest.raises(KeyboardInterrupt):
        answer_task(_killer(2, KeyboardInterrupt), task)
    lines = task.output.read_text(encoding="utf-8").splitlines()
    assert [line.count(",answered,answered,") for line in lines] == [0, 1, 1, 0]
    assert answer_task(Echo(), task).resumed == 2


@pytest.mark.parametrize("change", ["file", "column", "profile"])
def test_answers_to_something_else_are_not_gone_on_with(tmp_path: Path, change: str) -> None:
    path = tmp_path / "q.csv"
    path.write_text("First,Second\nWhere?,Who?\nWhen?,Why?\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        answer_task(_killer(1, KeyboardInterrupt), _task(path, column="First"))
    if change == "file":
        path.write_text("First,Second\nWhere?,Who?\nHow?,Why?\n", encoding="utf-8")
    profile = Profile("Norway") if change == "profile" else None
    task = _task(path, profile=profile, column="Second" if change == "column" else "First")
    before = task.progress.read_bytes()
    with pytest.raises(QuestionFileError, match="other questions"):
        answer_task(Echo(), task)
    assert task.progress.read_bytes() == before


def test_a_profile_holds_for_every_question(tmp_path: Path) -> None:
    echo, profile = Echo(), Profile("Norway", ("Multi-Geo",))
    answer_task(echo, _task(_csv(tmp_path, "Where?", "Who?"), profile=profile))
    assert [told for _, told in echo.asked] == [profile, profile]


def test_an_output_of_another_format_or_the_input_itself_is_refused(tmp_path: Path) -> None:
    path = _csv(tmp_path, "Where?")
    questionnaire = read_questionnaire(path)
    selection = select(questionnaire)
    for output, cause in ((tmp_path / "o.xlsx", r"o\.csv"), (path, "is the file of questions")):
        with pytest.raises(QuestionFileError, match=cause):
            prepare(questionnaire, (selection,), output, None)


def test_titles_that_the_file_has_already_are_not_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("Question,Verdict,Citations\nWhere?,,\n", encoding="utf-8")
    task = _task(path)
    answer_task(Echo(), task)
    head = task.output.read_text(encoding="utf-8").splitlines()[0]
    added = "Answer,Verdict (2),Triage,Confidence,Citations (2),Answer id"
    assert head == f"Question,Verdict,Citations,{added}"


def test_web_and_command_line_give_identical_answers(
    assistant: Assistant, built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twenty = QUESTIONS + tuple(f"For a tenant in Norway: {one}" for one in QUESTIONS)
    path = saved(questionnaire_book(twenty), tmp_path / "q.xlsx")
    monkeypatch.setenv("RESIDENCY_HOME", str(built_home))
    output = tmp_path / "told.xlsx"
    done = CliRunner().invoke(
        command_line(), ["answer", str(path), "-o", str(output), "--country", "Norway"]
    )
    assert done.exit_code == 0, done.output
    jobs = Jobs(tmp_path / "home", assistant)
    job = jobs.add("someone", path, "q.xlsx")
    jobs.start("someone", job.id, profile=Profile("Norway"))
    jobs.wait(job.id, 240)
    exported = jobs.export("someone", job.id, tmp_path)
    on_line = cells(load_workbook(output)["Security"])
    on_web = cells(load_workbook(exported)["Security"])
    ids = {name for name in on_line if name.startswith("J")}
    assert on_line.keys() == on_web.keys()
    assert {n: on_line[n] for n in on_line if n not in ids} == {
        n: on_web[n] for n in on_web if n not in ids
    }
    assert len(ids) == 21
    assert sum(on_line.get(f"G{row}") == "answered" for row in range(3, 40)) >= 10


def test_jsonl_takes_the_options_of_a_profile(
    built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(built_home))
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "a", "question": "Which regions does Intune store data in?"}\n')
    output = tmp_path / "answers"
    done = CliRunner().invoke(
        command_line(),
        ["answer", str(path), "-o", str(output), "--service", "Intune", "--add-on", "ADR"],
    )
    assert done.exit_code == 0, done.output
    assert json.loads(output.read_text(encoding="utf-8"))["id"] == "a"
