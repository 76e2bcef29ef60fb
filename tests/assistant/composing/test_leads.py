"""Yes and No, what a document does not name, and several things side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.composing import compose
from assistant.composing.yes_no import lead
from assistant.pipeline import retrieve
from assistant.query import Query
from assistant.settings import Settings
from assistant.understanding.question import understand
from assistant.verification.verify import verify
from assistant.wording import DEPENDS, NO, YES


@pytest.fixture(scope="module")
def assistant(built_home: Path) -> Iterator[Assistant]:
    opened = Assistant.open(Settings(home=built_home), today=lambda: date(2026, 1, 1))
    yield opened
    opened.close()


def _query(question: str, assistant: Assistant) -> Query:
    return understand(question, (), None, assistant.index.gazetteer)


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Can we move vaults later?", "Vaults can't be moved once they are created.", NO),
        ("Can we move vaults later?", "Vaults can be moved at any time.", YES),
        ("Can we move vaults later?", "Vaults can be moved if the owner agrees.", DEPENDS),
        ("Is moving vaults supported?", "Moving vaults isn't supported yet.", NO),
        # Turned questions, choices and sentences that only state something get no lead.
        ("Can't we move vaults later?", "Vaults can't be moved.", ""),
        ("Can we move vaults or copy them?", "Vaults can't be moved.", ""),
        ("Where can we move vaults?", "Vaults can be moved to Lyon.", ""),
        ("Can we move vaults later?", "Vaults are stored in Lyon.", ""),
    ],
)
def test_the_lead_follows_from_the_sentence(
    question: str, sentence: str, said: str, assistant: Assistant
) -> None:
    assert lead(_query(question, assistant), sentence) == said


def test_a_turned_lead_is_withheld_and_the_quotation_stays(assistant: Assistant) -> None:
    query = _query("Can an admin change the country value of our tenant later?", assistant)
    draft = compose(query, retrieve(query, assistant.index), assistant.index)
    first = draft.statements[0]
    assert first.lead == NO
    turned = replace(draft, statements=(replace(first, lead=YES), *draft.statements[1:]))
    kept = verify(turned, query, assistant.index).statements[0]
    assert (kept.lead, kept.text) == ("", first.text)


def test_a_place_that_a_document_does_not_name_is_said(assistant: Assistant) -> None:
    text = assistant.ask("Does Intune have a site in Chile?").text
    assert "does not name Chile." in text
    assert "does not name" not in assistant.ask("Does Intune have a site in India?").text


def test_services_stand_side_by_side(assistant: Assistant) -> None:
    answer = assistant.ask("Compare Intune and Exchange: is Switzerland a geography of its own?")
    assert {c.document for c in answer.citations} >= {"intune", "exchange-online"}
    assert "Microsoft Intune: " in answer.text
