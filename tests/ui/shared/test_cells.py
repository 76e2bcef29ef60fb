"""Cells that a spreadsheet shows and does not compute."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.shared.cells import LARGEST_CELL, neutral


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
