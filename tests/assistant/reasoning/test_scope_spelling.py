"""Ways to write a name, and what is another name."""

from __future__ import annotations

import pytest

from assistant.reasoning.scope.spelling import abbreviates, initials, key, mistyped, shorter


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Larkspr", "Larkspur"),
        ("Larksupr", "Larkspur"),
        ("Larkspurs", "Larkspur"),
        ("Azue Ledger Store", "Azure Ledger Store"),
    ],
)
def test_a_slip_is_no_other_name(said: str, name: str) -> None:
    assert mistyped(key(said), key(name))


@pytest.mark.parametrize(
    ("said", "name"),
    [("LangGraph", "LangSmith"), ("GitLab", "GitHub"), ("Plan 1", "Plan 2"), ("Knack", "Knock")],
)
def test_a_sibling_is_no_slip(said: str, name: str) -> None:
    assert not mistyped(key(said), key(name))


def test_the_words_of_a_name_are_those_that_tell_it() -> None:
    assert key("the Ostwick Ledger Ltd's") == ("ostwick", "ledger")
    assert key("Identity Centre") == key("Identity Center")


def test_initials_are_those_of_words_and_of_words_within_words() -> None:
    assert "osd" in initials("OpenShift Dedicated")
    assert "sso" in initials("AWS Single Sign-On")
    assert not initials("Larkspur")


def test_a_name_is_said_without_its_maker_and_without_cloud() -> None:
    makers = frozenset({"azure"})
    assert ("data", "factory") in set(shorter(key("Azure Data Factory"), makers))
    assert ("larkspur",) in set(shorter(key("Larkspur Cloud"), makers))
    assert list(shorter(key("Azure Cloud"), makers)) == []


def test_words_may_be_cut_short() -> None:
    assert abbreviates(key("App Insights"), key("Application Insights"))
    assert not abbreviates(key("App Ledger"), key("Application Insights"))
