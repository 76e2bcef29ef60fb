"""Answers as they grow: what is proven at once, of a lie nothing."""

from __future__ import annotations

import json
import time

import pytest

from tests.assistant.model.model_scripts import (
    AUDIT,
    CHUNK,
    KEPT,
    LIES,
    MOVED,
    MOVES,
    SHORT,
    TRUE,
    Passages,
    Talking,
    answering,
    mended,
    notice,
    reply,
    sentence,
)
from tests.fakes.openai import Stall, Text

FILLER = " ".join(map(str, range(500)))


def test_the_first_sentence_comes_before_the_model_has_finished(
    talking: Talking, passages: Passages
) -> None:
    right = "Data moves can take up to 24 months after the request period ends."
    said = reply(
        sentence(TRUE, passages.id(AUDIT)),
        sentence(right, passages.id(MOVES)),
        json.dumps({"padding": list(range(150))}),
    )
    with talking(answering(Text(said, pace_s=0.04))) as (asked, _):
        seen = [(piece, time.monotonic()) for piece in asked.stream(KEPT)]
    pieces = [piece for piece, _ in seen]
    told = [when for piece, when in seen if piece.text]
    assert seen[-1][1] - told[0] > 0.8
    final = pieces[-1].answer
    assert final is not None
    assert all(piece.answer is None for piece in pieces[:-1])
    assert "".join(piece.text for piece in pieces) == final.text
    assert final.text.startswith(TRUE)
    assert final.mode == "model"


def test_a_stream_whose_model_stalls_keeps_what_it_said(
    talking: Talking, passages: Passages
) -> None:
    said = reply(sentence(TRUE, passages.id(AUDIT))) + "\n" + FILLER
    with talking(answering(Stall(40 * CHUNK, said, 30)), model_timeout=SHORT) as (asked, _):
        started = time.monotonic()
        stream = asked.stream(KEPT)
        assert next(stream).text.strip() == "Audit"
        assert time.monotonic() - started < SHORT - 0.3
        rest = list(stream)
    final = rest[-1].answer
    assert final is not None
    assert final.text == "Audit " + "".join(piece.text for piece in rest)
    assert "it took too long" in notice(final)
    assert time.monotonic() - started < SHORT + 6


def test_of_a_lie_nothing_is_streamed(talking: Talking, passages: Passages) -> None:
    lie = LIES["number"]
    said = reply(sentence(lie.text, passages.id(lie.cited)), sentence(TRUE, passages.id(AUDIT)))
    with talking(answering(said)) as (asked, _):
        pieces = list(asked.stream(KEPT))
    streamed = "".join(piece.text for piece in pieces)
    assert pieces[-1].answer is not None
    assert streamed == pieces[-1].answer.text
    assert lie.false not in streamed


def test_the_stream_goes_on_past_a_sentence_that_failed(
    talking: Talking, passages: Passages
) -> None:
    """What is written in its place comes after what was seen already."""
    first = "Data moves can take up to 24 months after the request period ends."
    later = "Data moves can take up to 24 months."
    right = "Microsoft offers a committed deadline to all eligible customers who request migration."
    lie = LIES["number"]
    said = reply(
        sentence(first, passages.id(MOVES)),
        sentence(lie.text, passages.id(lie.cited)),
        sentence(later, passages.id(MOVES)),
        json.dumps({"padding": list(range(400))}),
    )
    deadline = passages.id("Microsoft offers a committed deadline")
    script = answering(Text(said, pace_s=0.02), mended(2, right, deadline))
    with talking(script) as (asked, fake):
        seen = [(piece.text, time.monotonic()) for piece in asked.stream(MOVED)]
    text = "".join(piece for piece, _ in seen)
    assert text.index(first) < text.index(right)
    assert lie.false not in text
    shown = next(when for piece, when in seen if "ends." in piece)
    assert seen[-1][1] - shown > 0.3
    mend = fake.requests[1]
    assert mend.arrived < seen[-1][1] - 0.3


def test_the_documents_answer_is_not_replaced_in_mid_stream(
    talking: Talking, passages: Passages
) -> None:
    """What says less than the documents is not streamed."""
    right = "Data moves can take up to 24 months after the request period ends."
    said = reply(sentence(right, passages.id(MOVES)), sentence(TRUE, passages.id(AUDIT)))
    with talking(answering(Text(said, pace_s=0.01))) as (asked, _):
        pieces = list(asked.stream(KEPT))
    assert pieces[-1].answer is not None
    assert "".join(piece.text for piece in pieces) == pieces[-1].answer.text


@pytest.mark.parametrize("verdict", ["not_in_documents", "ask_back"])
def test_a_late_verdict_does_not_repeat_the_text(
    talking: Talking, passages: Passages, verdict: str
) -> None:
    late = json.dumps({"verdict": verdict, "choices": ["Intune", "Exchange Online"]})
    with talking(answering(sentence(TRUE, passages.id(AUDIT)) + "\n" + late)) as (asked, _):
        pieces = list(asked.stream(KEPT))
    assert pieces[-1].answer is not None
    assert "".join(piece.text for piece in pieces) == pieces[-1].answer.text
