"""`residency answer --review`: row by row, quit and gone on with, as one would type it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.history.database import utc_now
from assistant.library.library_store import FILE, Library
from ui.command_line.running import command_line
from ui.errors import QuestionFileError

_LOGS = "How long are Intune audit logs kept?"
_PRICE = "What is the price of a licence?"
_WHERE = "Where does Intune store data?"


@pytest.fixture
def home(untouched_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = Path(shutil.copytree(untouched_home, tmp_path / "home", dirs_exist_ok=True))
    monkeypatch.setenv("RESIDENCY_HOME", str(copied))
    return copied


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "q.csv"
    path.write_text(f"question\n{_LOGS}\n{_PRICE}\n{_WHERE}\n", encoding="utf-8")
    return path


def _run(typed: str, *words: object) -> Result:
    return CliRunner().invoke(command_line(), ["answer", *map(str, words)], input=typed)


def test_rows_are_decided_on_left_and_gone_on_with(
    home: Path, questions: Path, tmp_path: Path
) -> None:
    output = tmp_path / "done.csv"
    first = _run("g\nben\nc\nask legal\np\nq\n", questions, "--review", "--by", "ann")
    assert first.exit_code == 0, first.output
    assert "3 of 3 rows to decide on." in first.output
    assert "  given to: ben" in first.output
    assert "  comment: ask legal" in first.output
    assert "1 of 3 rows decided on" in first.output
    assert not output.exists()
    (entry,) = Library(home / FILE, utc_now).entries()
    assert (entry.question, entry.approval.approver) == (_LOGS, "ann")

    # What cannot be approved is told, and the row stays; the end of input is no end of the work.
    second = _run("p\ne\nAsk sales.\n", questions, "--review", "-o", output)
    assert "2 of 3 rows to decide on." in second.output
    assert "says nothing to approve" in second.output
    assert "2 of 3 rows decided on" in second.output
    third = _run("?\ns\n", questions, "--review", "-o", output)
    assert "1 of 3 rows to decide on." in third.output
    fourth = _run("a\n", questions, "--review", "-o", output)
    assert "3 of 3 rows decided on" in fourth.output
    with output.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["Corrected answer"] for row in rows] == ["", "Ask sales.", ""]
    assert "0 of 3 rows to decide on." in _run("", questions, "--review").output
    assert "3 of 3 rows to decide on." in _run("", questions, "--review", "--forget").output


def test_an_answer_is_approved_for_the_customer_of_the_file_or_for_all(
    home: Path, questions: Path
) -> None:
    acme = ("--review", "--customer", "Acme")
    told = _run("p\ny\ne\nAsk sales.\nb\np\n\nq\n", questions, *acme)
    assert "for Acme alone? [y/N]" in told.output
    entries = Library(home / FILE, utc_now).entries()
    assert {one.question: one.approval.scope.customer for one in entries} == {
        _LOGS: "Acme", _PRICE: "",
    }  # fmt: skip
    other = _run("q\n", questions, "--review", "--customer", "Other")
    assert "is under review already, for Acme. Leave out --customer" in str(other.exception)


@pytest.mark.usefixtures("home")
def test_what_cannot_be_reviewed_is_told(questions: Path, tmp_path: Path) -> None:
    wrong = _run("", questions, "--review", "-o", tmp_path / "done.xlsx")
    assert isinstance(wrong.exception, QuestionFileError)
    assert "answers to q.csv have its format" in str(wrong.exception)
    _run("q\n", questions, "--review")
    again = _run("", questions, "--review", "--column", "1")
    assert "is under review already" in str(again.exception)
