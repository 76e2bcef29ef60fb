"""Which column asks, and which of its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.errors import QuestionFileError
from ui.questionnaires.cell_names import letter
from ui.questionnaires.find_questions import select
from ui.questionnaires.types import Format, Questionnaire, Row, Selection, Sheet


def _sheet(*rows: tuple[str, ...], name: str = "") -> Sheet:
    return Sheet(name, tuple(Row(n, cells) for n, cells in enumerate(rows, 1) if any(cells)))


def _select(*rows: tuple[str, ...], column: str | None = None) -> Selection:
    return select(Questionnaire(Path("q.csv"), Format.CSV, (_sheet(*rows),)), column=column)


def _asked(selection: Selection) -> list[int]:
    return [question.row for question in selection.questions]


def test_the_column_with_most_question_marks_asks() -> None:
    selection = _select(
        ("No", "Text", "Remark of some length"),
        ("1", "Where is it?", "A long remark that explains the question above and below"),
        ("2", "Who sees it?", "Really?"),
    )
    assert (selection.column, selection.header, _asked(selection)) == (1, 1, [2, 3])


def test_demands_without_a_question_mark_are_taken_and_titles_of_sections_are_not() -> None:
    selection = _select(
        ("Questionnaire of ACME",),
        ("No", "Requirement", "Answer"),
        ("", "Data location and its residency"),
        ("1", "Describe where customer data is stored"),
        ("2", "Is it encrypted?"),
        ("", "Other"),
        ("3", "N/A"),
    )
    assert (selection.header, _asked(selection)) == (2, [4, 5])
    assert [question.row for question in selection.left] == [3, 6, 7]


def test_a_known_title_wins_over_longer_texts() -> None:
    selection = _select(
        ("Frage", "Erläuterung"),
        ("Ort der Daten im Ruhezustand", "Eine lange Erläuterung, die nichts fragt, nur redet"),
    )
    assert (selection.column, _asked(selection)) == (0, [2])


def test_a_list_without_titles_has_no_header() -> None:
    selection = _select(("Where is it?",), ("Who sees it?",))
    assert (selection.header, _asked(selection)) == (None, [1, 2])


@pytest.mark.parametrize("name", ["remark", " Remark ", "3", "c", "C"])
def test_a_column_is_named_by_title_number_or_letter(name: str) -> None:
    selection = _select(("3", "Question", "Remark"), ("1", "Where?", "Is this meant?"), column=name)
    assert selection.column == 2


@pytest.mark.parametrize("name", ["Nope", "4", "0", "D", "", "²", "9" * 5000])
def test_a_column_that_is_none_is_named(name: str) -> None:
    with pytest.raises(QuestionFileError, match="no column"):
        _select(("No", "Question", "Remark"), ("1", "Where?", "x"), column=name)


def test_the_sheet_that_asks_most_is_taken_and_another_can_be_named() -> None:
    few = _sheet(("Is it?",), name="Intro")
    many = _sheet(("Where?",), ("Who?",), name="Main")
    book = Questionnaire(Path("q.xlsx"), Format.WORKBOOK, (few, many, Sheet("Empty", ())))
    assert select(book).sheet == "Main"
    assert select(book, sheet="intro").sheet == "Intro"
    with pytest.raises(QuestionFileError, match="'Intro', 'Main'"):
        select(book, sheet="Empty")


def test_a_hidden_sheet_is_not_guessed_where_a_shown_one_asks() -> None:
    shown = _sheet(("Where?",), name="Shown")
    hidden = Sheet("Old", _sheet(("Where?",), ("Who?",)).rows, hidden=True)
    book = Questionnaire(Path("q.xlsx"), Format.WORKBOOK, (hidden, shown))
    assert select(book).sheet == "Shown"
    assert select(book, sheet="Old").sheet == "Old"


def test_a_sheet_that_asks_nothing_is_refused_by_name() -> None:
    with pytest.raises(QuestionFileError, match="no question found in column A"):
        _select(("Name",), ("ACME",))
    with pytest.raises(QuestionFileError, match="holds no text"):
        _select(("",))


def test_letters_are_those_of_spreadsheets() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702, 16_383)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip
