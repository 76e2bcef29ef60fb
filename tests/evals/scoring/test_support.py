"""What the support check lets pass, and what it does not."""

from __future__ import annotations

import pytest

from evals.scoring.support import supported

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


@pytest.mark.parametrize(
    ("sentence", "span", "holds"),
    [
        # numbers: thousands separators, words, "one of them", dates are no numbers
        ("There are 5000 seats.", "at least 5,000 seats", True),
        ("There are 5,000 seats.", "at least 5000 seats", True),
        ("There are 50 seats.", "at least 5,000 seats", False),
        ("There are twelve seats.", "at least 12 seats", True),
        ("There are twelve seats.", "at least 11 seats", False),
        ("It is one of them.", "these seats", True),
        ("Seats are sold since 3 May 2020.", "seats, sold since 2020-05-03", True),
        ("Seats are sold since 3 May 2020.", "seats, sold since 2020-05-04", False),
        # counts of what a span lists
        ("There are two sites.", "Bergen and Oslo", True),
        ("There are three sites.", "Bergen, Oslo and Moss", True),
        ("There are four sites.", "Bergen, Oslo and Moss", False),
        # commands
        ("Run Get-Seat -Place.", "Use Get-Seat with -Place", True),
        ("Run Get-Seat -Site.", "Use Get-Seat with -Place", False),
        ("run `seat list`", "then `seat list` shows it", True),
        # names: not at the beginning of a sentence, with or without the genitive
        ("Bodø is a town.", "a town", True),
        ("A town is Bodø.", "a town", False),
        ("(Bodø) is a town.", "a town", True),
        ("A town: Bodø.", "a town", True),
        ("The town is Bodø's.", "the towns of Bodø", True),
        ("The town of Bodøs.", "the town of Bodø", True),
        ("A town is Bodø.", "Bodø", True),
        ("The town of Bodø is it.", "the town of Bod", False),
        # negation
        ("It is copied.", "It is not copied.", False),
        ("It is not copied.", "It is copied.", False),
        ("It is not copied.", "It isn't copied.", True),
        ("It is kept here.", "It is kept here. It is not copied.", True),
        ("It is.", "...", False),
    ],
)
def test_each_rule_by_itself(sentence: str, span: str, holds: bool) -> None:
    assert supported(sentence, (span,)) is holds


def test_spans_stay_apart() -> None:
    assert supported("There are two sites: Bergen and Oslo.", ("Bergen", "Oslo"))
    assert not supported("It is in Bergenoslo or Bergen Xx.", ("Bergen", "Oslo"))
