"""`residency compare`: each statement of each side once, each cell with its source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index.searching.reader import IndexReader
from ui.command_line.running import command_line
from ui.errors import EditionError


@pytest.fixture(autouse=True)
def at_home(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(built_home))


def _run(*words: str) -> Result:
    return CliRunner().invoke(command_line(), ["compare", *words])


def test_two_documents_side_by_side_every_cell_cited(built_home: Path) -> None:
    done = _run("azure-ad-europe", "azure-ad-japan", "--format", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    index = IndexReader.open(built_home)
    for row in found["rows"]:
        cells = [row[side] for side in ("first", "second") if row[side]]
        both = len(cells) == 2
        assert both is (row["standing"] in ("alike", "differs"))
        for cell in cells:
            assert (
                index.documents[cell["document"]].text[cell["start"] : cell["end"]] == cell["quote"]
            )
    stated = {row["first"]["statement"] for row in found["rows"] if row["first"]}
    index.close()
    assert len(stated) > 10
    differing = [row for row in found["rows"] if row["standing"] == "differs"]
    assert any(d["aspect"] == "date" for row in differing for d in row["differences"])


def test_what_names_both_places_is_alike() -> None:
    found = json.loads(_run("Norway", "Japan", "--format", "json").stdout)
    alike = [row for row in found["rows"] if row["standing"] == "alike"]
    assert any("Japan, Norway" in row["first"]["quote"] for row in alike)


def test_services_by_their_names_and_a_page_of_it(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    done = _run("Intune", "service:Exchange Online", "--format", "html", "-o", str(file))
    assert done.exit_code == 0, done.output
    page = file.read_text()
    assert "only Intune" in page
    assert "<h1>Intune and Exchange Online</h1>" in page


def test_places_that_both_name_are_told_apart_each_with_its_statements() -> None:
    found = json.loads(_run("azure-ad-europe", "azure-ad-japan", "--format", "json").stdout)
    standings = {value["standing"] for row in found["values"] for value in row["values"]}
    assert standings == {"alike", "first only", "second only"}
    for row in found["values"]:
        for value in row["values"]:
            named = bool(value["first"]), bool(value["second"])
            assert named == {
                "alike": (True, True), "first only": (True, False), "second only": (False, True),
            }[value["standing"]]  # fmt: skip


@pytest.mark.parametrize("name", ["nobody knows this", "place:Intune", "document:Norway"])
def test_what_is_no_side_is_said(name: str) -> None:
    done = _run("intune", name)
    assert isinstance(done.exception, EditionError)
    assert name in str(done.exception)
