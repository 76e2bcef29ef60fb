"""What may be, what holds of a listed place, what is held against each other, and what leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from index.building.build import build_index
from index.home.paths import Home

_TERN = """# Tern Mail

Tern may replicate letters to other regions available within the same geography for durability,
except as specified below.

If a customer signs up its tenant in Australia, Canada, Norway or Chile, letters are stored at rest
only within that country.

Tern Mail runs its plug-ins in three large regions:

- North America
- Europe
- Asia Pacific

Letters are kept for 7d.
"""
_AUK = """# Auk Board

Cards of Auk Board are stored in Germany and Switzerland.

Auk Board does not sell, copy or transmit cards.
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home = Home(tmp_path_factory.mktemp("placed") / "home")
    home.documents.mkdir(parents=True)
    for name, text in (("tern-mail", _TERN), ("auk-board", _AUK)):
        (home.documents / f"{name}.md").write_text(text, encoding="utf-8")
    build_index(home.root)
    opened = Assistant.open(Settings(home=home.root))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Might Tern copy our letters to a second region in the same geography?", "Yes: Tern may"),
        (
            "Tenant signed up in Norway: do the terms promise that Tern Mail letters stay there?",
            "Yes: If a customer",
        ),
        ("How long does Tern Mail keep letters?", "Letters are kept for 7d"),
    ],
)
def test_an_answer_begins_with_what_is_so(answers: Assistant, question: str, begins: str) -> None:
    assert answers.ask(question, clarify=False).text.startswith(begins)


def test_a_list_of_regions_is_no_list_of_what_runs_there(answers: Assistant) -> None:
    assert "All three" not in answers.ask("Which plug-ins does Tern Mail run?", clarify=False).text


@pytest.mark.parametrize(
    "question",
    [
        "Compare Tern Mail and Auk Board for Norway",
        "Where are letters of Tern Mail kept for Norway as opposed to cards of Auk Board?",
    ],
)
def test_both_sides_are_told(answers: Assistant, question: str) -> None:
    text = answers.ask(question, clarify=False).text
    assert "Tern Mail: " in text
    assert "Auk Board: " in text
