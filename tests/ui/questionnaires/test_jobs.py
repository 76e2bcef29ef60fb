"""Questionnaires in the background: each its owner's, stopped, gone on with, corrected, kept."""

from __future__ import annotations

import csv
import json
import sqlite3
import threading
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from assistant.types import Profile
from index.home.paths import Home
from tests.ui.questionnaires.makers import QUESTIONS, Echo, questionnaire_book, saved
from ui.errors import JobLimit, QuestionFileError, UnknownJob
from ui.questionnaires import jobs as jobs_module
from ui.questionnaires.job_storage.job_files import file_faults
from ui.questionnaires.job_storage.job_store import JobStore
from ui.questionnaires.job_types import STORE, RowFilter, RowState
from ui.questionnaires.jobs import Jobs, JobState
from ui.questionnaires.understanding.corrections import Correction

_ME = "web:me"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return saved(questionnaire_book(), tmp_path / "upload.xlsx")


def _csv(folder: Path, *questions: str) -> Path:
    path = folder / "upload.csv"
    path.write_text("question\n" + "".join(f'"{one}"\n' for one in questions), encoding="utf-8")
    return path


def _stopping_at(number: int) -> tuple[Echo, threading.Event, threading.Event]:
    """An assistant that waits before an answer until it is let go."""
    reached, go = threading.Event(), threading.Event()

    def before(count: int) -> None:
        if count == number:
            reached.set()
            assert go.wait(30)

    return Echo(before), reached, go


def test_a_job_answers_all_of_its_questions_for_the_profile(book: Path, tmp_path: Path) -> None:
    echo = Echo()
    jobs = Jobs(tmp_path / "home", echo)
    job = jobs.add(_ME, book, "Security 2026.xlsx")
    assert job.state is JobState.NEW
    jobs.start(_ME, job.id, profile=Profile("Norway"))
    jobs.wait(job.id, 30)
    done = jobs.job(_ME, job.id)
    assert (done.state, done.counts.answered) == (JobState.DONE, len(QUESTIONS))
    assert {profile for _, profile in echo.asked} == {Profile("Norway")}
    assert jobs.export(_ME, job.id, tmp_path).name == "Security 2026-answers.xlsx"


def test_a_stopped_job_goes_on_after_a_restart(book: Path, tmp_path: Path) -> None:
    echo, reached, go = _stopping_at(3)
    jobs = Jobs(tmp_path / "home", echo)
    job = jobs.add(_ME, book, "q.xlsx").id
    jobs.start(_ME, job)
    assert reached.wait(30)
    assert jobs.cancel(_ME, job).state is JobState.STOPPED
    go.set()
    jobs.wait(job, 30)
    assert jobs.job(_ME, job).counts.answered == 3
    later = Echo()
    again = Jobs(tmp_path / "home", later)
    again.resume(_ME, job)
    again.wait(job, 30)
    assert again.job(_ME, job).state is JobState.DONE
    assert [question for question, _ in later.asked] == list(QUESTIONS[3:])


def test_another_owners_job_does_not_exist(book: Path, tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "home", Echo())
    job = jobs.add(_ME, book, "q.xlsx").id
    assert jobs.listed("web:you") == ()
    for use in (jobs.job, jobs.questionnaire, jobs.start, jobs.resume, jobs.cancel, jobs.delete,
                jobs.rows, jobs.selection):  # fmt: skip
        with pytest.raises(UnknownJob):
            use("web:you", job)
    with pytest.raises(UnknownJob):
        jobs.correct("web:you", job, 0, "mine")
    with pytest.raises(UnknownJob):
        jobs.export("web:you", job, tmp_path)
    assert jobs.listed(_ME)[0].id == job


def test_a_correction_is_a_persons_words_and_says_so(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "home", Echo())
    job = jobs.add(_ME, _csv(tmp_path, "Where?", "Who?"), "q.csv").id
    jobs.start(_ME, job)
    jobs.wait(job, 30)
    jobs.correct(_ME, job, 1, "=It is mine\n")
    assert jobs.job(_ME, job).counts.corrected == 1
    assert [row.row for row in jobs.rows(_ME, job, RowFilter(RowState.CORRECTED))] == [3]
    with jobs.export(_ME, job, tmp_path).open(encoding="utf-8", newline="") as handle:
        first, second = csv.DictReader(handle)
    assert (first["Corrected answer"], first["Verdict"]) == ("", "answered")
    assert second["Answer"] == "Who?"
    assert second["Corrected answer"] == "'=It is mine"
    assert second["Verdict"] == "corrected by a person"
    assert second["Citations"].startswith("Of the assistant's answer; ")
    jobs.correct(_ME, job, 1, " ")
    assert jobs.job(_ME, job).counts.corrected == 0
    with pytest.raises(QuestionFileError, match=r"q\.csv: the correction"):
        jobs.correct(_ME, job, 1, "x" * 20_001)


def test_jsonl_goes_in_and_out_with_its_ids(tmp_path: Path) -> None:
    path = tmp_path / "upload.jsonl"
    rows = [{"id": "b", "turns": ["First?", "And then?"]}, {"id": "a", "question": "Where?"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    jobs = Jobs(tmp_path / "home", Echo())
    job = jobs.add(_ME, path, "q.jsonl").id
    jobs.start(_ME, job)
    jobs.wait(job, 30)
    jobs.correct(_ME, job, 1, "Here.")
    lines = jobs.export(_ME, job, tmp_path).read_text(encoding="utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert (first["id"], first["text"], first["verdict"]) == ("b", "And then?", "answered")
    assert (second["id"], second["corrected_answer"]) == ("a", "Here.")
    assert second["verdict"] == "corrected by a person"


def test_what_is_deleted_is_gone_even_while_it_runs(book: Path, tmp_path: Path) -> None:
    echo, reached, go = _stopping_at(2)
    jobs = Jobs(tmp_path / "home", echo)
    job = jobs.add(_ME, book, "q.xlsx").id
    jobs.start(_ME, job)
    assert reached.wait(30)
    jobs.delete(_ME, job)
    go.set()
    jobs.wait(job, 30)
    assert jobs.listed(_ME) == ()
    assert not (tmp_path / "home" / "questionnaires" / job).exists()
    assert len(echo.asked) == 3


def test_a_bad_file_is_named_as_its_user_does_and_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "upload.xlsx"
    path.write_bytes(b"<html>")
    jobs = Jobs(tmp_path / "home", Echo())
    with pytest.raises(QuestionFileError) as raised:
        jobs.add(_ME, path, "../../Questions.xlsx")
    assert str(raised.value).startswith("Questions.xlsx: ")
    assert str(tmp_path) not in str(raised.value)
    assert jobs.listed(_ME) == ()


def test_an_owner_has_so_many_and_so_large_jobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = Jobs(tmp_path / "home", Echo())
    path = _csv(tmp_path, "Where?")
    monkeypatch.setattr(jobs_module, "MOST_JOBS", 2)
    jobs.add(_ME, path, "a.csv")
    jobs.add(_ME, path, "b.csv")
    with pytest.raises(JobLimit, match="2 questionnaires"):
        jobs.add(_ME, path, "c.csv")
    jobs.add("web:you", path, "c.csv")
    monkeypatch.setattr(jobs_module, "MOST_MB", 0)
    with pytest.raises(JobLimit, match="0 MB"):
        jobs.add("web:them", path, "c.csv")


def test_a_failed_question_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "home", Echo())
    job = jobs.add(_ME, _csv(tmp_path, "unanswerable?", "Where?"), "q.csv").id
    jobs.start(_ME, job)
    jobs.wait(job, 30)
    counts = jobs.job(_ME, job).counts
    assert (counts.failed, counts.answered) == (1, 1)
    assert jobs.rows(_ME, job)[0].reply.error == "the question has no words"


def test_choosing_anew_drops_the_answers_of_before(tmp_path: Path) -> None:
    path = tmp_path / "upload.csv"
    path.write_text("question,other\nWhere?,Who else?\n", encoding="utf-8")
    jobs = Jobs(tmp_path / "home", Echo())
    job = jobs.add(_ME, path, "q.csv").id
    for column, text in (("1", "Where?"), ("2", "Who else?")):
        jobs.start(_ME, job, wanted=(Correction(column=column),))
        jobs.wait(job, 30)
        assert [row.question for row in jobs.rows(_ME, job)] == [text]
    with pytest.raises(QuestionFileError, match=r"q\.csv: no column '9'"):
        jobs.start(_ME, job, wanted=(Correction(column="9"),))


def _two_sheets(path: Path) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, texts in (("One", ("Where?", "If yes, since when?")), ("Two", ("Who sees it?",))):
        page = made.create_sheet(name)
        page.append(["ID", "Question", "Answer"])
        for number, text in enumerate(texts, 1):
            page.append([f"{name}-{number}", text, None])
    made.save(path)
    return path


def test_all_sheets_that_ask_are_answered_each_in_its_own_column(tmp_path: Path) -> None:
    echo = Echo()
    jobs = Jobs(tmp_path / "home", echo)
    job = jobs.add(_ME, _two_sheets(tmp_path / "upload.xlsx"), "q.xlsx").id
    assert [one.sheet for one in jobs.understood(_ME, job).tables] == ["One", "Two"]
    jobs.start(_ME, job)
    jobs.wait(job, 30)
    jobs.correct(_ME, job, 2, "Nobody")
    # What goes on from a question is asked after it.
    assert [text for text, _ in echo.asked] == [
        "Where?", "Where?", "If yes, since when?", "Who sees it?",
    ]  # fmt: skip
    book = load_workbook(jobs.export(_ME, job, tmp_path))
    assert book.sheetnames == ["One", "Two", "Sources"]
    assert [book["One"][name].value for name in ("C2", "C3")] == ["Where?", "If yes, since when?"]
    assert book["Two"]["C2"].value == "Nobody"


def test_a_questionnaire_of_an_earlier_version_is_exported(tmp_path: Path) -> None:
    home = tmp_path / "home"
    jobs = Jobs(home, Echo())
    job = jobs.add(_ME, _csv(tmp_path, "Where?"), "q.csv").id
    jobs.start(_ME, job)
    jobs.wait(job, 30)
    # Nobody has it open while it becomes an older one.
    del jobs
    with sqlite3.connect(home / "questionnaires" / "jobs.sqlite") as store:
        titles = json.dumps(["question"])
        store.execute("UPDATE jobs SET place = 0, header = 1, titles = ?", (titles,))
        store.execute("ALTER TABLE jobs DROP COLUMN tables")
        store.execute("DROP INDEX rows_of_person")
        for column in ("triage", "assigned", "comment", "approved", "accepted"):
            store.execute(f"ALTER TABLE rows DROP COLUMN {column}")
        store.execute("ALTER TABLE jobs DROP COLUMN customer")
        store.execute("ALTER TABLE jobs DROP COLUMN run")
        store.execute("DROP TABLE job_files")
        store.execute("DROP TABLE rows_refused")
        store.execute("PRAGMA user_version = 1")
    store.close()
    exported = Jobs(home, Echo()).export(_ME, job, tmp_path).read_text(encoding="utf-8")
    assert exported.splitlines()[0] == (
        "question,Answer,Verdict,Triage,Confidence,Citations,Answer id"
    )
    assert exported.splitlines()[1].startswith('"Where?",Where?,answered,')


def test_what_a_killed_process_left_of_a_file_goes_and_other_files_stay(
    book: Path, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    jobs = Jobs(home.root, Echo())
    kept = jobs.add(_ME, book, "Security 2026.xlsx")
    coming, lost = home.questionnaires / "coming", home.questionnaires / "lost"
    for folder in (coming, lost):
        folder.mkdir()
        (folder / "questions.csv").write_text("question\nWhere?\n")
    (coming / "unsettled").touch()
    (home.questionnaires / kept.id / "unsettled").touch()
    assert [one.id for one in Jobs(home.root, Echo()).listed(_ME)] == [kept.id]
    assert not coming.exists()
    assert (lost / "questions.csv").exists()
    assert not (home.questionnaires / kept.id / "unsettled").exists()
    jobs.delete(_ME, kept.id)
    assert not (home.questionnaires / kept.id).exists()


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "hash"])
def test_a_file_that_is_not_as_it_came_is_named(book: Path, tmp_path: Path, damage: str) -> None:
    home = Home(tmp_path / "home")
    job = Jobs(home.root, Echo()).add(_ME, book, "Security 2026.xlsx")
    folder = home.questionnaires
    sizes = JobStore(folder / STORE).sizes()
    assert [*file_faults(folder, sizes)] == []
    path = folder / job.id / "questions.xlsx"
    content = bytearray(path.read_bytes())
    if damage == "cut":
        path.write_bytes(content[:-1])
    elif damage == "changed":
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    elif damage == "gone":
        path.unlink()
    else:
        (folder / job.id / "sha256").write_text("0")
    (said,) = file_faults(folder, sizes)
    assert job.id in said
    assert "Restore it from a backup" in said
