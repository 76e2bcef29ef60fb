"""Questions that are written from facts."""

from __future__ import annotations

import pytest

from corpus.facts.templates import question_of
from corpus.facts.types import StatementKind


@pytest.mark.parametrize(
    ("thing", "question"),
    [
        ("user mailboxes", "Where are user mailboxes stored?"),
        ("customer data", "Where is customer data stored?"),
        ("Customer Service Insights", "Where is Customer Service Insights stored?"),
        ("access", "Where is access stored?"),
    ],
)
def test_the_verb_fits_the_thing(thing: str, question: str) -> None:
    assert question_of(StatementKind.STORED, thing) == question
