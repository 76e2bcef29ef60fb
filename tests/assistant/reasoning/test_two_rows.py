"""Two rows, two columns or two blocks of one form, held against each other."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.draft import Evidence
from assistant.pipeline import Request, respond
from assistant.reasoning.findings import Said, Side
from assistant.reasoning.members import compared
from index.searching.reader import IndexReader

_NOTHING = Evidence("none", (), "", ())


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Ostwick Mail, Austria against Peru: how different are centre and reserve?",
         ("Austria: Centre: Graz; Reserve: Ghent", "Peru: Centre: Lima; Reserve: Puebla")),
        ("How does the duty of Arnvik differ from that of Cordane at Pellbrook Desk?",
         ("Arnvik: Hosting", "Cordane: Invoicing")),
    ],
)  # fmt: skip
def test_both_rows_are_said(question: str, parts: tuple[str, ...], fictional: IndexReader) -> None:
    answer, _ = respond(Request(question), fictional, lambda: date(2026, 1, 1))
    assert all(part in answer.text for part in parts)


def test_the_longer_is_told() -> None:
    sides = tuple(
        Side(name, (Said(text, (_NOTHING,)),))
        for name, text in (("A", "8 days"), ("B", "3 months"))
    )
    assert compared("Which is kept longer, A or B?", sides) == "B: 3 months, against 8 days for A."
    assert compared("What of A and B?", sides) == ""
