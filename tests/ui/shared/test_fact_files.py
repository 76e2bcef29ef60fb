"""Exports of facts: what goes in comes out, and nothing computes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ui.shared.cells import cell_text
from ui.shared.fact_files import COLUMNS, TableFormat, exported
from ui.shared.fact_rows import FactRow

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://x\")",
            "＝1")  # fmt: skip


def made(value: str = "Stored in Oslo", source: str = "") -> FactRow:
    return FactRow(
        statement=value, says="stored", placed=("Norway (rests)", value), data=(value,),
        conditions=("if it is signed",), exceptions=(), negated=False, only=True, modality="is",
        status="current", as_of=date(2024, 2, 29), subject=value, part_of=(value,), service=value,
        set="2 of 14, closed list", set_title=value, quote=value, document="harbour", title=value,
        section=value, page=2, source=source, start=3, end=9, value=value, kind="stored",
        places=("Norway",),
        id="f" * 16,
    )  # fmt: skip


def lines(rows: Sequence[FactRow]) -> list[dict[str, str]]:
    text = exported(rows, TableFormat.CSV).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_a_formula(text: str) -> None:
    (line,) = lines([made(text)])
    for value in line.values():
        assert not value.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")), value
    sheet = load_workbook(io.BytesIO(exported([made(text)], TableFormat.XLSX))).active
    assert sheet is not None
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_a_workbook_holds_no_formula_at_all() -> None:
    packed = ZipFile(io.BytesIO(exported([made(text) for text in FORMULAS], TableFormat.XLSX)))
    sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert all(b"<f>" not in packed.read(name) for name in sheets)


def test_json_has_every_value_as_it_is() -> None:
    (row,) = json.loads(exported([made("=1+1")], TableFormat.JSON))
    assert list(row) == list(COLUMNS)
    assert row["value"] == "=1+1"
    assert row["as_of"] == "2024-02-29"
    assert row["placed"] == ["Norway (rests)", "=1+1"]


def test_jsonl_has_the_objects_of_the_list_one_a_line() -> None:
    rows = [made("one\ntwo"), made("three")]
    read = [json.loads(line) for line in exported(rows, TableFormat.JSONL).decode().splitlines()]
    assert read == json.loads(exported(rows, TableFormat.JSON))
    assert [row["value"] for row in read] == ["one\ntwo", "three"]


def test_the_sentence_comes_first() -> None:
    assert COLUMNS[0] == "statement"


def test_a_workbook_freezes_its_titles_and_filters() -> None:
    sheet = load_workbook(io.BytesIO(exported([made(), made()], TableFormat.XLSX))).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet.cell(2, COLUMNS.index("start") + 1).value == 3


@pytest.mark.parametrize(
    ("source", "linked"),
    [("https://example.org/page", True), ("http://example.org", False),
     ("javascript:alert(1)", False), ("file:///etc/passwd", False), ("", False)],
)  # fmt: skip
def test_only_https_sources_are_links(source: str, linked: bool) -> None:
    data = exported([made(source=source)], TableFormat.XLSX)
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    link = sheet.cell(2, COLUMNS.index("source") + 1).hyperlink
    assert (link is not None) is linked


@settings(max_examples=60, deadline=None)
@example("\n=")
@given(st.text(max_size=60))
def test_text_survives_a_round_trip_but_for_what_is_neutralised(text: str) -> None:
    (line,) = lines([made(text)])
    # A text of several parts gets an apostrophe before each that would begin a formula.
    assert line["value"].replace("'", "") == cell_text(text).replace("\r\n", "\n").replace("'", "")
    sheet = load_workbook(io.BytesIO(exported([made(text)], TableFormat.XLSX))).active
    assert sheet is not None
    assert (sheet.cell(2, COLUMNS.index("value") + 1).value or "") == cell_text(text)


def test_our_own_numbers_stay_numbers() -> None:
    assert cell_text(-5) == "-5"
    assert cell_text("-5") == "'-5"
    assert cell_text(None) == ""
    assert cell_text(["=a", "b"]) == "'=a; b"
