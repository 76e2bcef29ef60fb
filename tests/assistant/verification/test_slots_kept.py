"""Whether who does what, which value belongs to which label, and what is denied are kept."""

from __future__ import annotations

import pytest

from assistant.verification import unsupported
from assistant.verification.check import Held, unfounded
from assistant.verification.passages.grounds import Passage
from corpus.chunk import row_text
from corpus.places import Gazetteer
from corpus.types import Pair

SIZES = tuple(
    Pair(title, value)
    for title, value in (
        ("Plan", "Heron"), ("Disk space", "8 GB"), ("Cache space", "2 GB"),
        ("Retention", "Basic contract: 9 days, Full contract: 3 months"),
    )
)  # fmt: skip
CHECKS = (
    Pair("Area", "Scans"),
    Pair("Notes", "All sources are scanned by Wren Lab. All images are scanned by Siskin Lab."),
)


def _row(pairs: tuple[Pair, ...]) -> Passage:
    return Passage(row_text(pairs), ("Plans",), pairs=pairs, far=("Tern plans", "Tern"))


@pytest.mark.parametrize(
    ("sentence", "pairs", "question"),
    [
        ("The Heron plan has 8 GB of cache space.", SIZES, ""),
        ("The sources are scanned by Siskin Lab.", CHECKS, ""),
    ],
)  # fmt: skip
def test_a_value_is_that_of_its_label(
    gazetteer: Gazetteer, sentence: str, pairs: tuple[Pair, ...], question: str
) -> None:
    assert unfounded(sentence, [_row(pairs)], Held((), gazetteer, question))


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("The Heron plan has 2 GB of cache space.", SIZES),
        ("The Heron plan has 8 GB of disk space and 2 GB of cache space.", SIZES),
        ("With Heron data is kept for 9 days under the Basic contract.", SIZES),
        ("The sources are scanned by Wren Lab.", CHECKS),
    ],
)
def test_a_value_under_its_label_is_displayed(
    gazetteer: Gazetteer, sentence: str, pairs: tuple[Pair, ...]
) -> None:
    assert unfounded(sentence, [_row(pairs)], Held((), gazetteer)) == ""


def test_a_number_is_the_one_that_is_asked_for(gazetteer: Gazetteer) -> None:
    passages = [
        Passage("Chat logs: 13 months", ("Logs",)),
        Passage("Replay logs: 8 days", ("Logs",)),
    ]
    held = Held((), gazetteer, "How long are replay logs kept?")
    assert unfounded("13 months.", passages, held)
    assert unfounded("8 days.", passages, held) == ""


def test_the_customer_is_not_the_vendor(gazetteer: Gazetteer) -> None:
    chosen = Passage("The region is selected by the customer.", far=("Tern manual", "Tern"))
    assert "customer" in unfounded("Tern selects the region.", [chosen], Held((), gazetteer))
    assert unfounded("Customers select the region.", [chosen], Held((), gazetteer)) == ""


def test_a_place_of_the_title_is_no_answer(gazetteer: Gazetteer) -> None:
    kept = Passage("Backups are processed in Chile.", far=("Tern in Japan", "Tern"))
    assert unfounded("Backups are processed in Japan.", [kept], Held((), gazetteer))
    assert unfounded("Backups are processed in Chile.", [kept], Held((), gazetteer)) == ""


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("You can create a draft and publish it at once.",
         "You can create a draft, but you cannot publish it until it is read."),
        ("Tern stores names and ages, but no addresses.",
         "Tern does not store names, ages, or addresses."),
        ("The access keys are shown to all the members of the club.",
         "All access keys are shown to members of the club."),
        ("The club sells the map.", "The club sells the book."),
        ("The trial has been expanded to schools.", "The future trial of schools is in review."),
    ],
)  # fmt: skip
def test_what_is_denied_or_moved_is_withheld(
    gazetteer: Gazetteer, sentence: str, passage: str
) -> None:
    assert unsupported(sentence, [passage], gazetteer)


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Members are unable to share maps.", "Members can't share maps."),
        ("All access keys are shown to members.",
         "All access keys are shown to members of the club."),
        ("Data of the US office rests in the US.", "Data of the US office rests in the US."),
    ],
)  # fmt: skip
def test_what_is_said_so_is_displayed(gazetteer: Gazetteer, sentence: str, passage: str) -> None:
    assert unsupported(sentence, [passage], gazetteer) == ""
