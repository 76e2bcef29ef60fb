"""PDF: numbered questions and tables are read, and answered in a workbook."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fpdf import FPDF
from openpyxl import load_workbook

from ui.errors import QuestionFileError
from ui.questionnaires.answer_columns import Answered
from ui.questionnaires.files import answered_file, read_questionnaire
from ui.questionnaires.formats.running_text import divided
from ui.questionnaires.types import Reply
from ui.questionnaires.understanding.understand_file import understand


def _form(path: Path) -> Path:
    pdf = FPDF()
    pdf.add_page()
    for text, size in (("Data location", 16), ("1.1 Where is mail stored?", 11),
                       ("1.2 Logs stay in the region. 1.3 Who sees them?", 11)):  # fmt: skip
        pdf.set_font("Helvetica", size=size, style="B" * (size > 11))
        pdf.multi_cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
    with pdf.table() as table:
        for cells in (("ID", "Question", "Answer"), ("A.1", "Where are files kept?", "")):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    path.write_bytes(bytes(pdf.output()))
    return path


def test_a_pdf_goes_in_and_a_workbook_comes_out(tmp_path: Path) -> None:
    questionnaire = read_questionnaire(_form(tmp_path / "q.pdf"))
    assert questionnaire.notes == ("a PDF is answered in a workbook with its questions",)
    text, table = understand(questionnaire).tables
    assert [(one.context.id, one.text) for one in text.questions] == [
        ("1.1", "Where is mail stored?"),
        ("1.2", "Logs stay in the region."),
        ("1.3", "Who sees them?"),
    ]
    assert {one.context.section for one in text.questions} == {"Data location"}
    answered = [
        Answered(one, {q.row: Reply("id", f"To {q.text}", "answered", ()) for q in one.questions})
        for one in (text, table)
    ]
    book = load_workbook(io.BytesIO(answered_file(questionnaire, answered)))
    assert book.sheetnames == ["Text", "Table 1", "Sources"]
    row = text.questions[0].row
    assert [cell.value for cell in book["Text"][row]][:5] == [
        "1.1", "Where is mail stored?", "Data location", "To Where is mail stored?", "answered",
    ]  # fmt: skip
    assert book["Table 1"]["C2"].value == "To Where are files kept?"


def test_a_pdf_of_no_use_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "q.pdf"
    path.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(QuestionFileError, match=r"q\.pdf: "):
        read_questionnaire(path)


def test_any_number_of_questions_may_be_run_together() -> None:
    text = " ".join(f"{number}. Where is copy {number}?" for number in range(1, 5_000))
    parts = divided(text)
    assert len(parts) == 4_999
    assert parts[-1] == "4999. Where is copy 4999?"
