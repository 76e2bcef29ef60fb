"""Drop-downs get one of their own values, as they write it, or nothing."""

from __future__ import annotations

import pytest

from assistant.triage.allowed_value import Decision, allowed_value, takes_yes_or_no


@pytest.mark.parametrize(
    ("decision", "allowed", "value"),
    [
        (Decision.YES, ("Yes", "No"), "Yes"),
        (Decision.NO, ("YES", "NO", "N/A"), "NO"),
        (Decision.PARTIAL, ("Yes", "No", "Partial"), "Partial"),
        (Decision.PARTIAL, ("Yes", "No"), ""),
        (Decision.NOT_APPLICABLE, ("Yes", "No", "N/A"), "N/A"),
        (Decision.YES, ("1. Yes - in full", "2. No"), "1. Yes - in full"),
        (Decision.YES, ("Compliant", "Not compliant"), "Compliant"),
        (Decision.NO, ("Compliant", "Not compliant"), "Not compliant"),
        (Decision.YES, ("Low", "High"), ""),
        (None, ("Yes", "No"), ""),
    ],
)
def test_the_value_that_says_it(
    decision: Decision | None, allowed: tuple[str, ...], value: str
) -> None:
    assert allowed_value(decision, allowed) == value


def test_two_values_that_say_the_same_are_for_a_person() -> None:
    assert allowed_value(Decision.YES, ("Implemented", "In place", "No")) == ""


def test_a_drop_down_of_grades_is_not_for_yes_and_no() -> None:
    assert takes_yes_or_no(("Yes", "No", "NA"))
    assert not takes_yes_or_no(("Low", "Medium", "High"))
