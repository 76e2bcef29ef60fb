"""Two checks side by side: each statement once, with what both come to."""

from __future__ import annotations

from assistant.app import Assistant
from assistant.types import Profile
from ui.shared.check_rows import beside_rows, check_rows


def test_two_checks_stand_side_by_side_and_nothing_is_lost(assistant: Assistant) -> None:
    first, _ = assistant.check_tenant(Profile(country="Germany", services=("Exchange Online",)))
    second, _ = assistant.check_tenant(Profile(country="Japan"))
    with assistant.reading() as index:
        rows = beside_rows(first, second, index)
        mine, theirs = (check_rows(check, index) for check in (first, second))
    assert {row.quote for row in mine} == {one.first.quote for one in rows if one.first}
    assert {row.quote for row in theirs} == {one.second.quote for one in rows if one.second}
    assert any(one.first is None for one in rows)
    found = {(one.row.quote, one.first.outcome, one.second.outcome)
             for one in rows if one.first and one.second and one.differs}  # fmt: skip
    assert found
    outcomes = {row.quote: row.outcome for row in mine}
    assert all(first != second and outcomes[quote] for quote, first, second in found)
