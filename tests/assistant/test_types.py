"""Answers to JSON and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Answer


@given(st.from_type(Answer).filter(lambda answer: answer.latency_ms == answer.latency_ms))
def test_an_answer_comes_back_from_json_as_it_was(answer: Answer) -> None:
    assert Answer.from_json(answer.to_json()) == answer
    written = json.dumps(answer.to_json())
    assert Answer.from_json(json.loads(written)) == answer
    assert Answer.from_json(json.loads(written)).to_json() == answer.to_json()


@pytest.mark.parametrize("payload", [{}, [], None, {"id": "a"}, {"verdict": "no"}])
def test_what_is_no_answer_is_refused(payload: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Answer.from_json(payload)
