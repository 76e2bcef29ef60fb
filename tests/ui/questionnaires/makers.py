"""Files of questions to try things on, and an assistant that answers with the question."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.errors import QuestionError
from assistant.triage import Assessed, Triage, Triaged
from assistant.types import Answer, Asking, Citation, Profile, Verdict

QUESTIONS = (
    "Which regions does Intune store data in?",
    "How long are Intune audit logs kept?",
    "Are public folders supported in a Multi-Geo organization?",
    "Where is mailbox content kept for a tenant in Norway?",
    "Where does multi-factor authentication data of Japanese customers go?",
    "Where does Customer Service Insights keep data?",
    "Which Azure AD data leaves Europe?",
    "Does Intune process personal data with certified systems?",
    "What is the price of a licence?",
    "Can data be moved to another region?",
)


class Echo:
    """Answers with the question and one citation; does as it is told before each answer."""

    def __init__(self, before: Callable[[int], None] = lambda count: None) -> None:
        self.asked: list[tuple[str, Profile | None]] = []
        self.before = before

    def ask(
        self,
        question: str,
        *,
        thread: str | None = None,
        owner: str | None = None,
        profile: Profile | None = None,
        clarify: bool = True,
        keep: bool = False,
    ) -> Answer:
        assert not clarify
        self.before(len(self.asked))
        if "unanswerable" in question:
            raise QuestionError("the question has no words")
        self.asked.append((question, profile))
        quote = Citation(1, "doc", "A title", "One > Two", "=it is so", 0, 9, "", date(2024, 5, 1))
        return Answer(
            f"answer-{len(self.asked)}", question, question, Verdict.ANSWERED, (quote,), (), (), (),
            "structured", "build", 1.0,
        )  # fmt: skip

    def assess(self, asking: Asking, allowed: Sequence[str] = ()) -> Assessed:
        answer = self.ask(
            asking.question, thread=asking.thread, owner=asking.owner, profile=asking.profile,
            clarify=asking.clarify, keep=asking.keep,
        )  # fmt: skip
        return Assessed(answer, Triaged(Triage.ANSWERED, 0.9, allowed[0] if allowed else ""))


def questionnaire_book(questions: tuple[str, ...] = QUESTIONS) -> Workbook:
    """A workbook as customers send them: titles, sections, answers wanted, a chart, a formula."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Security"
    page.append(["Vendor security questionnaire 2026, the full version"])
    page.merge_cells("A1:E1")
    page.append(["No", "Question", "Response", "Date", "Weight"])
    page["B2"].font = Font(bold=True)
    for number, question in enumerate(questions, 1):
        if number % 5 == 1:
            page.append([f"Section {number // 5 + 1}: data location and residency of all data"])
        page.append([number, question, None, date(2026, 1, number), number / 2])
        page.cell(page.max_row, 2).alignment = Alignment(wrap_text=True)
    page.column_dimensions["B"].width = 60
    page.row_dimensions[5].hidden = True
    choice = DataValidation(type="list", formula1='"Yes,No"')
    page.add_data_validation(choice)
    choice.add("C3:C40")
    notes = book.create_sheet("Notes")
    notes.append(["Why?"])
    notes["A2"] = "=COUNTA(Security!B:B)"
    chart = BarChart()
    chart.add_data(Reference(page, min_col=5, min_row=3, max_row=6))
    notes.add_chart(chart, "C3")
    return book


def saved(book: Workbook, path: Path) -> Path:
    """Save a workbook with a part that openpyxl does not keep."""
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/picture.bin", bytes(range(256)) * 9)
    return path


def parts(path: Path) -> dict[str, bytes]:
    """The content of every part of an archive."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(path: Path, changes: dict[str, bytes]) -> Path:
    """Put other content into parts of an archive."""
    content = parts(path) | changes
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in content.items():
            archive.writestr(name, body)
    path.write_bytes(target.getvalue())
    return path


def cells(page: Any) -> dict[str, object]:
    """What stands in each cell of a sheet."""

    def every() -> Iterator[tuple[str, object]]:
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield cell.coordinate, cell.value

    return dict(every())
