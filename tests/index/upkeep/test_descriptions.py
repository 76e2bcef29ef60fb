"""What lies beside a document to describe it, as `residency doctor` looks at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.intake.describe import SIDECAR, Given
from index.building.build import build_index
from index.building.uploads import take_upload
from index.home.paths import Home
from index.types import Check
from index.upkeep.doctor import inspect

_PIER = "# Where Pier keeps mail\n\nMail of Pier is stored in Tromsø.\n"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda said: "", "is empty. Restore it"),
        (lambda said: said[: len(said) // 2], "is no TOML file"),
        (lambda said: "SQLite format 3\0" + said, "is no TOML file"),
    ],
    ids=["emptied", "cut off", "another file"],
)  # fmt: skip
def test_a_damaged_description_of_an_upload_is_named(
    tmp_path: Path, damage: Callable[[str], str], said: str
) -> None:
    home = Home(tmp_path / "home")
    home.create()
    upload = tmp_path / "given.md"
    upload.write_text(_PIER, encoding="utf-8")
    path = take_upload(
        home, upload, "pier.md", Given(title="Where Pier keeps mail", service="Pier")
    )
    build_index(home.root)
    assert _documents(home).ok
    beside = path.with_name(path.name + SIDECAR)
    beside.write_text(damage(beside.read_text(encoding="utf-8")), encoding="utf-8")
    found = _documents(home)
    assert not found.ok
    assert beside.name in found.detail
    assert said in found.detail


def _documents(home: Home) -> Check:
    return next(one for one in inspect(home.root) if one.name == "documents")
