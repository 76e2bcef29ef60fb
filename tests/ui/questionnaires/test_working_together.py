"""Rows that people share: assigned, commented, filtered, approved, read as somebody says."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant import Assistant
from assistant.errors import LibraryError
from assistant.library.types import Approver, Right
from assistant.settings import Settings
from assistant.triage import Triage
from tests.ui.questionnaires.makers import Echo
from ui.errors import QuestionFileError, UnknownJob
from ui.questionnaires.job_types import RowFilter
from ui.questionnaires.jobs import Jobs
from ui.questionnaires.understanding.corrections import Correction

_ANN, _BEN, _CY = "web:ann", "web:ben", "web:cy"
_APPROVER = Approver("ann", Right.APPROVER)
_LOGS = "How long are Intune audit logs kept?"
_PRICE = "What is the price of a licence?"


def _csv(folder: Path, *questions: str) -> Path:
    path = folder / "upload.csv"
    path.write_text("question\n" + "".join(f'"{one}"\n' for one in questions), encoding="utf-8")
    return path


def _done(jobs: Jobs, path: Path, owner: str = _ANN) -> str:
    job = jobs.add(owner, path, path.name).id
    jobs.start(owner, job)
    jobs.wait(job, 60)
    return job


def _wanted(jobs: Jobs, job: str, **said: str | bool) -> list[int]:
    return [one.position for one in jobs.rows(_ANN, job, RowFilter(**said))]  # type: ignore[arg-type]


@pytest.fixture
def opened(untouched_home: Path, tmp_path: Path) -> Iterator[Assistant]:
    assistant = Assistant.open(Settings(home=Path(shutil.copytree(untouched_home, tmp_path / "h"))))
    yield assistant
    assistant.close()


def test_a_row_is_seen_by_the_person_it_is_assigned_to_and_by_nobody_else(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "home", Echo())
    job = _done(jobs, _csv(tmp_path, "Where?", "Who?"))
    jobs.assign(_ANN, job, 1, " ben ")
    assert _wanted(jobs, job, assigned="ben") == [1]
    assert jobs.people(_ANN, job) == ("ben",)
    (shared,) = jobs.listed(_BEN)
    assert (shared.id, shared.is_own, jobs.job(_ANN, job).is_own) == (job, False, True)
    jobs.comment(_BEN, job, 1, "ask legal\n")
    jobs.correct(_BEN, job, 1, "Nobody")
    row = jobs.rows(_ANN, job)[1]
    assert (row.assigned, row.comment, row.correction) == ("ben", "ask legal", "Nobody")
    for use in (jobs.delete, jobs.start, jobs.cancel, jobs.resume, jobs.read_anew):
        with pytest.raises(UnknownJob):
            use(_BEN, job)
    for stranger in (_CY, "web:guest:ben", "ben"):
        assert jobs.listed(stranger) == ()
        with pytest.raises(UnknownJob):
            jobs.comment(stranger, job, 1, "mine")
    jobs.assign(_ANN, job, 1, "")
    assert jobs.listed(_BEN) == ()


def test_who_gives_rows_back_gets_no_more_of_that_questionnaire(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "home", Echo())
    job = _done(jobs, _csv(tmp_path, "Where?", "Who?", "How long?"))
    for position, person in enumerate(("ben", "cy", "ben")):
        jobs.assign(_ANN, job, position, person)
    with pytest.raises(UnknownJob, match="your own rows"):
        jobs.refuse(_ANN, job)
    jobs.refuse(_BEN, job)
    assert [one.assigned for one in jobs.rows(_ANN, job)] == ["", "cy", ""]
    assert jobs.listed(_BEN) == ()
    with pytest.raises(UnknownJob):
        jobs.refuse(_BEN, job)
    with pytest.raises(QuestionFileError, match=r"upload\.csv: ben gave its rows back"):
        jobs.assign(_ANN, job, 0, "ben")
    jobs.assign(_ANN, job, 0, "cy")
    other = _done(jobs, _csv(tmp_path, "Where?"))
    jobs.assign(_ANN, other, 0, "ben")
    assert [one.id for one in jobs.listed(_BEN)] == [other]


def test_what_people_add_outlives_a_restart_and_stays_out_of_the_file(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "home", Echo())
    job = _done(jobs, _csv(tmp_path, "Where?"))
    jobs.assign(_ANN, job, 0, "ben")
    jobs.comment(_ANN, job, 0, "between us")
    again = Jobs(tmp_path / "home", Echo())
    assert again.rows(_ANN, job)[0].comment == "between us"
    assert "between us" not in again.export(_ANN, job, tmp_path).read_text(encoding="utf-8")
    with pytest.raises(QuestionFileError, match=r"upload\.csv: the comment has 2,001"):
        jobs.comment(_ANN, job, 0, "x" * 2001)
    with pytest.raises(QuestionFileError, match="the name has 129"):
        jobs.assign(_ANN, job, 0, "x" * 129)


def test_rows_of_before_are_filtered_by_the_triage_in_their_lines(tmp_path: Path) -> None:
    home = tmp_path / "home"
    jobs = Jobs(home, Echo())
    job = _done(jobs, _csv(tmp_path, "Where?", "unanswerable"))
    # Nobody has it open while it becomes an older one.
    del jobs
    with sqlite3.connect(home / "questionnaires" / "jobs.sqlite") as store:
        store.execute("DROP INDEX rows_of_person")
        for column in ("triage", "assigned", "comment", "approved", "accepted"):
            store.execute(f"ALTER TABLE rows DROP COLUMN {column}")
        store.execute("ALTER TABLE jobs DROP COLUMN customer")
        store.execute("ALTER TABLE jobs DROP COLUMN run")
        store.execute("DROP TABLE job_files")
        store.execute("DROP TABLE rows_refused")
        store.execute("PRAGMA user_version = 2")
    store.close()
    later = Jobs(home, Echo())
    assert _wanted(later, job, triage=Triage.ANSWERED) == [0]
    assert later.count(_ANN, job, RowFilter(triage=Triage.NEEDS_PERSON)) == 0


def test_a_row_is_approved_into_the_library_and_given_again(
    opened: Assistant, tmp_path: Path
) -> None:
    jobs = Jobs(tmp_path / "home", opened)
    job = _done(jobs, _csv(tmp_path, _LOGS, _PRICE))
    told = jobs.approve(_ANN, job, 0, opened, _APPROVER)
    (entry,) = opened.library.entries()
    assert entry.id in told
    assert (entry.question, entry.approval.approver) == (_LOGS, "ann")
    assert entry.approval.grounds
    assert not entry.approval.corrected
    assert jobs.rows(_ANN, job)[0].approved == told
    assert _wanted(jobs, job, unapproved=True) == [1]
    with pytest.raises(LibraryError, match="says nothing to approve"):
        jobs.approve(_ANN, job, 1, opened, _APPROVER)
    jobs.correct(_ANN, job, 1, "Ask sales.")
    jobs.approve(_ANN, job, 1, opened, _APPROVER)
    kept = {one.question: one.approval for one in opened.library.entries()}
    assert (kept[_PRICE].text, kept[_PRICE].corrected) == ("Ask sales.", True)
    again = _done(jobs, _csv(tmp_path, _LOGS))
    assert jobs.rows(_ANN, again)[0].reply.approved.startswith("ann, ")


def test_a_correction_after_an_approval_is_approved_by_nobody(
    opened: Assistant, tmp_path: Path
) -> None:
    jobs = Jobs(tmp_path / "home", opened)
    job = _done(jobs, _csv(tmp_path, _LOGS))
    jobs.approve(_ANN, job, 0, opened, _APPROVER)
    jobs.correct(_ANN, job, 0, "Two years.")
    assert jobs.rows(_ANN, job)[0].approved == ""


def test_an_answer_for_one_customer_is_given_to_their_questionnaires_alone(
    opened: Assistant, tmp_path: Path
) -> None:
    jobs = Jobs(tmp_path / "home", opened)
    job = _done(jobs, _csv(tmp_path, _LOGS))
    with pytest.raises(QuestionFileError, match=r"upload\.csv: the customer has 129"):
        jobs.approve(_ANN, job, 0, opened, _APPROVER, customer="x" * 129)
    jobs.approve(_ANN, job, 0, opened, _APPROVER, customer=" Acme  Ltd ")
    assert opened.library.entries()[0].approval.scope.customer == "Acme Ltd"
    given = {}
    for customer in ("acme ltd", "Other", ""):
        again = jobs.add(_ANN, _csv(tmp_path, _LOGS), "again.csv").id
        jobs.start(_ANN, again, customer=customer)
        jobs.wait(again, 60)
        assert Jobs(tmp_path / "home", opened).job(_ANN, again).customer == customer
        given[customer] = bool(jobs.rows(_ANN, again)[0].reply.approved)
    assert given == {"acme ltd": True, "Other": False, "": False}


def test_a_row_that_leans_on_another_is_approved_under_words_of_its_own(
    opened: Assistant, tmp_path: Path
) -> None:
    jobs = Jobs(tmp_path / "home", opened)
    job = _done(jobs, _two_sheets(tmp_path / "q.xlsx"))
    jobs.correct(_ANN, job, 1, "Since 2020.")
    with pytest.raises(QuestionFileError, match="row 3: goes on from the question before it"):
        jobs.approve(_ANN, job, 1, opened, _APPROVER)
    jobs.approve(_ANN, job, 1, opened, _APPROVER, "Since when does Intune keep audit logs?")
    assert opened.library.entries()[0].question == "Since when does Intune keep audit logs?"


def _two_sheets(path: Path) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, texts in (("One", (_LOGS, "If yes, since when?")), ("Two", ("Who sees it?",))):
        page = made.create_sheet(name)
        page.append(["ID", "Question", "Answer", "Notes"])
        for number, text in enumerate(texts, 1):
            page.append([f"{name}-{number}", text, None, None])
    made.save(path)
    return path


def test_what_was_understood_is_corrected_and_kept_until_it_is_answered(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "home", Echo())
    job = jobs.add(_ANN, _two_sheets(tmp_path / "q.xlsx"), "q.xlsx").id
    jobs.read_as(_ANN, job, 0, Correction(sheet="One", answer="D"))
    jobs.leave_out(_ANN, job, 1)
    with pytest.raises(QuestionFileError, match=r"q\.xlsx: this is the only table"):
        jobs.leave_out(_ANN, job, 0)
    again = Jobs(tmp_path / "home", Echo())
    (table,) = again.understood(_ANN, job).tables
    assert (table.sheet, table.answers.answer) == ("One", 3)
    with pytest.raises(QuestionFileError, match=r"q\.xlsx, sheet One: no column 'Z9'"):
        again.read_as(_ANN, job, 0, Correction(sheet="One", answer="Z9"))
    assert len(again.read_anew(_ANN, job).tables) == 2
    again.leave_out(_ANN, job, 1)
    again.start(_ANN, job)
    again.wait(job, 30)
    assert again.count(_ANN, job) == 2
    with pytest.raises(QuestionFileError, match=r"q\.xlsx: is answered already"):
        again.read_anew(_ANN, job)
