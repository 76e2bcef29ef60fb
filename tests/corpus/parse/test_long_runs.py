"""Runs of blanks and of words take the time of reading them, not its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.understanding.question import question_type
from corpus.parse import parse

_MANY = 40_000
_MOST_S = 3.0
"""For a slow machine; the square of so many took minutes."""


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda text: parse(text, markdown=True), f"Data is kept{' ' * _MANY}here."),
        (question_type, "can we " * (_MANY // 14)),
    ],
    ids=["blanks in a line", "words that ask"],
)
def test_a_long_run_is_read_in_proportion(read: Callable[[str], object], text: str) -> None:
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < _MOST_S
