"""Lines of check lists: what stands behind an empty box is not so."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.pipeline import Request, respond
from assistant.types import Verdict
from index.searching.reader import IndexReader


def _text(question: str, index: IndexReader) -> str:
    answer, _ = respond(Request(question), index, date.today)
    assert answer.verdict is Verdict.ANSWERED
    return answer.text


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (
            "Are replies of Marrow Forms transferred to Serbia?",
            "No: the box “Replies are transferred to Serbia” is not ticked.",
        ),
        ("Are replies of Marrow Forms stored in Seoul?", "No"),
        ("Are replies of Marrow Forms stored in Leuven?", "Yes"),
        ("Do exports of Marrow Forms leave the country of the customer?", "No"),
        ("Are invoices of Marrow Forms kept in the country of the customer?", "Yes"),
    ],
)
def test_the_box_decides(fictional: IndexReader, question: str, start: str) -> None:
    assert _text(question, fictional).startswith(start)


def test_an_empty_box_is_no_answer_to_where(fictional: IndexReader) -> None:
    text = _text("Where are replies of Marrow Forms stored?", fictional)
    assert "Leuven" in text
    assert "Seoul" not in text
