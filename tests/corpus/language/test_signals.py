"""What a sentence is told to hold: times as tables write them."""

from __future__ import annotations

import pytest

from corpus.language.signals import DURATION


@pytest.mark.parametrize(
    "text",
    [
        "7d retention",
        "(4d retention)",
        "kept 24h",
        "30 mins",
        "up to 12mo",
        "2 yrs",
        "after 90 days",
    ],
)
def test_a_time_is_told_however_its_unit_is_written(text: str) -> None:
    assert DURATION.search(text)


@pytest.mark.parametrize("text", ["a 3D model", "AES-256", "v2d", "5GB", "4 d", "in 2026"])
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert not DURATION.search(text)
