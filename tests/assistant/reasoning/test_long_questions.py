"""Questions of several sentences come to an end, whatever stands in them."""

from __future__ import annotations

import json

import pytest

from assistant.reasoning.asking import question_parts, read_ask
from assistant.reasoning.whether.claims import claim_of
from corpus.places import Gazetteer
from tests.paths import ROOT

_TOGETHER = 3


def messages() -> list[str]:
    """Return questions of many voices, three in a message, some with words before them."""
    path = ROOT / "evals" / "cases" / "asks" / "asks.jsonl"
    rows = path.read_text(encoding="utf-8").splitlines()
    asked = [json.loads(row)["question"] for row in rows]
    return [" ".join(asked[at : at + _TOGETHER]) for at in range(0, len(asked), _TOGETHER)]


@pytest.mark.timeout(120)
def test_messages_of_several_sentences_are_read_to_their_end(gazetteer: Gazetteer) -> None:
    for text in messages():
        claim_of(text)
        assert read_ask(text, gazetteer).question == text
        assert question_parts(text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "And backups? where then? and for customers in Japan?",
        "is mail kept in Norway? and what about files?",
    ],
)
def test_a_question_word_beside_the_main_clause_asks_for_more_than_yes_or_no(text: str) -> None:
    assert claim_of(text) is None
