"""Fixtures that every test may use: an environment without settings, and one built home."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.settings import PREFIX, Settings
from index.building.build import build_index

_KEPT = (PREFIX + "REQUIRE_BROWSER",)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test, and no test writes into the project."""
    for name in list(os.environ):
        if name.startswith((PREFIX, "LANGSMITH_", "LANGCHAIN_")) and name not in _KEPT:
            monkeypatch.delenv(name)
    monkeypatch.setenv("RESIDENCY_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a finished index of the bundled documents."""
    home = tmp_path_factory.mktemp("built") / "home"
    build_index(home)
    return home


@pytest.fixture(scope="session")
def assistant(built_home: Path) -> Iterator[Assistant]:
    """An assistant over the built home; use `thread` and `owner` of your own."""
    opened = Assistant.open(Settings(home=built_home))
    yield opened
    opened.close()
