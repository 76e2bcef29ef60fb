"""Which quotation may stand behind a Yes of a model whose own sentence failed."""

from __future__ import annotations

import pytest

from assistant.model.judging.judged import _may_lead


@pytest.mark.parametrize(
    ("lead", "quoted", "question", "may"),
    [
        ("Yes", "The team does not have access to folders.", "Can the team read folders?", False),
        ("Yes", "The team has access to your folders.", "Can the team read folders?", True),
        (
            "Yes", "The service does not move data outside of the region.",
            "Does data stay in the region?", True,
        ),
        ("No", "The team has access to your folders.", "Can the team read folders?", True),
        (
            "Yes", "The team does not have access to your folders.",
            "Isn't it so that the team can't read folders?", True,
        ),
    ],
)  # fmt: skip
def test_no_yes_stands_before_a_denial(lead: str, quoted: str, question: str, may: bool) -> None:
    assert _may_lead(lead, quoted, question) is may
