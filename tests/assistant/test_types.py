"""Answers to JSON and back."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.types import Answer, AnswerKind, StatedFact


def _counts(answer: Answer) -> bool:
    """Tell whether all of its times are numbers: what is none equals nothing, itself included."""
    times = (answer.latency_ms, answer.receipt.seconds if answer.receipt else 0.0)
    return not any(map(math.isnan, times))


# An answer is many values within each other: drawing some is slow, and some draws grow too large.
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.from_type(Answer).filter(_counts))
def test_an_answer_comes_back_from_json_as_it_was(answer: Answer) -> None:
    assert Answer.from_json(answer.to_json()) == answer
    written = json.dumps(answer.to_json())
    assert Answer.from_json(json.loads(written)) == answer
    assert Answer.from_json(json.loads(written)).to_json() == answer.to_json()


@pytest.mark.parametrize("payload", [{}, [], None, {"id": "a"}, {"verdict": "no"}])
def test_what_is_no_answer_is_refused(payload: Any) -> None:
    with pytest.raises(ValueError, match="Answer"):
        Answer.from_json(payload)


KEPT = (
    '{"id": "a1", "question": "Where is it?", "text": "It rests in Ireland. [1]", '
    '"verdict": "answered", "citations": [{"marker": 1, "document": "intune", '
    '"title": "Data in Intune", "section": "Storage", "quote": "Data rests in Ireland.", '
    '"start": 4, "end": 26, "source": "https://example.com/intune", "as_of": "2025-06-25", '
    '"page": 3}], "facts": [{"document": "intune", "quote": "Ireland", "start": 18, "end": 25, '
    '"id": "f1", "kind": "location", "conditions": ["with ADR"], "exceptions": []}], '
    '"caveats": [], "choices": [], "mode": "mixed", "index": "build", "latency_ms": 12.5, '
    '"receipt": {"model": "m", "prompts": "p", "prompt_tokens": 3, "completion_tokens": 2, '
    '"seconds": 0.5, "cached": false, "fault": "", "sentences": [{"text": "It rests.", '
    '"origin": "model, second attempt", "reason": ""}]}, "derivation": [], "abstained": false}'
)


def test_what_files_hold_is_written_to_the_letter() -> None:
    assert json.dumps(Answer.from_json(json.loads(KEPT)).to_json()) == KEPT


def test_the_kind_of_an_answer_is_kept_where_it_has_one() -> None:
    plain = json.loads(KEPT)
    assert Answer.from_json(plain).kind is None
    told = Answer.from_json(plain | {"kind": "depends"})
    assert told.kind is AnswerKind.DEPENDS
    assert told.to_json()["kind"] == "depends"
    with pytest.raises(ValueError, match="kind"):
        Answer.from_json(plain | {"kind": "perhaps"})


def test_answers_of_before_facts_had_names_are_read() -> None:
    plain = json.loads(KEPT)
    del plain["receipt"], plain["abstained"], plain["citations"][0]["page"]
    plain["facts"] = [{"document": "intune", "quote": "Ireland", "start": 18, "end": 25}]
    read = Answer.from_json(plain)
    assert read.facts == (StatedFact("intune", "Ireland", 18, 25),)
    assert (read.receipt, read.citations[0].page, read.abstained) == (None, None, False)
