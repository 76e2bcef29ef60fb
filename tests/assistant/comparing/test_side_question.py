"""What a question that compares asks of one side alone."""

from __future__ import annotations

import re

import pytest

from assistant.comparing.answers.side_question import side_question
from assistant.comparing.answers.sides_asked import SideAsked
from assistant.reasoning.known import Scope
from corpus.types import Span


def _side(name: str, question: str) -> SideAsked:
    at = tuple(Span(*match.span()) for match in re.finditer(re.escape(name), question))
    return SideAsked(name, at, Scope(()))


@pytest.mark.parametrize(
    ("question", "mine", "other", "asked"),
    [
        ("Compare how long Tern Mail and Gull Mail keep letters.", "Tern Mail", "Gull Mail",
         "How long Tern Mail keep letters?"),
        ("What is the difference between Tern Mail and Gull Mail in the regions they offer?",
         "Gull Mail", "Tern Mail", "Which regions does Gull Mail offer?"),
        ("How do Tern Mail and Gull Mail differ in how early they announce a change?",
         "Tern Mail", "Gull Mail", "How early Tern Mail announce a change?"),
        ("Does Tern Mail keep letters longer than Gull Mail keeps drafts?", "Gull Mail",
         "Tern Mail", "Gull Mail keeps drafts?"),
        ("Does Tern Mail keep letters longer than Gull Mail keeps drafts?", "Tern Mail",
         "Gull Mail", "Does Tern Mail keep letters longer?"),
        ("Is the notice period the same at Tern Mail and Gull Mail?", "Gull Mail", "Tern Mail",
         "Is the notice period the at Gull Mail?"),
        ("How does Tern Mail differ from Gull Mail when it comes to backups?", "Gull Mail",
         "Tern Mail", "What does Gull Mail say about backups?"),
    ],
)  # fmt: skip
def test_the_other_side_and_the_comparing_are_left_out(
    question: str, mine: str, other: str, asked: str
) -> None:
    assert side_question(question, _side(mine, question), [_side(other, question)]) == asked
