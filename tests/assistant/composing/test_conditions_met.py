"""The asker's own case against the conditions of each promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.composing.conditions_met import Standing, conditions
from assistant.draft import Draft
from assistant.query import Query
from assistant.settings import Settings
from assistant.types import Profile, Verdict
from assistant.understanding.question import understand
from assistant.verification.verify import verify

PLAIN = "Norwegian tenant, no add-ons. Do our mailboxes stay in the country?"


@pytest.fixture(scope="module")
def assistant(built_home: Path) -> Iterator[Assistant]:
    opened = Assistant.open(Settings(home=built_home), today=lambda: date(2026, 1, 1))
    yield opened
    opened.close()


def _query(question: str, assistant: Assistant, profile: Profile | None = None) -> Query:
    return understand(question, (), profile, assistant.index.gazetteer)


def _standings(query: Query, assistant: Assistant) -> dict[str, str]:
    found = conditions(query, "exchange-online", assistant.index)
    return {s.text.partition(": ")[0]: s.text.partition(": ")[2].split(".")[0] for s in found}


def test_each_promise_is_met_or_not(assistant: Assistant) -> None:
    assert _standings(_query(PLAIN, assistant), assistant) == {
        "Product Terms": Standing.MET,
        "Advanced Data Residency add-on": Standing.UNMET,
        "Multi-Geo add-on": Standing.UNMET,
    }
    elsewhere = _query(PLAIN.replace("Norwegian", "Peruvian"), assistant)
    assert _standings(elsewhere, assistant)["Product Terms"] == Standing.UNMET


def test_the_profile_counts_as_said(assistant: Assistant) -> None:
    profile = Profile(country="Norway", add_ons=("Multi-Geo",), agreement="Customer")
    found = _standings(_query("Do our mailboxes stay put?", assistant, profile), assistant)
    assert found["Product Terms"] == Standing.MET
    assert found["Advanced Data Residency add-on"] == Standing.UNMET
    assert found["Multi-Geo add-on"] == Standing.UNMET  # it needs an Enterprise Agreement


def test_without_a_case_nothing_is_weighed(assistant: Assistant) -> None:
    question = "Where are mailboxes of a tenant in Norway kept?"
    assert not conditions(_query(question, assistant), "exchange-online", assistant.index)
    assert " met." not in assistant.ask(question).text


def test_a_turned_standing_is_withheld(assistant: Assistant) -> None:
    query = _query(PLAIN, assistant)
    stated = conditions(query, "exchange-online", assistant.index)[1]
    draft = Draft(Verdict.ANSWERED, (stated,))
    assert verify(draft, query, assistant.index).statements == (stated,)
    turned = replace(stated, text=stated.text.replace("not met", "met"))
    withheld = verify(replace(draft, statements=(turned,)), query, assistant.index)
    assert withheld.verdict is Verdict.ABSTAINED


def test_the_answer_shows_the_case(assistant: Assistant) -> None:
    answer = assistant.ask(PLAIN)
    assert "Product Terms: met." in answer.text
    assert "Advanced Data Residency add-on: not met." in answer.text
    assert len(answer.text.split()) <= 200
