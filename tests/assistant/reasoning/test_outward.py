"""Texts that speak of what leaves a place, and those that only use its words."""

from __future__ import annotations

import pytest

from assistant.reasoning.values.candidates import goes_out


@pytest.mark.parametrize(
    "text",
    [
        "Which data leaves the EU?",
        "Does mail leave our region?",
        "Types of customer data being egressed",
        "It is kept outside of Norway.",
        "Services excluded from the boundary",
        "What is sent to other countries?",
    ],
)
def test_what_leaves_a_place_is_told(text: str) -> None:
    assert goes_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "When may they leave our data in backups?",
        "Leave the box empty.",
        "Most of it is kept in Europe.",
        "People leaving our service are deleted.",
    ],
)
def test_what_only_uses_its_words_is_not(text: str) -> None:
    assert not goes_out(text)
