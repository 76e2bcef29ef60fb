"""What is told of an import: each row that was kept, and once what many rows share."""

from __future__ import annotations

from assistant.library.transfer import ImportedRow, Result
from ui.library.import_text import told_rows


def _left(number: int, why: str = "no answer in it") -> ImportedRow:
    return ImportedRow(f"row {number}", Result.LEFT, "", (why,))


def test_rows_left_out_for_one_reason_are_one_line_with_the_first_of_them() -> None:
    kept = ImportedRow("row 9", Result.NEW, "a1", ("stands on nothing", "names “x”"))
    silent = ImportedRow("row 10", Result.NEW, "a2")
    done = (*map(_left, range(2, 8)), kept, silent, _left(11, "no question in it"))
    assert list(told_rows(done)) == [
        "row 9, a1: stands on nothing; names “x”",
        "6 rows (row 2, row 3, row 4 and 3 more): no answer in it",
        "row 11: no question in it",
    ]


def test_few_rows_are_all_named() -> None:
    assert list(told_rows(map(_left, (2, 3, 4)))) == [
        "3 rows (row 2, row 3, row 4): no answer in it"
    ]
