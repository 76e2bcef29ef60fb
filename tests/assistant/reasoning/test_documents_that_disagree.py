"""Editions of one page, two services of one name, passages that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.app import Assistant
from assistant.settings import Settings
from index.building.build import build_index
from index.home.paths import Home

_PAGES = {
    "kelp-2023.md": """---
title: Data residency of Kelp Notes
service: Kelp Notes
date: 2023-02-01
---
# Data residency of Kelp Notes

Notes are stored in Norway.

Exports are kept for 12 days.
""",
    "kelp-2025.md": """---
title: Data residency of Kelp Notes
service: Kelp Notes
date: 2025-02-01
---
# Data residency of Kelp Notes

Notes are stored in Finland.
""",
    "mercury-payroll.md": """---
title: Where Mercury keeps payroll data
service: Mercury
publisher: Lindqvist Payroll
---
# Where Mercury keeps payroll data

Payroll runs are stored in Sweden. Mercury moves data to Iceland only if the customer signs the
Nordic agreement.
""",
    "mercury-mail.md": """---
title: Where Mercury keeps mail
service: Mercury
publisher: Quill Post
---
# Where Mercury keeps mail

Messages are stored in Portugal. Mercury moves data to Iceland only if the customer enables
replication.
""",
    "tern.md": """---
title: Data residency of Tern Files
service: Tern Files
---
# Data residency of Tern Files

Attachments are stored in Ireland.

## Backups

Backups are kept for 90 days.

| Data | Location | Retention |
|---|---|---|
| Thumbnails | Norway | 30 days |
| Attachments | Germany | 14 days |
| Backups | Sweden | 1 year |
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Documents that disagree."""
    home = Home(tmp_path_factory.mktemp("disagreeing") / "home")
    home.documents.mkdir(parents=True)
    for name, text in _PAGES.items():
        (home.documents / name).write_text(text, encoding="utf-8")
    build_index(home.root)
    opened = Assistant.open(Settings(home=home.root))
    yield opened
    opened.close()


def answer(assistant: Assistant, question: str) -> str:
    return assistant.ask(question, clarify=False).text.partition("\n\nSource:")[0]


@pytest.mark.parametrize(
    ("question", "says", "not_says"),
    [
        ("Where does Kelp Notes store notes?", "Finland", "Norway"),
        ("Where did Kelp Notes store notes before?", "Norway", "Finland"),
        ("Where did Kelp Notes store notes in 2023?", "Norway", "Finland"),
        ("How long does Kelp Notes keep exports?", "12 days", "Finland"),
    ],
)
def test_the_edition_that_is_asked_about_speaks(
    assistant: Assistant, question: str, says: str, not_says: str
) -> None:
    text = answer(assistant, question)
    assert says in text
    assert not_says not in text


def test_services_of_one_name_are_told_apart(assistant: Assistant) -> None:
    text = answer(assistant, "Where does Mercury store its data?")
    assert "Mercury (Lindqvist Payroll): Payroll runs are stored in Sweden." in text
    assert "Mercury (Quill Post): Messages are stored in Portugal." in text


def test_a_condition_that_two_documents_state_differently_is_told_of_each(
    assistant: Assistant,
) -> None:
    text = answer(assistant, "Under which condition does Mercury move data to Iceland?")
    assert "signs the Nordic agreement" in text
    assert "enables replication" in text


def test_the_publisher_that_is_named_is_meant(assistant: Assistant) -> None:
    text = answer(assistant, "Where does Mercury by Quill Post store its data?")
    assert "Portugal" in text
    assert "Sweden" not in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("In which country are attachments of Tern Files stored?", ("Ireland", "Germany")),
        ("Does Tern Files store attachments in Germany?", ("Ireland", "Germany")),
        ("How long does Tern Files keep backups?", ("90 days", "1 year")),
    ],
)
def test_what_contradicts_an_answer_is_shown_with_it(
    assistant: Assistant, question: str, said: tuple[str, ...]
) -> None:
    text = answer(assistant, question)
    assert "Another passage says otherwise:" in text
    assert all(one in text for one in said)


def test_what_nothing_contradicts_is_said_alone(assistant: Assistant) -> None:
    assert "otherwise" not in answer(assistant, "Where does Tern Files store thumbnails?")


def test_what_another_part_of_a_sentence_says_is_not_contradicted(assistant: Assistant) -> None:
    text = answer(assistant, "In which country are backups of Tern Files stored?")
    assert "Sweden" in text
    assert "otherwise" not in text
