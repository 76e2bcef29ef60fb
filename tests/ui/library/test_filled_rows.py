"""A filled questionnaire comes into the library as it went to the customer."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant.library.transfer import Column
from ui.errors import LibraryFileError
from ui.library.library_files import read_library_file

WHERE, LOGS = "Where is customer data stored?", "How long are audit logs kept?"
_TITLES = tuple(Column)


def _filled(path: Path) -> Path:
    """Write two sheets with the customer's own titles, and a longer one that repeats them."""
    book = Workbook()
    for name, question, value, comment in (
        ("Data", WHERE, "Yes", "In Norway."),
        ("Logs", LOGS, "Partial", ""),
    ):
        sheet = book.create_sheet(name)
        sheet.append(("Ref", "Control Question", "Vendor Response", "Vendor Comments"))
        sheet.append(("1", question, value, comment))
        sheet.append(("2", f"Describe it: {question}", None, None))
    sources = book.create_sheet("Sources")
    sources.append(("Row", "Question", "Answer", "Verdict"))
    for number in range(9):
        sources.append((f"Data {number}", WHERE, "Nothing was found.", "abstained"))
    del book["Sheet"]
    book.save(path)
    return path


def test_all_sheets_come_in_by_what_is_understood_and_our_sources_do_not(tmp_path: Path) -> None:
    titles, *rows = read_library_file(_filled(tmp_path / "a.xlsx"))
    assert titles.cells == tuple(one.value for one in Column)
    answer = _TITLES.index(Column.ANSWER)
    assert [(one.place, one.cells[0], one.cells[answer]) for one in rows if one.cells[answer]] == [
        ("sheet Data, row 2", WHERE, "Yes. In Norway."),
        ("sheet Logs, row 2", LOGS, "Partial"),
    ]
    assert not any("Nothing was found." in one.cells for one in rows)


def test_one_sheet_may_be_named(tmp_path: Path) -> None:
    _, *rows = read_library_file(_filled(tmp_path / "a.xlsx"), "Logs")
    assert {one.sheet for one in rows} == {"Logs"}


def test_who_approved_it_comes_with_the_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Question,Response,Customer,Approved by\n{WHERE},In Norway.,Ashby,Bo\n")
    _, row = read_library_file(path)
    said = dict(zip(_TITLES, row.cells, strict=True))
    assert (said[Column.CUSTOMER], said[Column.APPROVER]) == ("Ashby", "Bo")


def test_an_answer_that_a_formula_makes_is_marked(tmp_path: Path) -> None:
    book = Workbook()
    for row in (("Question", "Answer"), (WHERE, '=IF(1,"Yes","No")'), (LOGS, "90 days.")):
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    rows = read_library_file(tmp_path / "a.xlsx")
    assert [one.computed for one in rows] == [False, True, False]


def test_a_formula_of_a_csv_file_is_no_answer_and_an_escaped_one_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Question,Answer\n{WHERE},=1+1\n{LOGS},'=1+1\n")
    _, formula, text = read_library_file(path)
    answer = _TITLES.index(Column.ANSWER)
    assert (formula.computed, formula.cells[answer]) == (True, "")
    assert (text.computed, text.cells[answer]) == (False, "'=1+1")


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(LibraryFileError, match=r"a\.xlsx: holds no text\. Give"):
        read_library_file(tmp_path / "a.xlsx")
