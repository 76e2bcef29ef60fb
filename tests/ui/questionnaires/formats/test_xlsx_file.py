"""Workbooks: answers beside the questions, every other part byte for byte, bad ones by name."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.ui.questionnaires.makers import (
    QUESTIONS,
    cells,
    parts,
    questionnaire_book,
    repacked,
    saved,
)
from ui.errors import QuestionFileError
from ui.questionnaires.answer_columns import Answered
from ui.questionnaires.files import answered_file, read_questionnaire
from ui.questionnaires.find_questions import select
from ui.questionnaires.types import Reply

_SHEET = "xl/worksheets/sheet1.xml"


def _sheet_of(rows: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b"<worksheet xmlns='%s'><sheetData>%s</sheetData></worksheet>" % (space, rows)


def _answered(path: Path, **options: str) -> Path:
    questionnaire = read_questionnaire(path)
    selection = select(questionnaire, **options)
    replies = {
        one.row: Reply(f"id-{one.row}", f"Answer {one.row}", "answered", ())
        for one in selection.questions
    }
    target = path.with_name(f"answered-{path.name}")
    target.write_bytes(answered_file(questionnaire, (Answered(selection, replies),)))
    return target


def test_only_the_sheet_changes_and_in_it_only_the_added_cells(tmp_path: Path) -> None:
    path = saved(questionnaire_book(), tmp_path / "q.xlsx")
    target = _answered(path)
    before, after = parts(path), parts(target)
    assert list(before) == list(after)[:-1]
    assert list(after)[-1] == "xl/worksheets/sheet3.xml"
    # The sheet of sources is told to the book; a style that wraps stands behind the others.
    assert {name for name in before if before[name] != after[name]} == {
        _SHEET, "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
    }  # fmt: skip
    old, new = load_workbook(path)["Security"], load_workbook(target)["Security"]
    added = cells(new).keys() - cells(old).keys()
    assert {name: cells(new)[name] for name in cells(old)} == cells(old)
    assert {name[0] for name in added} == set("FGH")
    assert len([name for name in added if name[0] == "F"]) == len(QUESTIONS) + 1
    assert new.merged_cells.ranges == old.merged_cells.ranges
    assert new.row_dimensions[5].hidden
    assert new.column_dimensions["B"].width == 60
    assert [one.sqref for one in new.data_validations.dataValidation] == [
        one.sqref for one in old.data_validations.dataValidation
    ]


def test_titles_stand_in_the_row_of_titles_and_look_like_them(tmp_path: Path) -> None:
    page = load_workbook(_answered(saved(questionnaire_book(), tmp_path / "q.xlsx")))["Security"]
    assert [page.cell(2, n).value for n in range(6, 10)] == ["Answer", "Verdict", "Answer id", None]
    assert page["F2"].font.bold
    assert page["F4"].alignment.wrap_text
    assert page["F4"].value == "Answer 4"


def test_free_columns_right_beside_the_question_are_used(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Question", *[None] * 6, "Note"])
    page.append(["Where is it?", *[None] * 6, "x"])
    book.save(tmp_path / "q.xlsx")
    after = load_workbook(_answered(tmp_path / "q.xlsx")).active
    assert after is not None
    assert [cell.value for cell in after[2]] == [
        "Where is it?", "Answer 2", "answered", "id-2", None, None, None, "x",
    ]  # fmt: skip


def test_cells_that_do_not_say_where_they_are_keep_their_place(tmp_path: Path) -> None:
    path = saved(questionnaire_book(), tmp_path / "q.xlsx")
    rows = (
        b"<row><c t='inlineStr'><is><t>Question</t></is></c>"
        b"<c r='H1' t='inlineStr'><is><t>far</t></is></c></row>"
        b"<row><c t='inlineStr'><is><t>Where?</t></is></c></row>"
    )
    repacked(path, {_SHEET: _sheet_of(rows)})
    page = load_workbook(_answered(path))["Security"]
    assert [cell.value for cell in page[2]][:2] == ["Where?", "Answer 2"]
    assert page["H1"].value == "far"


def test_a_question_that_a_formula_makes_is_read_as_it_was_last_seen(tmp_path: Path) -> None:
    path = saved(questionnaire_book(("Where is it?",)), tmp_path / "q.xlsx")
    body = parts(path)[_SHEET].decode()
    at = body.index('r="B4"')
    start, end = body.rindex("<c ", 0, at), body.index("</c>", at) + 4
    cell = '<c r="B4" t="str"><f>"Where "&amp;"else?"</f><v>Where else?</v></c>'
    repacked(path, {_SHEET: (body[:start] + cell + body[end:]).encode()})
    selection = select(read_questionnaire(path), sheet="Security")
    assert [one.text for one in selection.questions] == ["Where else?"]
    page = load_workbook(_answered(path, sheet="Security"))["Security"]
    assert page["B4"].value == '="Where "&"else?"'


def test_macros_stay_and_a_signature_is_said_to_be_lost(tmp_path: Path) -> None:
    path = saved(questionnaire_book(), tmp_path / "q.xlsx")
    repacked(path, {"xl/vbaProject.bin": b"macro", "_xmlsignatures/sig1.xml": b"<s/>"})
    assert "signature" in read_questionnaire(path).notes[0]
    assert parts(_answered(path))["xl/vbaProject.bin"] == b"macro"


def test_control_characters_and_escapes_of_an_answer_stay_text(tmp_path: Path) -> None:
    path = saved(questionnaire_book(("Where is it?",)), tmp_path / "q.xlsx")
    questionnaire = read_questionnaire(path)
    selection = select(questionnaire, sheet="Security")
    text = "=1+1 \x0b\ufffe _x0041_ <b>\n2"
    replies = {4: Reply("", text, "answered", ())}
    content = answered_file(questionnaire, (Answered(selection, replies),))
    page = load_workbook(io.BytesIO(content))["Security"]
    assert page["F4"].data_type == "s"
    assert str(page["F4"].value).startswith("'=1+1 \ufffd\ufffd _x")
    assert "_x005F_x0041_" in str(page["F4"].value) or "_x0041_" in str(page["F4"].value)


def test_what_is_no_workbook_is_refused_by_name(tmp_path: Path) -> None:
    good = saved(questionnaire_book(), tmp_path / "good.xlsx")
    whole = good.read_bytes()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for name, content, cause in (
        ("old.xlsx", ole + b"Workbook", "old format"),
        ("secret.xlsx", ole + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("page.xlsx", b"<html><table></table></html>", "a web page"),
        ("text.xlsx", b"id,question\n1,Where?\n", "no workbook but text"),
        ("cut.xlsx", whole[: len(whole) // 2], "damaged"),
        ("empty.xlsx", b"", "no workbook"),
        ("book.csv", whole, "is a workbook"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(QuestionFileError, match=cause) as raised:
            read_questionnaire(tmp_path / name)
        assert name in str(raised.value)
    with pytest.raises(QuestionFileError, match="not a file of questions"):
        read_questionnaire(tmp_path / "old.xls")


def test_another_archive_and_a_strict_workbook_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(QuestionFileError, match="no workbook of Excel"):
        read_questionnaire(tmp_path / "a.xlsx")
    path = saved(questionnaire_book(), tmp_path / "s.xlsx")
    book = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
    with pytest.raises(QuestionFileError, match="strict"):
        read_questionnaire(repacked(path, {"xl/workbook.xml": book}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_read(tmp_path: Path, encoding: str) -> None:
    path = saved(questionnaire_book(), tmp_path / "q.xlsx")
    body = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
    with pytest.raises(QuestionFileError, match="declares entities"):
        read_questionnaire(repacked(path, {"xl/sharedStrings.xml": body.encode(encoding)}))


def test_an_archive_that_grows_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = saved(questionnaire_book(), tmp_path / "q.xlsx")
    repacked(path, {"xl/sharedStrings.xml": b" " * (40 * 2**20)})
    assert path.stat().st_size < 2**20
    with pytest.raises(QuestionFileError, match="grows from"):
        read_questionnaire(path)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    with path.open("wb") as handle:
        handle.truncate(50 * 2**20)
    with pytest.raises(QuestionFileError, match=r"50\.0 MB, the limit is 25"):
        read_questionnaire(path)


def test_a_sheet_of_far_cells_is_read_in_no_time(tmp_path: Path) -> None:
    path = saved(questionnaire_book(), tmp_path / "q.xlsx")
    far = b"<row r='1048576'><c r='XFD1048576' t='inlineStr'><is><t>x?</t></is></c></row>"
    near = b"<row r='1'><c r='A1' t='inlineStr'><is><t>Where is it?</t></is></c></row>"
    repacked(path, {_SHEET: _sheet_of(near + far)})
    selection = select(read_questionnaire(path), sheet="Security")
    assert [one.text for one in selection.questions] == ["Where is it?"]


@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_with_broken_bytes_is_read_or_refused_by_name(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = saved(questionnaire_book(QUESTIONS[:3]), tmp_path / "q.xlsx")
    if seed % 2:
        name, body = chance.choice([*parts(path).items()])
        broken = bytearray(body)
        for _ in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        repacked(path, {name: bytes(broken)})
    else:
        broken = bytearray(path.read_bytes())
        for _ in range(chance.randint(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(broken)
    told = "q.xlsx"
    try:
        _answered(path)
    except QuestionFileError as error:
        told = str(error)
    assert "q.xlsx" in told
