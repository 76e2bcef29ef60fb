"""`residency places` tells how a name is understood, and says what it does not know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ui.command_line.running import command_line
from ui.errors import PlaceError


@pytest.fixture(autouse=True)
def at_home(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(built_home))


def _rows(*words: str) -> list[dict[str, object]]:
    done = CliRunner().invoke(command_line(), ["places", *words, "--json"])
    assert done.exit_code == 0, done.output
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def test_a_sentence_is_told_name_by_name() -> None:
    city, state = _rows("Backups rest in San Jose, California.")
    assert (city["name"], city["kind"], city["countries"]) == ("San Jose", "city", ["US"])
    assert "California" in city["within"]  # type: ignore[operator]
    assert (state["text"], state["kind"]) == ("California", "province")
    assert city["source"]


def test_a_group_has_the_countries_of_its_members() -> None:
    (union,) = _rows("EFTA")
    assert union["countries"] == ["CH", "IS", "LI", "NO"]


def test_a_vendor_tells_whose_region_it_is() -> None:
    (plain,), (azure,) = _rows("West Europe"), _rows("West Europe", "--vendor", "Azure")
    assert (plain["kind"], azure["kind"]) == ("group", "cloud region")
    assert azure["countries"] == ["NL"]


def test_what_may_mean_several_says_so() -> None:
    (georgia,) = _rows("Georgia")
    assert (georgia["sure"], georgia["countries"]) == (False, ["GE", "US"])
    assert georgia["may_mean"] == ["Georgia, United States"]


def test_what_is_unknown_is_proposed_and_fails() -> None:
    done = CliRunner().invoke(command_line(), ["places", "Switzerlnd"])
    assert done.exit_code == 1
    assert "Spelt nearly so: Switzerland" in done.stderr


def test_no_name_is_refused() -> None:
    done = CliRunner().invoke(command_line(), ["places", " "])
    assert isinstance(done.exception, PlaceError)


def test_names_that_could_not_be_told_are_listed_by_document(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Quay\n\nQuay stores files in Georgia and in eu-central-9.\n")
    home = {"RESIDENCY_HOME": str(tmp_path / "home")}
    runner = CliRunner(env=home)
    assert runner.invoke(command_line(), ["corpus", "add", str(page)]).exit_code == 0
    said = runner.invoke(command_line(), ["corpus", "status", "--places"]).stdout
    assert "page: Georgia (1): Georgia; Georgia, United States" in said
    assert "page: eu-central-9 (1): no place of that name is known" in said
