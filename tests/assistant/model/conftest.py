"""Assistants with a language model that says what a test wants it to say."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from assistant.app import Assistant
from tests.assistant.model.model_scripts import Passages, Talk, Talking, talk
from tests.fakes.openai import Script


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-tests")


@pytest.fixture
def talking(assistant: Assistant, tmp_path: Path) -> Talking:
    """Opens assistants over the built index, with a ledger of their own."""

    def opened(script: Script, **settings: object) -> AbstractContextManager[Talk]:
        return talk(assistant.index, tmp_path / "home", script, **settings)

    return opened


@pytest.fixture(scope="module")
def passages(assistant: Assistant) -> Passages:
    return Passages(assistant.index)
