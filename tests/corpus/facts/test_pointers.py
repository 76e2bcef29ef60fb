"""Sentences that only say where to read on."""

from __future__ import annotations

import pytest

from corpus.facts.pointers import points_elsewhere
from corpus.language.parsing import parse_one
from corpus.language.propositions import propositions


def _points(text: str) -> bool:
    return points_elsewhere(propositions(parse_one(text)))


@pytest.mark.parametrize(
    "text",
    [
        "For more information, see the list of towns.",
        "You can find more details here.",
        "To learn how letters are kept, see the list of towns.",
        "Refer to the postal rules.",
        "Learn more about parcels.",
    ],
)
def test_what_tells_where_to_read_on_says_nothing_else(text: str) -> None:
    assert _points(text)


@pytest.mark.parametrize(
    "text",
    [
        "Letters are kept in Oslo.",
        "You can find your letters in Oslo.",
        "We see letters only in Oslo.",
        "You cannot find more information there.",
        "See the list, and keep your letters in Oslo.",
    ],
)
def test_what_says_something_of_data_does_not_only_point(text: str) -> None:
    assert not _points(text)
