"""What reads documents by words is in at least two of them, or there is a reason for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.word_rules.alternatives import seldom, suites, survey, texts_of
from evals.word_rules.closed_words import CLOSED, are_labels, is_apart, is_closed
from evals.word_rules.seldom_words import (
    LEAST,
    Where,
    kept_words,
    outside_counts,
    write_counts,
)

MOST_KEPT = 17
"""Never to be raised: what hardly any document holds is not read by its words."""


@pytest.fixture(scope="module")
def few() -> dict[Where, int]:
    return seldom(survey(), texts_of(suites()), LEAST)


def test_every_word_is_in_two_documents_or_has_a_reason(few: dict[Where, int]) -> None:
    known = {*outside_counts(), *kept_words()}
    assert sorted(few.keys() - known) == []


def test_no_reason_outlives_its_word(few: dict[Where, int]) -> None:
    assert sorted({*outside_counts(), *kept_words()} - few.keys()) == []


def test_reasons_only_become_fewer() -> None:
    assert len(kept_words()) <= MOST_KEPT
    assert all(len(reason.split()) > 1 for reason in kept_words().values())
    assert min(outside_counts().values()) >= LEAST


def test_closed_classes_are_told_apart() -> None:
    assert all(map(is_apart, CLOSED))
    assert all(map(is_closed, ("March", "of ", "not", "day(s)?", "twelve", "")))
    assert not any(map(is_closed, ("stored", "ed", "region")))


def test_labels_of_the_parser_are_no_words() -> None:
    assert are_labels(("nsubj", "nsubjpass"))
    assert not are_labels(("nsubj", "region"))


def test_counts_are_written_and_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "counts.tsv"
    counts = {
        ("some.module", "_TABLE: keep"): 3,
        ("some.module", "of "): 2,
        ("other", "_T: a b"): 1,
    }
    write_counts(path, 12, counts)
    monkeypatch.setattr("evals.word_rules.seldom_words.OUTSIDE", path)
    assert outside_counts() == {at: n for at, n in counts.items() if n >= LEAST}
