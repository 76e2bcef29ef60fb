"""Workbooks and documents of questions are opened in a process of their own, within bounds."""

from __future__ import annotations

import io
import os
import socket
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from corpus.formats import Unusable, converter_process, work_apart
from ui.errors import QuestionFileError
from ui.questionnaires.answer_columns import Answered
from ui.questionnaires.files import answered_file, read_questionnaire
from ui.questionnaires.types import Reply
from ui.questionnaires.understanding.understand_file import understand

_HAND = "tests.fakes.hand_work"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_OVERRIDE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def _work(name: str, request: str = "", content: bytes = b"") -> bytes:
    return work_apart(f"{_HAND}:{name}", request, content)


def _book(path: Path) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    for row in (("Question", "Answer"), ("Where is it?", None), ("Who sees it?", None)):
        page.append(row)
    book.save(path)
    return path


def _document(path: Path) -> Path:
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for row in (("Question", "Answer"), ("Where is it?", ""), ("Who sees it?", "")):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def _with_part(path: Path, name: str, body: bytes) -> Path:
    """Put a part in the place of one of that name."""
    with zipfile.ZipFile(path) as source:
        parts = {one: source.read(one) for one in source.namelist()} | {name: body}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for one, content in parts.items():
            written.writestr(one, content)
    return path


# --- The process ----------------------------------------------------------------------------------


def test_what_is_sent_comes_back_from_another_process() -> None:
    content = bytes(range(256)) * 1000
    assert _work("reversed_bytes", "Zürich", content) == "Zürich".encode() + content[::-1]
    assert int(_work("own_number")) != os.getpid()


def test_the_process_has_no_network_no_files_to_write_and_no_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESIDENCY_PROBE_KEY", "secret")
    converter_process.stop()
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as line,
        pytest.raises(Unusable, match=r"PermissionError.*may not use socket"),
    ):
        _work("connect", str(line.getsockname()[1]))
    with pytest.raises(Unusable, match="File too large"):
        _work("write", str(tmp_path / "x"))
    names = _work("keys").decode().split()
    assert "PYTHONPATH" in names
    assert not any(name.startswith("RESIDENCY") for name in names)


def test_memory_and_time_have_an_end_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unusable, match="needs too much memory"):
        _work("fill")
    monkeypatch.setattr(converter_process, "HAND_SECONDS", 1.0)
    began = time.monotonic()
    with pytest.raises(Unusable, match="took longer than 1 seconds"):
        _work("wait")
    assert time.monotonic() - began < 15
    monkeypatch.undo()
    assert len(read_questionnaire(_book(tmp_path / "q.xlsx")).sheets) == 1


def test_a_file_waits_for_others_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter_process, "_PATIENCE_S", 0.1)
    with converter_process._working, pytest.raises(Unusable, match="waits for other files"):
        _work("own_number")
    assert _work("own_number")


@pytest.mark.parametrize(("name", "make"), [("q.xlsx", _book), ("q.docx", _document)])
def test_no_archive_is_opened_in_the_process_of_who_asks(
    name: str, make: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / name)

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("an archive was opened here")

    monkeypatch.setattr(zipfile, "ZipFile", opened)
    questionnaire = read_questionnaire(path)
    (table,) = understand(questionnaire).tables
    replies = {one.row: Reply("", "In Oslo.", "answered", ()) for one in table.questions}
    content = answered_file(questionnaire, (Answered(table, replies),))
    monkeypatch.undo()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert any(b"In Oslo." in archive.read(name) for name in archive.namelist())


# --- The bounds -----------------------------------------------------------------------------------


def _sheet(rows: bytes) -> bytes:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>"


def _cells() -> bytes:
    return _sheet(b"<row>" + b"<c/>" * 2_000_001 + b"</row>")


def _prefixed_cells() -> bytes:
    sheet = f'<x:worksheet xmlns:x="{_MAIN}"><x:sheetData><x:row>'.encode() + b"<x:c/>" * 2_000_001
    return sheet + b"</x:row></x:sheetData></x:worksheet>"


def _texts() -> bytes:
    return f'<sst xmlns="{_MAIN}">'.encode() + b"<si/>" * 500_001 + b"</sst>"


def _styles() -> bytes:
    before = f'<styleSheet xmlns="{_MAIN}"><cellXfs>'.encode()
    return before + b"<xf/>" * 65_491 + b"</cellXfs></styleSheet>"


@pytest.mark.parametrize(
    ("part", "make", "told"),
    [
        ("xl/worksheets/sheet1.xml", _cells, "2,000,000 cells"),
        ("xl/worksheets/sheet1.xml", _prefixed_cells, "2,000,000 cells"),
        ("xl/sharedStrings.xml", _texts, "500,000 shared texts"),
        ("xl/styles.xml", _styles, "65,490 styles"),
    ],
)
def test_a_workbook_of_too_much_is_refused_by_name(
    part: str, make: Callable[[], bytes], told: str, tmp_path: Path
) -> None:
    path = _with_part(_book(tmp_path / "q.xlsx"), part, make())
    with pytest.raises(QuestionFileError, match=rf"q\.xlsx: has more than {told}\. "):
        read_questionnaire(path)


def test_one_text_in_very_many_cells_is_refused(tmp_path: Path) -> None:
    path = _book(tmp_path / "q.xlsx")
    texts = f'<sst xmlns="{_MAIN}"><si><t>{"a" * 30_000}</t></si></sst>'.encode()
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"
    _with_part(path, "xl/sharedStrings.xml", texts)
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml").replace(b"</Types>", _OVERRIDE + b"</Types>")
    _with_part(path, "[Content_Types].xml", types)
    _with_part(path, "xl/worksheets/sheet1.xml", _sheet(row * 6))
    assert len(read_questionnaire(path).sheets[0].rows) == 6
    _with_part(path, "xl/worksheets/sheet1.xml", _sheet(row * 7))
    with pytest.raises(QuestionFileError, match=r"q\.xlsx: has 21,000,000 characters of text"):
        read_questionnaire(path)


def test_a_table_of_very_many_columns_is_refused(tmp_path: Path) -> None:
    path = _document(tmp_path / "q.docx")
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml")
    wide = body.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="100000"/>')
    assert wide != body
    _with_part(path, "word/document.xml", wide)
    with pytest.raises(QuestionFileError, match=r"q\.docx: has more than 512 columns in a table"):
        read_questionnaire(path)


def test_more_than_is_believed_of_a_reply_is_not_read() -> None:
    head = (2**40).to_bytes(8) + (0).to_bytes(8)
    with pytest.raises(EOFError):
        converter_process.receive(io.BytesIO(head + b"{}"))


def test_a_row_of_any_number_ends_the_sheet(tmp_path: Path) -> None:
    rows = b'<row r="1"><c t="inlineStr"><is><t>Where is it?</t></is></c></row>'
    far = b'<row r="999999999999"><c t="inlineStr"><is><t>Who?</t></is></c></row>'
    path = _with_part(_book(tmp_path / "q.xlsx"), "xl/worksheets/sheet1.xml", _sheet(rows + far))
    began = time.monotonic()
    (sheet,) = read_questionnaire(path).sheets
    assert [row.cells for row in sheet.rows] == [("Where is it?",)]
    assert time.monotonic() - began < 30


def test_a_file_that_the_server_answers_is_checked_again(tmp_path: Path) -> None:
    """It may have been another one when it was read."""
    path = _book(tmp_path / "q.xlsx")
    questionnaire = read_questionnaire(path)
    (table,) = understand(questionnaire).tables
    body = b'<!DOCTYPE x [<!ENTITY e "f">]><sst>&e;</sst>'
    _with_part(path, "xl/sharedStrings.xml", body)
    replies = {2: Reply("", "In Oslo.", "answered", ())}
    with pytest.raises(QuestionFileError, match="declares entities"):
        answered_file(questionnaire, (Answered(table, replies),))
