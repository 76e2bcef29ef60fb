"""Sentences that a model writes, over real HTTP: what is proven is shown, nothing else."""

from __future__ import annotations

import pytest

from assistant.model.prompts import read_prompts
from assistant.types import Origin
from tests.assistant.model.model_scripts import (
    AUDIT,
    BOTH,
    KEPT,
    LIES,
    MOVES,
    TRUE,
    Lie,
    Passages,
    Talking,
    answering,
    assert_verbatim,
    human,
    mended,
    notice,
    origins,
    receipt_of,
    reply,
    sentence,
    system,
)
from tests.fakes.openai import Text


def test_a_verified_sentence_is_shown_with_its_passage_and_a_receipt(
    talking: Talking, passages: Passages
) -> None:
    said = reply(sentence(TRUE, passages.id(AUDIT)))
    with talking(answering(Text(said, prompt_tokens=321, completion_tokens=45))) as (asked, fake):
        answer = asked.ask(KEPT)
    assert answer.mode == "model"
    assert f"{TRUE} [1]" in answer.text
    assert notice(answer) == ""
    [citation] = answer.citations
    assert_verbatim(answer, asked)
    assert citation.document == "intune"
    assert AUDIT in citation.quote
    receipt = receipt_of(answer)
    assert receipt.model == "openai:fake"
    assert receipt.prompts == read_prompts().sha256
    assert (receipt.prompt_tokens, receipt.completion_tokens) == (321, 45)
    assert (receipt.fault, receipt.cached) == ("", False)
    assert [(r.text, r.origin, r.reason) for r in receipt.sentences] == [(TRUE, Origin.MODEL, "")]
    [request] = fake.requests
    assert system(request) == read_prompts().answer
    assert request.authorization == "Bearer sk-of-the-tests"
    assert request.model == "fake"


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_is_not_shown(talking: Talking, passages: Passages, lie: Lie) -> None:
    """Its passage is quoted where it has to do with the question, not because it was named."""
    lines = (sentence(TRUE, passages.id(AUDIT)), sentence(lie.text, passages.id(lie.cited)))
    with talking(answering(reply(*lines))) as (asked, fake):
        answer = asked.ask(KEPT)
    assert len(fake.requests) == 2
    assert system(fake.requests[1]) == read_prompts().repair
    assert lie.text not in answer.text
    assert lie.false not in answer.text
    assert TRUE in answer.text
    assert origins(answer)[0] is Origin.MODEL
    assert origins(answer)[1] in (Origin.DOCUMENTS, Origin.WITHHELD)
    assert receipt_of(answer).sentences[1].reason
    assert_verbatim(answer, asked)


@pytest.mark.parametrize("country", ["Japan", "Canada"])
def test_the_passage_of_a_lie_is_quoted_where_it_answers(
    talking: Talking, passages: Passages, country: str
) -> None:
    lie = LIES["country"]
    with talking(answering(reply(sentence(lie.text, passages.id(lie.cited))))) as (asked, _):
        answer = asked.ask(f"Does the Asia Pacific region of Intune include {country}?")
    assert lie.text not in answer.text
    assert lie.true in answer.text
    assert answer.text.count(lie.true) == 1


def test_a_mended_sentence_is_shown_and_marked(talking: Talking, passages: Passages) -> None:
    right = "Data moves can take up to 24 months after the request period ends."
    lie, moves = LIES["number"], passages.id(MOVES)
    first = reply(sentence(TRUE, passages.id(AUDIT)), sentence(lie.text, moves))
    with talking(answering(first, mended(2, right, moves))) as (asked, fake):
        answer = asked.ask(BOTH)
    complaint = human(fake.requests[1])
    assert lie.text in complaint
    assert receipt_of(answer).sentences[1].reason in complaint
    assert "24 months" in complaint
    assert TRUE not in complaint
    assert answer.text.index(TRUE) < answer.text.index(right)
    assert "12 months" not in answer.text
    assert answer.mode == "model"
    assert origins(answer) == [Origin.MODEL, Origin.REPAIRED]
    assert receipt_of(answer).prompt_tokens == 20


def test_a_lie_that_is_told_again_is_not_shown(talking: Talking, passages: Passages) -> None:
    lie, moves = LIES["number"], passages.id(MOVES)
    first = reply(sentence(TRUE, passages.id(AUDIT)), sentence(lie.text, moves))
    with talking(answering(first, mended(2, "It takes 13 months.", moves))) as (asked, fake):
        answer = asked.ask(BOTH)
    assert len(fake.requests) == 2
    assert not {"12 months", "13 months"} & set(answer.text.split())
    assert "13 months" not in answer.text
    assert "24 months" in answer.text
    assert origins(answer) == [Origin.MODEL, Origin.DOCUMENTS]


@pytest.mark.parametrize("ids", [("p99999",), ("see above",), (), ("p99999", "see above")])
def test_a_sentence_without_a_passage_is_withheld(
    talking: Talking, passages: Passages, ids: tuple[str, ...]
) -> None:
    bare = "Data moves can take up to 24 months after the request period ends."
    first = reply(sentence(TRUE, passages.id(AUDIT)), sentence(bare, *ids))
    with talking(answering(first, mended(2, bare, *ids))) as (asked, _):
        answer = asked.ask(KEPT)
    assert TRUE in answer.text
    assert "24 months" not in answer.text
    assert answer.mode == "model"
    assert origins(answer) == [Origin.MODEL, Origin.WITHHELD]
    assert "cites no passage" in receipt_of(answer).sentences[1].reason
