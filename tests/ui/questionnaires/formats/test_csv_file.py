"""CSV: found out how it is written, and kept byte for byte beside what is added."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.errors import QuestionFileError
from ui.questionnaires.formats import csv_file
from ui.questionnaires.formats.csv_file import parse_csv, parse_large_csv, with_cells

_FILE = Path("questions.csv")
_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
_ROWS = st.lists(st.lists(_CELL, min_size=1, max_size=4), min_size=1, max_size=6)


def _written(rows: list[list[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@settings(deadline=None)
@given(
    rows=_ROWS,
    added=st.lists(_CELL, min_size=1, max_size=3).map(tuple),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_text_survives_and_what_is_added_is_read_back(
    rows: list[list[str]], added: tuple[str, ...], delimiter: str, encoding: str
) -> None:
    text = f"sep={delimiter}\r\n{_written(rows, delimiter)}"
    file = parse_csv(_FILE, text.encode(encoding))
    assert [list(one.cells) for one in file.records] == rows
    everywhere = dict.fromkeys(range(1, len(rows) + 1), added)
    again = parse_csv(_FILE, with_cells(file, (), everywhere))
    width = max(map(len, rows))
    for before, after in zip(file.records, again.records, strict=True):
        assert after.text.startswith(before.text)
        assert after.cells[: len(before.cells)] == before.cells
        assert after.cells[width:] == added
    assert with_cells(file, (), {}) == text.encode(encoding)


@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_the_delimiter_is_found_among_prose(delimiter: str) -> None:
    rows = [["id", "question"], ["1", "Where, in Germany; or near, is it?"], ["2", "Who, when?"]]
    file = parse_csv(_FILE, _written(rows, delimiter).encode())
    assert file.delimiter == delimiter


def test_one_column_of_prose_is_one_column() -> None:
    content = b"Question\nWhere, and when?\nIn Germany, or not?\nWho?\n"
    file = parse_csv(_FILE, content)
    assert [one.cells for one in file.records][1:3] == [
        ("Where, and when?",),
        ("In Germany, or not?",),
    ]


def test_windows_letters_are_read_and_that_is_said() -> None:
    file = parse_csv(_FILE, "Nr;Frage\n1;Größe der Datenbank in Köln?\n".encode("cp1252"))
    assert file.records[1].cells[1] == "Größe der Datenbank in Köln?"
    assert "Windows-1252" in file.notes[0]
    written = with_cells(file, (), {2: ("≥ 5",)})
    assert written.decode("utf-8-sig").splitlines()[1] == "1;Größe der Datenbank in Köln?;≥ 5"


def test_blank_records_stay_and_short_ones_are_filled_up() -> None:
    file = parse_csv(_FILE, b"id,question,note\r\n\r\n1,Where?\r\n2,Who?,x")
    written = with_cells(file, (), {1: ("Answer",), 3: ("Here",), 4: ("He",)})
    assert written == b"id,question,note,Answer\r\n\r\n1,Where?,,Here\r\n2,Who?,x,He"


@pytest.mark.parametrize(
    ("content", "cause"),
    [(b'id,question\n1,"never closed\n2,x\n', "never closed"), (b"PNG\0\1,x\n", "NUL"),
     (b"\x81\x8d\x8f", "neither"), (b"a?" + b"," * 2_000, r"2,001 columns, the limit is 2,000"),
     (b"a?\n" + b"," * 4_000_001, "more than 4,000,000 cells")],
)  # fmt: skip
def test_what_is_no_csv_is_named(content: bytes, cause: str) -> None:
    with pytest.raises(QuestionFileError, match=cause) as raised:
        parse_csv(_FILE, content)
    assert "questions.csv" in str(raised.value)


@settings(deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_csv_or_refused_by_name(content: bytes) -> None:
    told, file = "questions.csv", None
    try:
        file = parse_csv(_FILE, content)
    except QuestionFileError as error:
        told = str(error)
    assert "questions.csv" in told
    assert file is None or file.encoding == "cp1252" or with_cells(file, (), {}) == content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_large_file_is_taken_apart_in_a_process_of_its_own_alike(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = _written([["id", "question"], ["1", "Größe?"]], ";").encode(encoding)
    here = parse_csv(_FILE, content)
    monkeypatch.setattr(csv_file, "_AT_HAND", 10)
    assert parse_large_csv(_FILE, content) == here
    assert with_cells(here, (), {}) == content


def test_what_is_wrong_with_a_large_file_is_told_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "_AT_HAND", 10)
    with pytest.raises(QuestionFileError, match=r"questions\.csv: is no text") as raised:
        parse_large_csv(_FILE, b"id,question\n1,Wh\0re is it kept?\n")
    assert "Save it as CSV UTF-8" in str(raised.value)
