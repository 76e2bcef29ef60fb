"""What the support check lets pass, and what it does not."""

from __future__ import annotations

import pytest

from evals.support import supported

SPAN = (
    "Backups of tenants in Norway are kept in Oslo for 35 days, unless the customer has bought the "
    "Vault add-on before 1 March 2021; run `harbour backup list` to see them. They are not copied."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Backups are kept in Oslo.",
        "Backups are kept for 35 days.",
        "For tenants in Norway backups stay in Oslo for 35 days.",
        "They are not copied.",
        "Run `harbour backup list`.",
        "The Vault add-on must be bought before 1 March 2021.",
    ],
)
def test_what_stands_in_the_span_is_supported(sentence: str) -> None:
    assert supported(sentence, (SPAN,), ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Backups are kept in Bergen.",
        "Backups are kept for 36 days.",
        "Backups are never kept in Oslo for 35 days.",
        "Run `harbour backup purge`.",
        "The Vault add-on must be bought before 1 March 2022.",
        "Backups of tenants in Sweden are kept in Oslo.",
    ],
)
def test_what_does_not_stand_there_is_not(sentence: str) -> None:
    span = SPAN.replace(" They are not copied.", "")
    assert not supported(sentence, (span,), ())


def test_nothing_supports_without_a_span() -> None:
    assert not supported("Backups are kept in Oslo.", (), ())
