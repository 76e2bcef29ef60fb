"""Homes that a test may change, without the bundled documents being embedded again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.intake.sources import BUNDLED
from index.building.build import BUNDLED_SOURCE, build_index
from index.home.added_sources import Registry
from index.home.paths import Home
from tests.sharing import made_once

SMALL = "# Where Quay keeps files\n\nFiles of Quay are stored in Bergen.\n"


@pytest.fixture(scope="session")
def untouched_small_home(run_folder: Path) -> Path:
    """A home with an index of one small document, for copies of it alone."""
    return made_once(run_folder, "small", _built)


def _built(root: Path) -> None:
    home = Home(root)
    home.create()
    for path in BUNDLED.iterdir():
        Registry(home.registry).leave_out(BUNDLED_SOURCE, path.name)
    (home.documents / "quay.md").write_text(SMALL, encoding="utf-8")
    build_index(root)


@pytest.fixture
def home(untouched_small_home: Path, tmp_path: Path) -> Path:
    """A copy of a small home that a test may break."""
    return Path(shutil.copytree(untouched_small_home, tmp_path / "copy"))


@pytest.fixture
def full_home(untouched_home: Path, tmp_path: Path) -> Path:
    """A copy of the home with the bundled documents that a test may break."""
    return Path(shutil.copytree(untouched_home, tmp_path / "copy"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own, of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
