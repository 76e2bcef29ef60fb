"""Answers while the vectors in the build's own folder are gone: said, and no worse founded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from assistant.types import Verdict
from index.building.build import build_index
from index.home.paths import VECTORS, Home
from index.stores.open_vectors import NOTES

_QUESTION = "Where are files of Quay stored?"


@pytest.mark.parametrize(
    "damage",
    [shutil.rmtree, lambda folder: (folder / NOTES).write_bytes(b"no database" * 1000)],
    ids=["deleted", "damaged"],
)
def test_answers_go_on_and_say_so_until_the_index_is_built_again(
    damage: Callable[[Path], object], untouched_small_home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(untouched_small_home, tmp_path / "copy"))
    with closing(Assistant.open(Settings(home=home))) as assistant:
        damage(Home(home).current() / VECTORS)
        answer = assistant.ask(_QUESTION)
        assert answer.verdict is Verdict.ANSWERED
        assert "Bergen" in answer.text
        assert any("missing or damaged (run `residency index`)" in one for one in answer.caveats)
        build_index(home)
        again = assistant.ask(_QUESTION)
        assert again.citations == answer.citations
        assert not any("missing or damaged" in one for one in again.caveats)
