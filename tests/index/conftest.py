"""Homes that a test may change, without the bundled documents being embedded again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def home(untouched_home: Path, tmp_path: Path) -> Path:
    """A copy of the built home that a test may break."""
    return Path(shutil.copytree(untouched_home, tmp_path / "copy"))
