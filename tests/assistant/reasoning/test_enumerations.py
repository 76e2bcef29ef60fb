"""What a sentence names one after another, and what only looks like it."""

from __future__ import annotations

import pytest

from assistant.reasoning.members.enumerations import enumerated


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Keep it for 30, 60 or 90 days", [("30", "60", "90 days")]),
        ("Features: Logs, Search and Share Insights, Sign-Ins", []),
        ("Features: Preview, beta and others", []),
        ("Sites are in Oslo, Bergen and Turku.", [("Oslo", "Bergen", "Turku")]),
    ],
)
def test_a_row_of_names_ends_with_its_last_one(text: str, names: list[tuple[str, ...]]) -> None:
    assert [one.names for one in enumerated(text)] == names
