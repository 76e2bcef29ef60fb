"""Whether a question is about data residency, by what it asks for."""

from __future__ import annotations

import pytest

from assistant.reasoning.asking import read_ask
from assistant.triage.topic import Topic, topic_of
from corpus.places import Gazetteer


@pytest.mark.parametrize(
    "question",
    [
        "Where is customer data stored at rest?",
        "Please list the countries in which data is processed.",
        "Does any personal data leave Switzerland?",
        "Is hosting available in Singapore?",
        "For how long are audit logs kept?",
        "Is personal data erased within 30 days?",
        "Which subcontractors have access to customer data?",
        "Is Multi-Geo part of the subscription?",
        "Data remains in the European Union.",
        "Are your data centers used for storing mail located abroad?",
    ],
)
def test_place_time_and_access_are_residency(question: str, gazetteer: Gazetteer) -> None:
    assert topic_of(read_ask(question, gazetteer), gazetteer) is Topic.RESIDENCY


@pytest.mark.parametrize(
    "question",
    [
        "Is multi-factor authentication required for administrators?",
        "Are server rooms guarded around the clock?",
        "Do employees receive security training every 12 months?",
        "Is a web application firewall in place?",
        "Which law governs the agreement?",
        "Does the product comply with the transparency rules of the EU AI Act?",
        "Are visitors escorted within secure areas?",
        "Within how many hours are breaches notified?",
    ],
)
def test_what_asks_for_none_of_these_is_not(question: str, gazetteer: Gazetteer) -> None:
    assert topic_of(read_ask(question, gazetteer), gazetteer) is not Topic.RESIDENCY


def test_what_is_done_to_data_alone_may_be(gazetteer: Gazetteer) -> None:
    asked = read_ask("Are passwords stored as salted hashes?", gazetteer)
    assert topic_of(asked, gazetteer) is Topic.DATA
