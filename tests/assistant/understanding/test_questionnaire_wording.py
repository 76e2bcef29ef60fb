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
