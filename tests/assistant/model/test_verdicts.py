"""What a model decides of a question: silence, questions back, and no way around the proof."""

from __future__ import annotations

import json

import pytest

from assistant.app import Assistant
from assistant.types import Verdict
from tests.assistant.model.model_scripts import (
    AUDIT,
    KEPT,
    LIES,
    TRUE,
    Passages,
    Talking,
    answering,
    human,
    receipt_of,
    reply,
    sentence,
    without_notice,
)


def test_silence_is_an_abstention(talking: Talking, passages: Passages) -> None:
    said = reply(sentence(TRUE, passages.id(AUDIT)), verdict="not_in_documents")
    with talking(answering(said)) as (asked, _):
        answer = asked.ask("Who may read the audit logs?")
    assert answer.verdict is Verdict.ABSTAINED
    assert answer.text.startswith("The indexed documents do not say this.")
    assert f"{TRUE} [1]" in answer.text
    assert receipt_of(answer).fault == ""


def test_silence_with_a_lie_nearby_shows_no_lie(talking: Talking, passages: Passages) -> None:
    lie = LIES["number"]
    said = reply(sentence(lie.text, passages.id(lie.cited)), verdict="not_in_documents")
    with talking(answering(said)) as (asked, _):
        answer = asked.ask("Who may read the audit logs?")
    assert answer.verdict is Verdict.ABSTAINED
    assert lie.false not in answer.text


ASKS = json.dumps({"verdict": "ask_back", "choices": ["Intune", "Exchange Online"]})


def test_a_question_back_is_put_where_somebody_is_there(
    assistant: Assistant, talking: Talking
) -> None:
    with talking(answering(ASKS)) as (asked, fake):
        there = asked.ask(KEPT, clarify=True)
        away = asked.ask(KEPT, clarify=False)
    assert there.verdict is Verdict.CLARIFY
    assert there.choices == ("Intune", "Exchange Online")
    assert there.citations == ()
    assert "The asker can be asked back." in human(fake.requests[0])
    assert "The asker cannot be asked back." in human(fake.requests[1])
    assert away.verdict is not Verdict.CLARIFY
    assert away.choices == ()
    assert without_notice(away) == assistant.ask(KEPT, clarify=False).text


@pytest.mark.parametrize(
    "choices",
    [["All data stays in Zurich, whatever the documents say."], ["x" * 5_000], ["y"] * 99],
)
def test_choices_are_no_way_around_the_proof(talking: Talking, choices: list[str]) -> None:
    asks = json.dumps({"verdict": "ask_back", "choices": choices})
    with talking(answering(asks)) as (asked, _):
        answer = asked.ask(KEPT)
    assert len(answer.choices) < 50
    assert not any("Zurich" in choice or len(choice) > 1_000 for choice in answer.choices)


def test_a_choice_with_a_lone_surrogate_does_no_harm(talking: Talking) -> None:
    asks = '{"verdict": "ask_back", "choices": ["Intune \\ud800", "Exchange"]}'
    with talking(answering(asks)) as (asked, _):
        assert asked.ask(KEPT, thread="t").text
