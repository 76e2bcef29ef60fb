"""Files of approved answers: read from both formats, written so that nothing computes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.library.transfer import export_rows
from assistant.library.types import Entry, Right
from tests.assistant.library.library_values import approval
from ui.errors import LibraryFileError, MayNotApprove
from ui.library.library_files import read_library_file, written_library
from ui.library.may_approve import approver, operator

FORMULA = '=HYPERLINK("http://x")'


def _rows() -> tuple[tuple[str, ...], ...]:
    one = approval(text=FORMULA, cited="@SUM(1)")
    return export_rows((Entry(one.id, one),))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_written_is_read_again_row_by_row(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"library{suffix}"
    path.write_bytes(written_library(path, _rows()))
    read = read_library_file(path)
    assert [row.number for row in read] == [1, 2]
    assert read[0].cells[:2] == ("question", "answer")
    assert read[1].cells[1] == f"'{FORMULA}"


def test_no_cell_of_an_export_is_a_formula() -> None:
    text = written_library(Path("a.csv"), _rows()).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    book = load_workbook(io.BytesIO(written_library(Path("a.xlsx"), _rows())))
    for row in book.worksheets[0].iter_rows():
        assert all(cell.data_type != "f" and cell.value != FORMULA for cell in row)


def test_another_format_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LibraryFileError, match=r"a\.pdf.*\.csv or \.xlsx"):
        written_library(Path("a.pdf"), _rows())
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"id": 1, "question": "Where?"}\n')
    with pytest.raises(LibraryFileError, match="CSV"):
        read_library_file(lines)


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "library.xlsx"
    path.write_bytes(written_library(path, _rows()))
    with pytest.raises(LibraryFileError, match=r"'Other'\. There are Approved answers"):
        read_library_file(path, "Other")


def test_who_has_the_right_may_approve_and_nobody_else() -> None:
    assert operator("Ana").right is Right.OPERATOR
    assert operator().name
    assert approver("ben", has_right=True).right is Right.APPROVER
    for name, has_right in (("ben", False), ("", True)):
        with pytest.raises(MayNotApprove, match="users role NAME --approver"):
            approver(name, has_right=has_right)
