"""`residency check` and `residency profile`: formats, changes and bad input."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from index.searching.reader import IndexReader
from tests.commands import Done, residency


@pytest.fixture(scope="module")
def home(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(untouched_home, tmp_path_factory.mktemp("tenant") / "home"))


@pytest.fixture
def north(tmp_path: Path) -> Path:
    path = tmp_path / "north.toml"
    path.write_text(
        'country = "Germany"\nadd_ons = ["Multi-Geo"]\nagreement = "Customer Agreement"\n'
        'services = ["Exchange Online"]\n[licences]\nMulti-Geo = 100\n',
        encoding="utf-8",
    )
    return path


def checked(home: Path, *words: str) -> list[dict[str, object]]:
    done = residency("check", *words, "--format", "json", home=home)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def statements(one: dict[str, object]) -> list[dict[str, object]]:
    found = one["statements"]
    assert isinstance(found, list)
    return found


def test_quotes_and_deciding_words_are_of_the_document(home: Path, north: Path) -> None:
    rows = statements(checked(home, "--profile", str(north))[0])
    index = IndexReader.open(home)
    texts = {name: one.text for name, one in index.documents.items()}
    index.close()
    for row in rows:
        text = texts[str(row["document"])]
        assert text[int(str(row["start"])) : int(str(row["end"]))] == row["quote"]
        because = row["because"]
        assert isinstance(because, list)
        if row["outcome"] != "holds":
            assert because
        if row["because_start"] is not None:
            said = text[int(str(row["because_start"])) : int(str(row["because_end"]))]
            assert " ".join(said.split())
    assert {row["document"] for row in rows} == {"exchange-online"}


def test_a_change_shows_what_it_changes_and_nothing_else(home: Path, north: Path) -> None:
    found = checked(home, "--profile", str(north), "--if", "sign Enterprise Agreement")[0]
    rows = statements(found)
    assert rows
    assert {(row["before"], row["outcome"]) for row in rows} == {("does not hold", "holds")}
    assert all("Enterprise Agreement" in str(row["because"]) for row in rows)


def test_several_tenants_stand_side_by_side(home: Path, north: Path) -> None:
    assert residency("profile", "save", "north", str(north), home=home).returncode == 0
    found = checked(home, "--profile", "north", "--profile", str(north))
    assert [one["profile"] for one in found] == ["north", str(north)]
    assert found[0]["statements"] == found[1]["statements"]
    shown = residency("profile", "show", "north", home=home)
    again = north.with_name("again.json")
    again.write_text(shown.stdout, encoding="utf-8")
    assert checked(home, "--profile", str(again))[0]["said"] == found[0]["said"]
    assert "north" in residency("profile", "list", home=home).stdout
    assert residency("profile", "remove", "north", home=home).returncode == 0
    assert "no profile is kept" in residency("profile", "list", home=home).stdout


def test_two_tenants_are_one_page(home: Path, north: Path, tmp_path: Path) -> None:
    south = tmp_path / "south.toml"
    south.write_text('country = "Chile"\n', encoding="utf-8")
    done = residency(
        "check", "--profile", str(north), "--profile", str(south), "--format", "html", home=home
    )
    assert done.returncode == 0, done.stderr
    for tenant, country in ((north, "Germany"), (south, "Chile")):
        assert f"<h2>{tenant}</h2>" in done.stdout
        assert f"<dt>Sign-up country</dt><dd>{country}</dd>" in done.stdout


def test_outcomes_and_data_narrow(home: Path, north: Path) -> None:
    every = statements(checked(home, "--profile", str(north))[0])
    some = statements(checked(home, "--profile", str(north), "--only", "does-not-hold")[0])
    assert some == [row for row in every if row["outcome"] == "does not hold"]
    mail = statements(checked(home, "--profile", str(north), "--data", "mailbox")[0])
    assert 0 < len(mail) < len(every)


def test_a_workbook_and_a_page_are_written(home: Path, north: Path, tmp_path: Path) -> None:
    book, page = tmp_path / "check.xlsx", tmp_path / "check.html"
    for form, path in (("xlsx", book), ("html", page)):
        done = residency(
            "check", "--profile", str(north), "--format", form, "-o", str(path), home=home
        )
        assert done.returncode == 0, done.stderr
    sheet = load_workbook(book).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:3] == ["profile", "outcome", "statement"]
    assert sheet.max_row > 10
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "does not hold" in text


def test_the_table_tells_the_counts_and_what_nobody_knows(home: Path, tmp_path: Path) -> None:
    strange = tmp_path / "strange.toml"
    strange.write_text('country = "Germny"\nadd_ons = ["<b>Zork</b>"]\n', encoding="utf-8")
    done = residency("check", "--profile", str(strange), "--service", "Intune", home=home)
    assert done.returncode == 0, done.stderr
    assert "Microsoft Intune: " in done.stdout
    assert "Germny: no country" in done.stderr
    assert "<b>Zork</b>: no document" in done.stderr
    page = residency(
        "check", "--profile", str(strange), "--service", "Intune", "--format", "html", home=home
    )
    assert "<b>" not in page.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "--profile", "nowhere"), "neither a kept profile nor a file"),
        (("check", "--if", "hope"), "not understood as a change"),
        (("check", "--service", "Nonesuch"), "no document is about"),
        (("check", "--format", "xlsx"), "Name a file with -o"),
        (("check", "-o", "x.txt"), "a table is printed alone"),
        (("profile", "save", "a", "nowhere.toml"), "cannot be read"),
        (("profile", "show", "nobody"), "no profile of that name"),
        (("profile", "remove", "nobody"), "no profile of that name"),
    ],
)
def test_bad_input_is_one_line_with_the_next_step(
    home: Path, words: tuple[str, ...], told: str
) -> None:
    done: Done = residency(*words, home=home)
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr
