"""Which sheets of a file ask, why the others do not, and what a user says in their place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.questionnaires.shapes import YES_NO, book, sheet, tables
from ui.errors import QuestionFileError
from ui.questionnaires.types import AnswerColumns, Area, Choice, Sheet
from ui.questionnaires.understanding.corrections import (
    Correction,
    Rows,
    read_corrections,
    rows_named,
)
from ui.questionnaires.understanding.understand_file import understand
from ui.questionnaires.understood_text import understood_json, understood_lines

_HEAD = ("ID", "Question", "Answer", "Comments")


def _asking(name: str, *texts: str) -> Sheet:
    rows = ((str(n), text, "", "") for n, text in enumerate(texts, 1))
    return sheet(_HEAD, *rows, name=name)


def test_all_sheets_that_ask_are_taken_and_the_others_are_named() -> None:
    asked = ("Where is it?", "Who sees it?", "How long is it kept?")
    found = understand(
        book(
            sheet(("How to answer",), ("Who do I ask? Write to us.",), name="Instructions"),
            _asking("One", *asked),
            _asking("Two", "Where are copies?", "Which country is it?"),
            replace(sheet(("Yes",), ("No",), name="Values"), lists=True),
            sheet(
                ("Question", "Answer", "Score"),
                *((text, "0", "1") for text in asked),
                name="Report",
                computed=frozenset({(2, 0), (3, 0), (4, 0)}),
            ),
            replace(_asking("Old", "Where was it?"), hidden=True),
            replace(Sheet("Picture", ()), drawn=True),
        )
    )
    assert [one.sheet for one in found.tables] == ["One", "Two"]
    assert {one.sheet: one.why for one in found.silent} == {
        "Instructions": "explains how to answer",
        "Values": "holds the values of drop-down lists",
        "Report": "is for those who judge the answers",
        "Old": "is hidden (1 row of it asks)",
        "Picture": "holds drawings and no text",
    }


def test_a_sheet_that_repeats_another_by_formulas_is_asked_once() -> None:
    first = _asking("One", "Where is it?", "Who sees it?")
    again = replace(
        _asking("Overview", "Where is it?", "Who sees it?"), computed=frozenset({(2, 1)})
    )
    found = understand(book(first, again))
    assert [one.sheet for one in found.tables] == ["One"]
    assert found.silent[0].why == "repeats questions of another sheet"


def test_the_list_that_sheets_take_their_questions_from_is_not_answered() -> None:
    texts = ("Where is it?", "Who sees it?")
    rows = [(str(n), text, "Yes") for n, text in enumerate(texts, 1)]
    master = sheet(("ID", "Question", "Answer wanted"), *rows, name="Master")
    form = replace(_asking("Form", *texts), computed=frozenset({(2, 1), (3, 1)}))
    found = understand(book(master, form))
    assert [one.sheet for one in found.tables] == ["Form"]
    assert found.tables[0].notes == (
        "2 of the questions are made by formulas; they are read as last shown",
    )


def test_a_file_of_drawings_is_refused_by_name() -> None:
    with pytest.raises(QuestionFileError, match=r"q\.xlsx: holds drawings and no text"):
        understand(book(replace(Sheet("Picture", ()), drawn=True)))


def test_standard_questionnaires_are_known_by_their_shape() -> None:
    def of(form: str) -> str:
        rows = ((form.format(n), f"Is it so in case {n}?", "", "") for n in range(1, 7))
        return tables(sheet(_HEAD, *rows))[0].standard

    assert of("DSP-0{}.1") == "CAIQ"
    assert of("DATA-0{}") == "HECVAT"
    assert of("D.1.{}") == "SIG-like"
    assert of("{}") == ""
    areas = tables(*(_asking(name, f"Is {name}?", "Is it?") for name in ("A", "B", "C", "D")))
    assert {one.standard for one in areas} == {"VSA-like"}


def test_a_user_names_columns_and_rows_in_place_of_what_was_understood() -> None:
    page = sheet(
        ("ID", "Question", "Score", "Answer", "Mine"),
        ("1", "Where is it?", "", "", ""),
        ("2", "Who sees it?", "", "", ""),
        ("", "A heading", "", "", ""),
    )
    said = Correction(answer="Mine", comment="C", id="none", rows=(Rows(3, 4),))
    (table,) = tables(page, wanted=(said,))
    assert table.answers == AnswerColumns(answer=4, comment=2)
    assert table.context.id is None
    assert [one.row for one in table.questions] == [3, 4]
    (table,) = tables(page, wanted=(Correction(skipped=(Rows(2, 2),)),))
    assert [one.row for one in table.questions] == [3]
    with pytest.raises(QuestionFileError, match="no column 'Nope'"):
        tables(page, wanted=(Correction(answer="Nope"),))


def test_a_user_names_the_row_of_titles_or_none() -> None:
    page = sheet(("Where was it?", "x"), ("Ask", "Say"), ("Where is it?", ""))
    (table,) = tables(page, wanted=(Correction(header=2),))
    assert (table.header, [one.row for one in table.questions]) == (2, [3])
    (table,) = tables(page, wanted=(Correction(column="A", header=0),))
    assert (table.header, [one.row for one in table.questions]) == (None, [1, 3])


def test_what_is_shown_as_json_can_be_given_back(tmp_path: Path) -> None:
    page = sheet(
        _HEAD,
        ("1", "Where is it?", "", ""),
        ("2", "Who sees it?", "", ""),
        choices=(Choice(Area(2, 2, 3, 2), YES_NO),),
    )
    found = book(page, _asking("Two", "Where are copies?"))
    plain = understood_json(found, understand(found))
    assert plain["tables"][0]["questions"][0] == {
        "row": 2, "text": "Where is it?", "id": "1", "section": "", "service": "", "category": "",
        "follows": None, "allowed": list(YES_NO), "about_residency": True, "given": "",
    }  # fmt: skip
    path = tmp_path / "tables.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    again = understand(found, read_corrections(path))
    assert again.tables == understand(found).tables
    plain["tables"][0] |= {"rows": "3", "answer": "D", "comment": "none"}
    path.write_text(json.dumps({"tables": plain["tables"][:1]}), encoding="utf-8")
    (table,) = understand(found, read_corrections(path)).tables
    assert [one.row for one in table.questions] == [3]
    assert table.answers == AnswerColumns(answer=3)


def test_corrections_of_no_use_are_named(tmp_path: Path) -> None:
    path = tmp_path / "tables.json"
    with pytest.raises(QuestionFileError, match=r"tables\.json: cannot be read"):
        read_corrections(path)
    for content in ("[]", "{", '{"tables": [1]}', '{"tables": [{"header": "x"}]}'):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(QuestionFileError, match="does not say what tables there are"):
            read_corrections(path)
    with pytest.raises(QuestionFileError, match="names no rows"):
        rows_named("5-x")
    with pytest.raises(QuestionFileError, match="has 201 spans of rows"):
        rows_named(",".join(map(str, range(201))))


def test_what_was_understood_is_told_line_by_line() -> None:
    found = book(
        sheet(
            _HEAD,
            ("1", "Is it in the EU?", "", ""),
            ("2", "If no, where?", "", ""),
            ("", "More", "", ""),
            choices=(Choice(Area(2, 2, 2, 2), YES_NO),),
        )
    )
    told = list(understood_lines(found, understand(found)))
    assert told == [
        "sheet S, column B: 2 questions in rows 2 to 3",
        "  1 of them speaks of places, transfers or retention",
        "  answer in C (Answer); comment in D (Comments); id in A (ID)",
        "  answers to choose from: Yes, No, NA",
        "  1 goes on from the question before",
        "  left alone, as no questions: row 4 (More)",
    ]
