"""A corpus in which nothing is said about where data is: no answer is made of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from assistant.types import Verdict
from index.building.build import build_index
from index.home.paths import Home

_BREAD = "# Rye bread\n\nMix flour with water. Bake the loaf for an hour and store it in a cloth.\n"
_CHAIRS = "# Chairs of Larkin\n\nChairs of Larkin have four legs. They are sold in Oslo.\n"


@pytest.fixture(scope="module")
def assistant(
    untouched_small_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """An assistant over two such pages."""
    home = Home(Path(shutil.copytree(untouched_small_home, tmp_path_factory.mktemp("a") / "home")))
    (home.documents / "quay.md").unlink()
    (home.documents / "bread.md").write_text(_BREAD)
    (home.documents / "chairs.md").write_text(_CHAIRS)
    build_index(home.root)
    with closing(Assistant.open(Settings(home=home.root))) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "Where is customer data of Larkin stored?",
        "Is data of Larkin kept in Norway?",
        "Which regions does Exchange Online store mailboxes in?",
        "Does rye bread replicate backups to another country?",
        "Where is Larkin hosted?",
    ],
)
def test_no_answer_is_made_of_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.verdict is not Verdict.ANSWERED, answer.text
    assert not answer.citations
    assert "Rye bread" in answer.text, "it says what the documents are about"


def test_what_is_no_data_is_answered_from_it(assistant: Assistant) -> None:
    assert "Oslo" in assistant.ask("Where are chairs of Larkin sold?").text
