"""`residency facts`: filters, formats and what it says when a filter names nothing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.errors import UnknownFactFilter
from ui.command_line.running import command_line
from ui.errors import ExportError
from ui.shared.cells import cell_text


@pytest.fixture(autouse=True)
def home(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(built_home))


def _facts(*arguments: str) -> list[dict[str, object]]:
    done = CliRunner().invoke(command_line(), ["facts", *arguments, "--format", "json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    assert isinstance(rows, list)
    return rows


def test_a_region_finds_what_lies_in_it_and_a_city_what_contains_it() -> None:
    region = _facts("--place", "Europe", "--document", "customer-service-insights")
    assert any("Netherlands" in str(row["places"]) for row in region)
    city = _facts("--place", "Amsterdam", "--document", "customer-service-insights")
    assert {str(row["value"]) for row in city} >= {"West Europe (Netherlands)"}
    assert not any("Japan" in str(row["places"]) for row in city)


def test_a_service_is_found_by_its_alias() -> None:
    assert {row["document"] for row in _facts("--service", "EXO", "--kind", "commitment")} == {
        "exchange-online"
    }
    assert {row["document"] for row in _facts("--service", "Entra", "--kind", "date")} >= {
        "azure-ad-europe",
        "azure-ad-japan",
    }


def test_a_row_shows_its_quote(built_home: Path) -> None:
    from index.searching.reader import IndexReader

    index = IndexReader.open(built_home)
    rows = _facts("--kind", "retained")
    assert rows
    for row in rows:
        text = index.documents[str(row["document"])].text
        assert text[int(str(row["start"])) : int(str(row["end"]))] == row["quote"]
    index.close()


def test_csv_has_one_row_for_each_fact() -> None:
    done = CliRunner().invoke(command_line(), ["facts", "--kind", "date", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == len(_facts("--kind", "date"))
    assert {row["kind"] for row in rows} == {"date"}


def test_data_and_status_narrow() -> None:
    rows = _facts("--data", "mailbox", "--document", "exchange-online")
    assert rows
    assert all("mailbox" in str(row["data"]).lower() for row in rows)
    assert {row["status"] for row in _facts("--status", "temporary")} == {"temporary"}


def test_a_workbook_has_the_facts_of_the_list(tmp_path: Path) -> None:
    file = tmp_path / "facts.xlsx"
    done = CliRunner().invoke(
        command_line(), ["facts", "--place", "Japan", "--format", "xlsx", "-o", str(file)]
    )
    assert done.exit_code == 0, done.output
    sheet = load_workbook(file).active
    assert sheet is not None
    titles, *rows = sheet.iter_rows(values_only=True)
    values = [row[titles.index("quote")] for row in rows]
    assert values == [cell_text(row["quote"]) for row in _facts("--place", "Japan")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "xlsx"], "Name a file with -o FILE"),
        (["-o", "facts.txt"], "Give --format csv, json, jsonl or xlsx"),
        (["--format", "csv", "-o", "no/such/folder/facts.csv"], "cannot be written"),
    ],
)
def test_a_file_that_cannot_be_written_is_an_error(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command_line(), ["facts", *arguments])
    assert isinstance(done.exception, ExportError)
    assert said in str(done.exception)
    assert list(tmp_path.glob("*.txt")) == []


def test_jsonl_has_one_statement_a_line() -> None:
    done = CliRunner().invoke(command_line(), ["facts", "--kind", "date", "--format", "jsonl"])
    assert [json.loads(line) for line in done.stdout.splitlines()] == _facts("--kind", "date")


def test_kinds_are_asked_for_in_words() -> None:
    every = _facts("--kind", "stored")
    denied = _facts("--kind", "is not stored")
    assert denied == [row for row in every if row["says"] == "is not stored"]
    assert 0 < len(denied) < len(every)
    assert _facts("--kind", "decides where") == _facts("--kind", "determined_by")


def test_relation_and_role_look_at_the_place() -> None:
    ids = {
        relation: {row["id"] for row in _facts("--place", "Europe", "--relation", relation)}
        for relation in ("in", "within", "outside")
    }
    assert ids["within"] < ids["in"]
    assert ids["outside"] - ids["in"]
    named = [str(row["places"]) for row in _facts("--place", "Japan", "--relation", "outside")]
    assert named
    assert "['Japan']" not in named


def test_a_refusal_lists_what_is_known() -> None:
    done = CliRunner().invoke(command_line(), ["facts", "--role", "sleeps"])
    assert "any, rests, processed, goes to" in str(done.exception)
    done = CliRunner().invoke(command_line(), ["facts", "--data", "zebra stripes"])
    assert "customer data" in str(done.exception).lower()
    done = CliRunner().invoke(command_line(), ["facts", "--relation", "beside", "--place", "Oslo"])
    assert str(done.exception) == (
        "beside: no such relation. Choose one of in, within, outside, overlapping"
    )


def test_a_table_counts_its_facts() -> None:
    done = CliRunner().invoke(command_line(), ["facts", "--kind", "date"])
    assert done.exit_code == 0
    assert "07/20/2022" in done.stdout
    assert done.stdout.rstrip().endswith("facts")


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("--kind", "sorted"),
        ("--status", "eternal"),
        ("--role", "sleeps"),
        ("--relation", "within"),
        ("--data", "zebra stripes"),
        ("--condition", "zebra xylophone"),
        ("--place", "Qwxzburg"),
        ("--service", "Zorro"),
        ("--document", "none"),
    ],
)
def test_a_filter_that_names_nothing_is_an_error(option: str, name: str) -> None:
    done = CliRunner().invoke(command_line(), ["facts", option, name])
    assert isinstance(done.exception, UnknownFactFilter)
    assert str(done.exception).startswith(f"{name}: ")
