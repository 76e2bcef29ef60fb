"""Files that give trouble, as programs write them: read and told, or refused by name."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference

from ui.errors import QuestionFileError
from ui.questionnaires.answer_columns import Answered
from ui.questionnaires.files import answered_file, read_questionnaire
from ui.questionnaires.types import Reply
from ui.questionnaires.understanding.understand_file import understand

_ENCRYPTED = Path(__file__).with_name("encrypted.xlsx")
"""A workbook of one question, encrypted by msoffcrypto-tool 6.1 with the password "secret" as Excel
2010 and later do it (ECMA-376, agile): `OOXMLFile(book).encrypt("secret", output)`."""


def test_a_workbook_with_a_password_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(_ENCRYPTED.read_bytes())
    with pytest.raises(QuestionFileError, match=r"secret\.xlsx: is protected with a password\. "):
        read_questionnaire(path)


def test_fifty_thousand_rows_are_refused_where_no_other_sheet_asks(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet("Form")
    page.append(["Question", "Answer"])
    for number in range(50_000):
        page.append([f"Where is copy {number}?", None])
    book.save(tmp_path / "long.xlsx")
    told = r"long\.xlsx: has more than 20,000 rows in sheet Form\. Divide the sheet"
    with pytest.raises(QuestionFileError, match=told):
        understand(read_questionnaire(tmp_path / "long.xlsx"))


def _charted(path: Path, form: tuple[tuple[str | None, ...], ...] = ()) -> Path:
    """Save a workbook whose first sheet is a chart and nothing else, before a form if any."""
    book = Workbook()
    picture = book.worksheets[0]
    picture.title = "Picture"
    other = book.create_sheet("Form")
    for row in form:
        other.append(row)
    chart = BarChart()
    chart.add_data(Reference(other, min_col=1, min_row=1))
    picture.add_chart(chart, "B2")
    if not form:
        book.remove(other)
    book.save(path)
    return path


def test_a_sheet_of_drawings_is_left_and_alone_refused(tmp_path: Path) -> None:
    form = (("Question", "Answer"), ("Where is it?", None), ("Who sees it?", None))
    found = understand(read_questionnaire(_charted(tmp_path / "both.xlsx", form)))
    assert [one.sheet for one in found.tables] == ["Form"]
    with pytest.raises(QuestionFileError, match=r"drawn\.xlsx: holds drawings and no text"):
        understand(read_questionnaire(_charted(tmp_path / "drawn.xlsx")))


def test_two_rows_of_titles_in_two_languages_are_one_heading_of_the_file(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (
        ("Nr.", "Frage", "Antwort", "Bemerkung"),
        ("No.", "Question", "Answer", "Comment"),
        ("1", "Werden Daten in der EU gespeichert?", None, None),
        ("2", "Beschreiben Sie die Aufbewahrung.", None, None),
    ):
        page.append(row)
    book.save(tmp_path / "two.xlsx")
    questionnaire = read_questionnaire(tmp_path / "two.xlsx")
    (table,) = understand(questionnaire).tables
    assert (table.header, [one.row for one in table.questions]) == (2, [3, 4])
    answered = Answered(table, {3: Reply("", "Ja.", "answered", ())})
    done = load_workbook(io.BytesIO(answered_file(questionnaire, (answered,)))).worksheets[0]
    assert [done.cell(row, 3).value for row in range(1, 5)] == ["Antwort", "Answer", "Ja.", None]


def test_a_formula_in_a_cell_for_an_answer_stays_and_is_told(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Question", "Answer"])
    page.append(["Where is it?", '=CONCATENATE("EU","")'])
    page.append(["Who sees it?", None])
    book.save(tmp_path / "f.xlsx")
    questionnaire = read_questionnaire(tmp_path / "f.xlsx")
    (table,) = understand(questionnaire).tables
    assert "1 cell for answers holds a formula; it is left as it is" in table.notes
    replies = {row: Reply("", "=1+1", "answered", ()) for row in (2, 3)}
    done = answered_file(questionnaire, (Answered(table, replies),))
    page = load_workbook(io.BytesIO(done)).worksheets[0]
    assert page["B2"].value == '=CONCATENATE("EU","")'
    assert page["B3"].value == "'=1+1"
