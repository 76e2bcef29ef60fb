"""What was parsed for one document is not parsed again for another, or for the next build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.language import parsing
from index.building.build import build_index
from index.home.paths import Home

_LINES = tuple(f"Vault {number} of Harrow rests in Reykjavik.\n" for number in range(12))
_OTHER = "Vault 40 of Harrow rests in Oslo.\n"


def _page(*lines: str) -> str:
    return "# Vaults of Harrow\n\n" + "\n".join(lines)


@pytest.fixture
def home(untouched_small_home: Path, tmp_path: Path) -> Home:
    """A copy of a small home with a page of its own."""
    home = Home(Path(shutil.copytree(untouched_small_home, tmp_path / "copy")))
    home.create()
    (home.documents / "vaults.md").write_text(_page(*_LINES))
    build_index(home.root)
    return home


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are parsed from here on, by a process that remembers none."""
    texts: list[str] = []
    parsed = parsing._parsed

    def _telling(some: list[str]) -> list[parsing.Parse]:
        texts.extend(some)
        return parsed(some)

    monkeypatch.setattr(parsing, "_parsed", _telling)
    parsing._KNOWN.clear()
    return texts


def test_a_changed_copy_is_parsed_in_what_was_changed(home: Home, told: list[str]) -> None:
    (home.documents / "copy.md").write_text(_page(*_LINES[:-1], _OTHER))
    build_index(home.root)
    assert _OTHER.strip() in told
    assert not {line.strip() for line in _LINES} & set(told)


def test_a_changed_document_is_parsed_in_what_was_changed(home: Home, told: list[str]) -> None:
    (home.documents / "vaults.md").write_text(_page(*_LINES, _OTHER))
    build_index(home.root)
    assert _OTHER.strip() in told
    assert not {line.strip() for line in _LINES} & set(told)


def test_a_document_of_many_texts_is_parsed_once(
    home: Home, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "_KEPT", 4)
    monkeypatch.setitem(parsing._MOST, "trees", 4)
    lines = [f"Crate {number} of Harrow rests in Oslo." for number in range(12)]
    (home.documents / "crates.md").write_text(_page(*(f"{line}\n" for line in lines)))
    build_index(home.root)
    assert [told.count(line) for line in lines] == [1] * len(lines)
    assert len(parsing._KNOWN) <= 4
