"""Cells that a spreadsheet shows and does not compute."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.shared.cells import LARGEST_CELL, csv_cell, neutral


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_what_begins_a_formula_becomes_text(start: str) -> None:
    assert neutral(f"{start}1+1").startswith("'")


def test_other_text_stays_as_it_is() -> None:
    assert neutral("Data at rest: 1 = 1, a-b\nnext") == "Data at rest: 1 = 1, a-b\nnext"


@given(text=st.text())
def test_no_text_steers_computes_or_overfills(text: str) -> None:
    cell = neutral(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert "\x00" not in cell
    assert "\x1b" not in cell
    cell.encode("utf-8")


def test_a_long_text_is_cut_and_says_so() -> None:
    cell = neutral("=" + "x" * LARGEST_CELL)
    assert len(cell) == LARGEST_CELL
    assert cell.endswith("(cut, the cell is full)")


_SEPARATORS = ",;\t|"


@pytest.mark.parametrize("between", [";", "\t", ",", "|", "\n", "; ", ';"'])
@pytest.mark.parametrize("sign", "=+-@＝")
def test_what_begins_a_formula_within_a_cell_of_csv_becomes_text(between: str, sign: str) -> None:
    assert csv_cell(f"Oslo{between}{sign}1+1") == f"Oslo{between[0]}'{between[1:]}{sign}1+1"


@given(
    cells=st.lists(st.text(alphabet="aé =+-@;,\t\n|\"'", max_size=8), min_size=1, max_size=4),
    written=st.sampled_from(_SEPARATORS),
    read=st.sampled_from(_SEPARATORS),
)
def test_no_row_computes_whatever_separator_it_is_read_by(
    cells: list[str], written: str, read: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=written).writerow([csv_cell(one) for one in cells])
    for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=read):
        # What follows our own separator begins a cell of ours, which begins with no sign.
        assert not [part for part in row if part.lstrip(' "').startswith(("=", "+", "-", "@"))], row


def test_numbers_of_our_own_and_other_text_are_cells_of_csv_as_they_are() -> None:
    assert csv_cell(-5) == "-5"
    assert csv_cell(["a", "b"]) == "a; b"
    assert csv_cell("a, b; c: 1 = 1 | x-y\nnext") == "a, b; c: 1 = 1 | x-y\nnext"
