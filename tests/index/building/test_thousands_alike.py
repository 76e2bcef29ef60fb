"""Many pages that are the same or nearly so: each text is indexed once, all are accounted for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.building.build import build_index
from index.building.documents import files
from index.home.paths import Home
from index.types import FileState

_ALIKE = 36
"""Pages of one title: more than are held against each other as editions."""
_PAGE = "# Vaults of Acme\n\nVault {number} rests in Reykjavik.\n"


@pytest.fixture
def home(untouched_small_home: Path, tmp_path: Path) -> Home:
    """A copy of a small home, with pages that differ in one number."""
    home = Home(Path(shutil.copytree(untouched_small_home, tmp_path / "copy")))
    home.create()
    for number in range(_ALIKE):
        (home.documents / f"a{number:02}.md").write_text(_PAGE.format(number=number))
    return home


def _states(home: Home) -> dict[str, tuple[FileState, str]]:
    return {one.name: (one.state, one.duplicate_of) for one in files(home) if one.name[0] in "az"}


def test_the_same_text_is_indexed_once_however_many_are_alike(home: Home) -> None:
    last = _PAGE.format(number=_ALIKE - 1)
    for number in range(_ALIKE // 2):
        (home.documents / f"z{number:02}.md").write_text(last)
        (home.documents / f"zz{number:02}.md").write_text(last + "\n" * (number + 1))
    build_index(home.root)
    found = _states(home)
    assert {found.pop(f"a{number:02}.md") for number in range(_ALIKE)} == {(FileState.OK, "")}
    assert set(found.values()) == {(FileState.DUPLICATE, f"a{_ALIKE - 1:02}")}
    assert len(found) == 2 * (_ALIKE // 2)


def test_a_copy_of_what_an_earlier_build_has_is_told(home: Home) -> None:
    build_index(home.root)
    (home.documents / "z.md").write_text(_PAGE.format(number=_ALIKE - 1) + "\n")
    build_index(home.root)
    assert _states(home)["z.md"] == (FileState.DUPLICATE, f"a{_ALIKE - 1:02}")
