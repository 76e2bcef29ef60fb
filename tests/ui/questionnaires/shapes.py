"""Small questionnaires of the shapes that are about, made as sheets or as files."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ui.questionnaires.types import Area, Choice, Format, Questionnaire, Row, Selection, Sheet
from ui.questionnaires.understanding.corrections import Correction
from ui.questionnaires.understanding.understand_file import understand

YES_NO = ("Yes", "No", "NA")


def sheet(
    *rows: tuple[str, ...],
    name: str = "S",
    merged: tuple[Area, ...] = (),
    choices: tuple[Choice, ...] = (),
    computed: frozenset[tuple[int, int]] = frozenset(),
    hidden: bool = False,
) -> Sheet:
    """A sheet of rows from 1 on."""
    filled = (Row(n, cells) for n, cells in enumerate(rows, 1) if any(cells))
    return Sheet(name, tuple(filled), hidden, merged, choices, computed=computed)


def book(*sheets: Sheet) -> Questionnaire:
    """A workbook that was read."""
    return Questionnaire(Path("q.xlsx"), Format.WORKBOOK, sheets)


def tables(*sheets: Sheet, wanted: tuple[Correction, ...] = ()) -> tuple[Selection, ...]:
    """What the sheets of a workbook ask."""
    return understand(book(*sheets), wanted).tables


def listed(page: Worksheet, formula: str, area: str) -> None:
    """Give cells a drop-down list."""
    choice = DataValidation(type="list", formula1=formula)
    page.add_data_validation(choice)
    for one in area.split():
        choice.add(one)


def with_own_columns(path: Path) -> Path:
    """A workbook with columns of the customer for answers, comments and evidence."""
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "Vendor's"
    page.append(["ID", "Question", "Answer", "Comments", "Evidence"])
    page.append(["A-1", "Is mail stored in the EU?"])
    page.append(["A-2", "Describe how long logs are kept."])
    page.append(["A-3", "Are backups kept elsewhere?", None, "=1+1"])
    page.append(["A-4", "Is support given from abroad?", "No"])
    listed(page, '"Yes,No"', "C2 C4 C5")
    made.save(path)
    return path
