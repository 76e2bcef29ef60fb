"""The customer's own columns are filled, the sources have a sheet, and the rest stays."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from assistant.types import Citation
from tests.ui.questionnaires.makers import parts, questionnaire_book, repacked, saved
from tests.ui.questionnaires.shapes import listed, with_own_columns
from ui.questionnaires.answer_columns import Answered
from ui.questionnaires.files import answered_file, read_questionnaire
from ui.questionnaires.types import CORRECTED, Questionnaire, Reply, Selection
from ui.questionnaires.understanding.understand_file import understand

_CITED = Citation(1, "doc", "A title", "One > Two", "it is so", 0, 8, "", date(2024, 5, 1))


def _reply(row: int, value: str = "", verdict: str = "answered", correction: str = "") -> Reply:
    text = f"Text {row} [1], and more [2]."
    return Reply(f"id-{row}", text, verdict, (_CITED,), correction=correction, value=value)


def _read(path: Path) -> tuple[Questionnaire, tuple[Selection, ...]]:
    questionnaire = read_questionnaire(path)
    return questionnaire, understand(questionnaire).tables


def _answered(path: Path, replies: dict[int, Reply]) -> bytes:
    questionnaire, (table,) = _read(path)
    return answered_file(questionnaire, (Answered(table, replies),))


def test_own_columns_take_values_words_and_evidence_and_what_stands_there_stays(
    tmp_path: Path,
) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    replies = {2: _reply(2, "Yes"), 3: _reply(3), 4: _reply(4, "No"), 5: _reply(5, "Yes")}
    page = load_workbook(io.BytesIO(_answered(path, replies)))["Vendor's"]
    told = [[page.cell(row, column).value for column in range(3, 7)] for row in range(2, 6)]
    assert told == [
        ["Yes", "Text 2, and more.", "A title, One > Two", None],
        ["Text 3, and more.", None, "A title, One > Two", None],
        ["No", "=1+1", "A title, One > Two", None],
        ["No", None, None, None],
    ]
    assert page["D2"].alignment.wrap_text


def test_a_value_that_is_not_allowed_is_not_written(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    page = load_workbook(io.BytesIO(_answered(path, {2: _reply(2, "Maybe")})))["Vendor's"]
    assert (page["C2"].value, page["D2"].value) == (None, "Text 2, and more.")


def test_an_approved_answer_brings_the_value_that_it_opens_with(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    replies = {
        2: replace(_reply(2), approved_text="Yes. In Norway."),
        3: replace(_reply(3), approved_text="No data leaves."),
        4: replace(_reply(4), approved_text="No data leaves."),
    }
    page = load_workbook(io.BytesIO(_answered(path, replies)))["Vendor's"]
    assert (page["C2"].value, page["D2"].value) == ("Yes", "Yes. In Norway.")
    assert page["C4"].value is None


def test_what_is_not_proved_stands_in_no_column_of_the_customer(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    replies = {2: _reply(2, verdict="abstained"), 3: _reply(3, correction="=Mine")}
    book = load_workbook(io.BytesIO(_answered(path, replies)))
    page = book["Vendor's"]
    assert [page[name].value for name in ("C2", "D2", "E2")] == [None] * 3
    assert [page[name].value for name in ("C3", "D3", "E3")] == ["'=Mine", None, None]
    told = [[cell.value for cell in row[3:6]] for row in book["Sources"].iter_rows(min_row=2)]
    text = "Text {} [1], and more [2]."
    assert told == [
        [text.format(2), None, "abstained"],
        [text.format(3), "'=Mine", CORRECTED],
    ]


def test_each_source_has_a_row_that_links_back_to_its_question(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    book = load_workbook(io.BytesIO(_answered(path, {2: _reply(2), 5: _reply(5)})))
    page = book["Sources"]
    assert book.sheetnames == ["Vendor's", "Sources"]
    assert [cell.value for cell in page[2]] == [
        "Vendor's 2", "A-1", "Is mail stored in the EU?", "Text 2 [1], and more [2].", "answered",
        "id-2", "[1] A title (doc)", "2024-05-01", "One > Two", "it is so",
    ]  # fmt: skip
    links = [page.cell(row, 1).hyperlink for row in (2, 3)]
    assert [link.location for link in links if link] == ["'Vendor''s'!B2", "'Vendor''s'!B5"]


def test_a_sheet_of_the_name_of_ours_stays_and_ours_has_another(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    book = load_workbook(path)
    book.create_sheet("sources")["A1"] = "mine"
    book.save(path)
    again = load_workbook(io.BytesIO(_answered(path, {2: _reply(2)})))
    assert again.sheetnames == ["Vendor's", "sources", "Sources (2)"]
    assert again["sources"]["A1"].value == "mine"


def test_lists_are_read_wherever_their_values_stand(tmp_path: Path) -> None:
    made = Workbook()
    page = made.active
    assert page is not None
    page.append(["Question", "Answer"])
    for number in range(4):
        page.append([f"Where is data of kind {number} kept?"])
    values = made.create_sheet("My Lists")
    for row, value in enumerate(("Yes", "No", "N/A"), 1):
        values.cell(row, 2, value)
    made.defined_names["Three"] = DefinedName("Three", attr_text="'My Lists'!$B$1:$B$3")
    listed(page, "'My Lists'!$B$1:$B$2", "B2")
    listed(page, "Three", "B3")
    listed(page, '"A, B"', "B4")
    listed(page, "INDIRECT(A1)", "B5")
    made.save(tmp_path / "q.xlsx")
    questionnaire, (table,) = _read(tmp_path / "q.xlsx")
    assert [one.allowed for one in table.questions] == [
        ("Yes", "No"), ("Yes", "No", "N/A"), ("A", "B"), (),
    ]  # fmt: skip
    assert [one.name for one in questionnaire.sheets if one.lists] == ["My Lists"]


def test_the_newer_form_of_lists_is_read(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "q.xlsx")
    name = "xl/worksheets/sheet1.xml"
    body = parts(path)[name].decode()
    start, end = body.index("<dataValidations"), body.index("</dataValidations>")
    newer = (
        '<extLst><ext xmlns:x="urn:x" uri="{C}"><x:dataValidations><x:dataValidation type="list">'
        '<x:formula1><m:f xmlns:m="urn:m">"Ja,Nein"</m:f></x:formula1>'
        '<m:sqref xmlns:m="urn:m">C2:C3</m:sqref></x:dataValidation></x:dataValidations></ext>'
        "</extLst>"
    )
    body = body[:start] + body[end + len("</dataValidations>") :]
    repacked(path, {name: body.replace("</worksheet>", newer + "</worksheet>").encode()})
    _, (table,) = _read(path)
    assert [one.allowed for one in table.questions] == [("Ja", "Nein")] * 2 + [()] * 2


def test_tables_below_each_other_share_their_added_columns(tmp_path: Path) -> None:
    made = Workbook()
    page = made.active
    assert page is not None
    for row in (["Question", "Weight"], ["Where is it?", 1], [], ["Question", "Date", "Owner"],
                ["Who sees it?", "x", "y"]):  # fmt: skip
        page.append(row)
    made.save(tmp_path / "q.xlsx")
    questionnaire, found = _read(tmp_path / "q.xlsx")
    replies = [Answered(one, {q.row: _reply(q.row) for q in one.questions}) for one in found]
    after = load_workbook(io.BytesIO(answered_file(questionnaire, replies))).worksheets[0]
    assert [after.cell(row, 4).value for row in (1, 2, 5)] == [
        "Answer", "Text 2 [1], and more [2].", "Text 5 [1], and more [2].",
    ]  # fmt: skip


def test_an_answer_that_several_rows_share_is_written_once(tmp_path: Path) -> None:
    made = Workbook()
    page = made.active
    assert page is not None
    for row in (["Question", "Answer"], ["Where is it?"], ["Since when is it there?"]):
        page.append(row)
    page.merge_cells("B2:B3")
    made.save(tmp_path / "q.xlsx")
    content = _answered(tmp_path / "q.xlsx", {2: _reply(2), 3: _reply(3)})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "Text 2" in body
    assert "Text 3" not in body


def test_macros_links_and_drawings_stay_and_are_told(tmp_path: Path) -> None:
    path = saved(questionnaire_book(), tmp_path / "q.xlsm")
    repacked(path, {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<x/>"})
    questionnaire, (table,) = _read(path)
    assert [note.split()[1] for note in questionnaire.notes] == ["macros", "to"]
    replies = {one.row: _reply(one.row) for one in table.questions}
    content = answered_file(questionnaire, (Answered(table, replies),))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        after = {name: archive.read(name) for name in archive.namelist()}
    kept = ("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/charts/chart1.xml")
    assert all(after[name] == parts(path)[name] for name in kept)


def test_a_sheet_of_too_many_rows_is_left_and_named(tmp_path: Path) -> None:
    made = Workbook(write_only=True)
    page = made.create_sheet("Form")
    page.append(["Question", "Answer"])
    page.append(["Where is it?", None])
    long = made.create_sheet("Data")
    for number in range(20_001):
        long.append([number])
    made.save(tmp_path / "q.xlsx")
    questionnaire, (table,) = _read(tmp_path / "q.xlsx")
    assert questionnaire.notes == ("sheet Data has more than 20,000 rows and is left alone",)
    assert table.sheet == "Form"


def test_own_cells_of_csv_are_filled_and_the_others_stay_as_they_are_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "q.csv"
    path.write_text(
        'Ref,Question,Answer,"Remarks"\r\n"1","Where, ""is"" it?",,""\r\n2,Who sees it?\r\n'
        "3,When?,Here,\r\n",
        encoding="utf-8",
        newline="",
    )
    lines = _answered(path, {2: _reply(2), 3: _reply(3), 4: _reply(4)}).decode().split("\r\n")
    assert lines[0] == 'Ref,Question,Answer,"Remarks",Verdict,Citations,Answer id'
    assert lines[1].startswith('"1","Where, ""is"" it?","Text 2, and more.","",answered,')
    assert lines[2].startswith('2,Who sees it?,"Text 3, and more.",,answered,')
    assert lines[3].startswith("3,When?,Here,,answered,")
