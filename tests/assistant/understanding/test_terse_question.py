"""Keywords with "yes/no" behind them, and what only looks like it."""

from __future__ import annotations

import pytest

from assistant.understanding.terse_question import spelt_out


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("tern mail norway?? yes/no", "Is there tern mail norway?"),
        ("tern audit logs kept one year? y/n", "Are tern audit logs kept one year?"),
        ("Does Tern keep logs? (y/n, please with source)", "Does Tern keep logs?"),
        ("Tern keeps logs in Oslo, yes or no?", "Tern keeps logs in Oslo?"),
        ("Can mail leave Norway - yes or no", "Can mail leave Norway?"),
    ],
)
def test_keywords_become_the_question_that_they_stand_for(said: str, question: str) -> None:
    assert spelt_out(said) == question


@pytest.mark.parametrize(
    "question",
    [
        "Please answer with yes or no: does Tern keep logs in Oslo?",
        "Which columns of the table say yes or no?",
        "Where does Tern keep mail?",
        "☃ yes/no",
        "yes/no?",
        "Yes or no? Does Tern keep logs in Oslo?",
    ],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    assert spelt_out(question) == question
