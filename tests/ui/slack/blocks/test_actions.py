"""What a button carries comes back as it was given; anything else reads as nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.history.feedback import Rating
from ui.slack.blocks.actions import action_of, numbered
from ui.slack.buttons.feedback import (
    AnswerPlace,
    feedback_value,
    read_feedback,
    read_reason_metadata,
    reason_metadata,
)
from ui.slack.buttons.passage import passage_value, read_passage


@given(st.text(), st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_passage_comes_back(document: str, start: int, length: int) -> None:
    value = passage_value(document, start, start + length)
    assert read_passage(value) == (document, start, start + length)


@pytest.mark.parametrize(
    "value",
    ["", "x", "[]", '["d",5,5]', '["d",-1,5]', '["d",true,5]', '["d",1.5,5]', "{}", "[" * 99_999],
)
def test_what_is_no_passage_reads_as_nothing(value: str) -> None:
    assert read_passage(value) is None


@pytest.mark.parametrize("rating", list(Rating))
def test_feedback_comes_back(rating: Rating) -> None:
    assert read_feedback(feedback_value(rating, "a:b")) == (rating, "a:b")


@pytest.mark.parametrize("value", ["", "up", "up:", "sideways:a", ":a"])
def test_what_is_no_feedback_reads_as_nothing(value: str) -> None:
    assert read_feedback(value) is None


def test_the_place_of_an_answer_comes_back() -> None:
    place = AnswerPlace("T1", "C1", "", "a")
    assert read_reason_metadata(reason_metadata(place)) == place
    assert read_reason_metadata('["T1","C1","",""]') is None
    assert read_reason_metadata("null") is None


@pytest.mark.parametrize(
    ("action_id", "action"),
    [(numbered("choose", 12), "choose"), ("feedback", "feedback"), ("check_claim", "check_claim"),
     ("_1", "_1"), ("", "")],
)  # fmt: skip
def test_an_action_is_known_whatever_its_number(action_id: str, action: str) -> None:
    assert action_of(action_id) == action
