"""The pages say what is there: paths, tests, settings, commands, rooms, decisions."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from assistant.settings import PREFIX, Settings
from tests.paths import ROOT
from tests.test_architecture import PACKAGES, ROOMS
from ui.command_line.overview import COMMANDS

DOCS = ROOT / "docs"
OWN = [DOCS / "architecture.md", DOCS / "recipes.md", ROOT / "CONTRIBUTING.md"]
PAGES = [*OWN, ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))

_FENCED = re.compile(r"^```.*?^```", re.M | re.S)
_CODE = re.compile(r"`([^`]+)`")
_TOP = frozenset((*PACKAGES, "docs", "tests"))
_SOURCE = re.compile(r"\.(?:py|md|toml|jsonl|css|js)$")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
_RUN = re.compile(r"python -m\s+([a-z_.]+)")
_STATUS = re.compile(r"accepted|superseded by (\d{4}(?:(?:, | and )\d{4})*)")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


every_page = pytest.mark.parametrize("page", dict.fromkeys(PAGES), ids=_name)


def _spans(page: Path) -> list[str]:
    """Return what a page sets as code within its text."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    return [" ".join(span.split()) for span in _CODE.findall(text)]


def _is_path(span: str) -> bool:
    """Tell whether a span means a file or folder of the project."""
    if " " in span or span.startswith(("/", "~")):
        return False
    if "/" not in span:
        return span.endswith(".py")
    return span.split("/", maxsplit=1)[0] in _TOP or _SOURCE.search(span) is not None


def _is_there(path: str) -> bool:
    """Tell whether a path leads to something; of a file to be made, its folder counts."""
    if "<" in path:
        return (ROOT / path.partition("<")[0].rpartition("/")[0]).is_dir()
    return any(ROOT.glob(path)) if "*" in path else (ROOT / path).exists()


@every_page
def test_paths_that_are_named_exist(page: Path) -> None:
    assert [one for one in _spans(page) if _is_path(one) and not _is_there(one)] == []


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    links = _LINK.findall(_FENCED.sub("", page.read_text(encoding="utf-8")))
    assert [link for link in links if not (page.parent / link).exists()] == []


@every_page
def test_modules_that_are_run_exist(page: Path) -> None:
    run = _RUN.findall(page.read_text(encoding="utf-8"))
    paths = {one: ROOT / one.replace(".", "/") for one in run if one.split(".")[0] in PACKAGES}
    assert [
        one
        for one, path in paths.items()
        if not path.with_suffix(".py").is_file() and not (path / "__main__.py").is_file()
    ] == []


@cache
def _tests() -> frozenset[str]:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(name for text in sources for name in re.findall(r"def (test_\w+)", text))


@every_page
def test_tests_that_are_named_exist(page: Path) -> None:
    named = (one for one in _spans(page) if re.fullmatch(r"test_\w+", one))
    assert [one for one in named if one not in _tests()] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_room_stands_in_the_picture(package: str) -> None:
    picture = (DOCS / "architecture.md").read_text(encoding="utf-8")
    drawn = re.search(rf'{package}\["<b>{package}</b><br/>(.*?)"\]', picture)
    assert drawn is not None
    rooms = [room.removeprefix(f"{package}.") for room in ROOMS[package] if room != package]
    assert drawn[1].split(" · ") == rooms


def test_every_setting_is_documented() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8") + (DOCS / "slack.md").read_text(
        encoding="utf-8"
    )
    names = [PREFIX + name.upper() for name in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in told] == []


def test_every_command_is_documented() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [
        one.name for one in COMMANDS if not re.search(rf"^\| `residency {one.name}\b", told, re.M)
    ] == []


def _said(page: Path, field: str) -> list[str]:
    return re.findall(rf"^- {field}: (.+)$", page.read_text(encoding="utf-8"), re.M)


def _number(page: Path) -> str:
    return page.name[:4]


@pytest.mark.parametrize("page", DECISIONS, ids=_name)
def test_a_decision_has_a_date_and_a_status(page: Path) -> None:
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name)
    (date,), (status,) = _said(page, "Date"), _said(page, "Status")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", date)
    assert _STATUS.fullmatch(status)


def test_decisions_have_numbers_and_titles_of_their_own() -> None:
    numbers = Counter(map(_number, DECISIONS))
    titles = Counter(page.read_text(encoding="utf-8").partition("\n")[0] for page in DECISIONS)
    assert [one for one, count in (numbers + titles).items() if count > 1] == []


def test_what_supersedes_is_named_on_both_sides() -> None:
    def pairs(field: str) -> set[tuple[str, str]]:
        return {
            (_number(page), other)
            for page in DECISIONS
            for said in _said(page, field)
            for other in re.findall(r"\b\d{4}\b", said)
        }

    assert {(new, old) for old, new in pairs("Status")} == pairs("Supersedes")
