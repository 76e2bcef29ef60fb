"""Without a model none of it is loaded; settings that cannot be used are named."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.errors import SettingsError
from assistant.settings import Settings
from index.searching.current import PinnedIndex
from tests.assistant.model.model_scripts import KEPT
from tests.paths import ROOT


def test_without_a_model_none_of_it_is_imported(built_home: Path) -> None:
    code = (
        "import sys\n"
        "from assistant import Assistant\n"
        f"answer = Assistant.open().ask({KEPT!r})\n"
        "assert answer.citations and answer.receipt is None\n"
        "apart = ('langchain', 'langchain_core', 'langchain_openai', 'langsmith', 'openai')\n"
        "own = ('assistant.model.writer', 'assistant.model.chat_model')\n"
        "print([m for m in sys.modules if m.split('.')[0] in apart or m in own])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "RESIDENCY_HOME": str(built_home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


@pytest.mark.parametrize("name", ["nosuch:fake", "nonsense"])
def test_an_unknown_provider_is_named(assistant: Assistant, tmp_path: Path, name: str) -> None:
    settings = Settings.load().model_copy(update={"home": tmp_path, "model": name})
    with pytest.raises(SettingsError, match=rf"RESIDENCY_MODEL: {name}.*PROVIDER:MODEL"):
        Assistant(settings, PinnedIndex(assistant.index)).ask(KEPT)


def test_a_missing_key_is_named(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    settings = Settings.load().model_copy(update={"home": tmp_path, "model": "openai:fake"})
    with pytest.raises(SettingsError, match=r"RESIDENCY_MODEL: openai:fake.*OPENAI_API_KEY"):
        Assistant(settings, PinnedIndex(assistant.index)).ask(KEPT)


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    code = (
        "import sys\n"
        "sys.modules['langchain_openai'] = None\n"
        "from assistant.errors import SettingsError\n"
        "from assistant.model.chat_model import open_model\n"
        "from assistant.settings import Settings\n"
        "try:\n"
        "    open_model(Settings.load())\n"
        "except SettingsError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "RESIDENCY_MODEL": "openai:fake"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "RESIDENCY_MODEL: openai:fake" in done.stdout
    assert "pip install 'residency-assistant[openai]'" in done.stdout


@pytest.mark.skipif(
    importlib.util.find_spec("langchain_groq") is not None, reason="the package is installed"
)
def test_a_provider_without_its_package_is_named(assistant: Assistant, tmp_path: Path) -> None:
    settings = Settings.load().model_copy(update={"home": tmp_path, "model": "groq:fake"})
    with pytest.raises(SettingsError, match=r"RESIDENCY_MODEL: groq:fake.*langchain-groq"):
        Assistant(settings, PinnedIndex(assistant.index)).ask(KEPT)


def test_a_provider_without_a_model_is_refused(assistant: Assistant, tmp_path: Path) -> None:
    settings = Settings.load().model_copy(update={"home": tmp_path, "model": "openai:"})
    with pytest.raises(SettingsError, match="RESIDENCY_MODEL"):
        Assistant(settings, PinnedIndex(assistant.index)).ask(KEPT)
