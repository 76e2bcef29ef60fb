"""Documents of Word: tables and running text are read, answered in place, and nothing else."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.types import Citation
from tests.ui.questionnaires.makers import parts, repacked
from ui.errors import QuestionFileError
from ui.questionnaires.answer_columns import Answered
from ui.questionnaires.files import answered_file, read_questionnaire
from ui.questionnaires.types import AnswerColumns, Reply, RowContext
from ui.questionnaires.understanding.understand_file import understand
from ui.questionnaires.understood_text import understood_lines

_TEXT = "word/document.xml"
_CITED = Citation(1, "doc", "A title", "One > Two", "it is so", 0, 8, "", date(2024, 5, 1))
_CONTROL = (
    f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/><w:dropDownList>"
    '<w:listItem w:displayText="Choose an item."/>'
    '<w:listItem w:displayText="Yes" w:value="1"/><w:listItem w:displayText="No" w:value="2"/>'
    "</w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val='Placeholder'/></w:rPr>"
    "<w:t>Choose an item.</w:t></w:r></w:sdtContent></w:sdt>"
)


def _with_tables(path: Path) -> Path:
    document = Document()
    document.add_heading("Assessment", 0)
    document.add_paragraph("Please answer all of the questions below. Questions?")
    table = document.add_table(rows=0, cols=4)
    for cells in (
        ("No.", "Question", "Answer", "Comments"),
        ("Hosting", "", "", ""),
        ("1", "Is mail stored in the EU?", "", ""),
        ("2", "Describe how long logs are kept.", "", ""),
        ("3", "Who sees them?", "Nobody", ""),
    ):
        row = table.add_row().cells
        for cell, text in zip(row, cells, strict=True):
            cell.text = text
    table.rows[1].cells[0].merge(table.rows[1].cells[3])
    table.rows[2].cells[2].paragraphs[0]._p.append(parse_xml(_CONTROL))
    document.save(str(path))
    return path


def _with_text(path: Path) -> Path:
    document = Document()
    document.add_heading("Location", 1)
    document.add_paragraph("1.1 Where is mail stored?")
    document.add_paragraph("")
    document.add_paragraph("1.2 Customer data stays in the region.")
    document.add_heading("Retention", 1)
    document.add_paragraph("Describe how long logs are kept.", style="List Number")
    document.add_paragraph("If so, where are they kept?", style="List Number")
    document.add_paragraph("Signed by the supplier in the name of all.")
    document.save(str(path))
    return path


def _answered(path: Path) -> bytes:
    questionnaire = read_questionnaire(path)
    tables = [
        Answered(
            table,
            {
                one.row: Reply(f"id-{one.row}", f"Text {one.row} [1].", "answered", (_CITED,),
                               value=one.allowed[0] if one.allowed else "")
                for one in table.questions
            },
        )
        for table in understand(questionnaire).tables
    ]  # fmt: skip
    return answered_file(questionnaire, tables)


def test_a_table_is_read_with_its_columns_headings_and_lists(tmp_path: Path) -> None:
    questionnaire = read_questionnaire(_with_tables(tmp_path / "q.docx"))
    (table,) = understand(questionnaire).tables
    assert (table.sheet, table.column, table.header) == ("Table 1", 1, 1)
    assert table.answers == AnswerColumns(answer=2, comment=3)
    assert [(one.row, one.allowed, one.given) for one in table.questions] == [
        (3, ("Yes", "No"), ""), (4, (), ""), (5, (), "Nobody"),
    ]  # fmt: skip
    assert table.questions[0].context == RowContext("1", "Hosting")


def test_answers_stand_in_the_empty_cells_and_sources_at_the_end(tmp_path: Path) -> None:
    path = _with_tables(tmp_path / "q.docx")
    content = _answered(path)
    document = Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells[2:]] for row in document.tables[0].rows[3:]]
    assert rows == [["Text 4.", ""], ["Nobody", ""]]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        after = {name: archive.read(name) for name in archive.namelist()}
    before = parts(path)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [_TEXT]
    body = after[_TEXT].decode()
    assert '<w:t xml:space="preserve">Yes</w:t>' in body
    assert "showingPlcHdr" not in body
    assert "Choose an item.</w:t>" not in body
    assert document.paragraphs[-4].text == "Sources"
    assert "Quotation: it is so" in document.paragraphs[-1].text


def test_running_text_is_read_by_its_numbers_and_headings(tmp_path: Path) -> None:
    questionnaire = read_questionnaire(_with_text(tmp_path / "q.docx"))
    (table,) = understand(questionnaire).tables
    told = list(understood_lines(questionnaire, understand(questionnaire)))
    assert "  no column for answers; they follow their questions" in told
    assert [(one.row, one.text) for one in table.questions] == [
        (2, "Where is mail stored?"),
        (4, "Customer data stays in the region."),
        (6, "Describe how long logs are kept."),
        (7, "If so, where are they kept?"),
    ]
    assert [one.context for one in table.questions] == [
        RowContext("1.1", "Location"),
        RowContext("1.2", "Location"),
        RowContext("1", "Retention"),
        RowContext("2", "Retention", follows=6),
    ]


def test_answers_follow_their_questions_and_use_the_line_that_waits(tmp_path: Path) -> None:
    path = _with_text(tmp_path / "q.docx")
    told = [one.text for one in Document(io.BytesIO(_answered(path))).paragraphs]
    assert told[:11] == [
        "Location", "1.1 Where is mail stored?", "Text 2.",
        "1.2 Customer data stays in the region.", "Text 4.", "Retention",
        "Describe how long logs are kept.", "Text 6.",
        "If so, where are they kept?", "Text 7.", "Signed by the supplier in the name of all.",
    ]  # fmt: skip
    assert told[11] == "Sources"


def test_where_no_column_takes_answers_they_stand_below_the_question(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=0, cols=1)
    for text in ("Question", "Where is it?", "Who sees it?"):
        table.add_row().cells[0].text = text
    document.save(str(tmp_path / "q.docx"))
    after = Document(io.BytesIO(_answered(tmp_path / "q.docx"))).tables[0]
    assert [row.cells[0].text for row in after.rows] == [
        "Question", "Where is it?\nText 2.", "Who sees it?\nText 3.",
    ]  # fmt: skip


def test_what_is_no_document_is_refused_by_name(tmp_path: Path) -> None:
    good = _with_tables(tmp_path / "good.docx")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for content, cause in (
        (ole + b"Word", r"old format of Word \(\.doc\)"),
        (ole + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"Where is it?", "no document but text"),
        (good.read_bytes()[:900], "no document, or is damaged"),
    ):
        path = tmp_path / "bad.docx"
        path.write_bytes(content)
        with pytest.raises(QuestionFileError, match=cause):
            read_questionnaire(path)
    for body in (b"<w", b"<a/>"):
        with pytest.raises(QuestionFileError, match="damaged"):
            read_questionnaire(repacked(good, {_TEXT: body}))


@pytest.mark.parametrize("seed", range(20))
def test_a_document_with_broken_bytes_is_answered_or_refused_by_name(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    path = _with_tables(tmp_path / "q.docx")
    name = chance.choice([_TEXT, "word/styles.xml", "[Content_Types].xml"])
    broken = bytearray(parts(path)[name])
    for _ in range(chance.randint(1, 6)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    repacked(path, {name: bytes(broken)})
    told = "q.docx"
    try:
        _answered(path)
    except QuestionFileError as error:
        told = str(error)
    assert "q.docx" in told
