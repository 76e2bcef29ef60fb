"""What makes a passage another one, and what does not."""

from __future__ import annotations

import pytest

from assistant.library.review import Kind, Words, difference
from assistant.library.types import settled

SAID = "Data is stored in Norway - for “30 days”."


@pytest.mark.parametrize(
    "written",
    [
        "Data is stored\n   in Norway - for “30 days”.",
        "Data is **stored** in `Norway` - for “30 days”.",
        "Data is stored in [Norway](https://example.com/no) - for “30 days”.",
        'Data is stored in Norway \N{EN DASH} for "30 days".',
        "Data is sto\u00adred in Norway - for “30\u00a0days”.",
    ],
)
def test_form_makes_no_difference(written: str) -> None:
    assert settled(written) == settled(SAID)


@pytest.mark.parametrize(
    "written",
    [
        "Data is stored in Norway - for “90 days”.",
        "Data is stored in Sweden - for “30 days”.",
        "Data is not stored in Norway - for “30 days”.",
        "Data is stored in Norway - for “30 days”, except for logs.",
        "Data is stored in norway - for “30 days”.",
    ],
)
def test_every_word_and_number_does(written: str) -> None:
    assert settled(written) != settled(SAID)


def test_a_difference_is_told_word_by_word() -> None:
    assert difference("kept for 30 days", "kept for 90 days") == (
        Words(Kind.SAME, "kept for "), Words(Kind.GONE, "30"), Words(Kind.NEW, "90"),
        Words(Kind.SAME, " days"),
    )  # fmt: skip
