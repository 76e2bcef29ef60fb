"""Questions of questionnaires in plain words."""

from __future__ import annotations

import pytest

from assistant.understanding.questionnaire_wording import plain_question


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Does the vendor keep logs?", "Does Acme keep logs?"),
        ("Do you keep logs abroad?", "Does Acme keep logs abroad?"),
        ("Is it in your organization's data centers?", "Is it in Acme's data centers?"),
        ("Describe the location(s) of data.", "Describe the locations of data."),
        ("List the vendors that process data.", "List the vendors that process data."),
        ("Is the provider that hosts backups named?", "Is the provider that hosts backups named?"),
    ],
)
def test_who_answers_is_called_by_name(said: str, plain: str) -> None:
    assert plain_question(said, "Acme") == plain


def test_without_a_publisher_nobody_is_named() -> None:
    assert plain_question("Does the vendor keep logs?") == "Does the vendor keep logs?"


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("The vendor keeps logs in Oslo only.", "Is it true that Acme keeps logs in Oslo only?"),
        ("All logs are kept in Oslo.", "Is it true that all logs are kept in Oslo?"),
        ("Confirm that logs stay in Oslo.", "Is it true that logs stay in Oslo?"),
        ("Describe where logs are kept.", "Describe where logs are kept."),
        ("Where logs are kept.", "Where logs are kept."),
    ],
)
def test_what_a_row_states_is_asked(said: str, plain: str) -> None:
    assert plain_question(said, "Acme") == plain


def test_a_name_that_goes_on_is_no_case() -> None:
    question = "Is mail of customers in Nordic Union countries kept in Norway?"
    assert plain_question(question) == question
