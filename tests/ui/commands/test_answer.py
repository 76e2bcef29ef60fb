"""`residency answer`: what is understood is shown, corrected, and bad input is told in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import Workbook
from typer.testing import CliRunner

from tests.ui.questionnaires.makers import questionnaire_book, saved
from tests.ui.questionnaires.shapes import with_own_columns
from ui.command_line.running import command_line


def _run(*words: object) -> Result:
    return CliRunner().invoke(command_line(), ["answer", *map(str, words)])


def _tables(*words: object) -> list[dict[str, object]]:
    done = _run(*words, "--show", "--json")
    assert done.exit_code == 0, done.output
    found: list[dict[str, object]] = json.loads(done.stdout)["tables"]
    return found


def test_what_is_understood_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    done = _run(path, "--show")
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[0] == "sheet Vendor's, column B: 4 questions in rows 2 to 5"
    assert "answer in C (Answer); comment in D (Comments); evidence in E (Evidence)" in done.output
    assert "answers to choose from: Yes, No" in done.output
    assert [one.name for one in tmp_path.iterdir()] == ["q.xlsx"]


def test_columns_and_rows_can_be_corrected(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    (table,) = _tables(
        path, "--answer-column", "none", "--comment-column", "E", "--evidence-column", "none",
        "--rows", "2-4", "--skip-rows", "3",
    )  # fmt: skip
    assert (table["answer"], table["comment"], table["rows"]) == ("none", "E", "2,4")


def test_what_is_shown_can_be_changed_and_given_back(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    (table,) = _tables(path)
    changed = tmp_path / "tables.json"
    changed.write_text(json.dumps({"tables": [table | {"rows": "5", "comment": "none"}]}))
    (again,) = _tables(path, "--as", changed)
    assert (again["rows"], again["comment"], again["answer"]) == ("5", "none", "C")


def test_sheets_are_named_one_or_several(tmp_path: Path) -> None:
    book = questionnaire_book()
    page = book.create_sheet("Two")
    for row in (["Question", "Answer"], ["Where is it?", None]):
        page.append(row)
    path = saved(book, tmp_path / "q.xlsx")
    assert [one["sheet"] for one in _tables(path)] == ["Security", "Two"]
    assert [one["sheet"] for one in _tables(path, "--sheet", "two")] == ["Two"]
    every = _tables(path, "--sheet", "two", "--sheet", "Security")
    assert [one["sheet"] for one in every] == ["Two", "Security"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "no file for the answers. Name one with -o"),
        (("--show", "--sheet", "Nope"), "no sheet 'Nope' with content. Known are"),
        (("--show", "--answer-column", "Nope"), "no column 'Nope'"),
        (("--show", "--rows", "a-b"), "'a-b' names no rows"),
        (("--show", "--as", "missing.json"), "missing.json: cannot be read"),
        (("--show", "--as", "x.json", "--column", "B"), "names the tables already"),
        (("--show", "--sheet", "A", "--sheet", "B", "--column", "B"), "holds for one sheet"),
    ],
)
def test_bad_options_are_told_with_what_to_do(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = _run(with_own_columns(tmp_path / "q.xlsx"), *words)
    assert done.exit_code != 0
    assert told in str(done.exception)


def test_a_workbook_of_too_many_rows_is_told_with_what_to_do(tmp_path: Path) -> None:
    made = Workbook(write_only=True)
    page = made.create_sheet("Form")
    for number in range(50_000):
        page.append([f"Where is number {number}?"])
    made.save(tmp_path / "q.xlsx")
    done = _run(tmp_path / "q.xlsx", "--show")
    assert "has more than 20,000 rows in sheet Form. Divide the sheet" in str(done.exception)
