"""A ticked box says what stands beside it, an empty one does not."""

from __future__ import annotations

import pytest

from corpus.language.boxes import Box, Choice, alike, choice, first_box


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("Sent abroad: ☐ yes ☒ no", Choice("Sent abroad", denied=True)),
        ("Sent abroad: [x] yes [ ] no", Choice("Sent abroad", denied=False)),
        ("Sent abroad? ☒ No ☐ Yes", Choice("Sent abroad", denied=True)),
        ("Sent abroad: yes ☐ no ☒", Choice("Sent abroad", denied=True)),
        ("Kept in: ☐ Oslo ☑ Bonn ☑ Rome", Choice("Kept in: Bonn, Rome", denied=False)),
        ("☒ Oslo ☐ Bonn", Choice("Oslo", denied=False)),
        ("Kept in: 🗆 Oslo ⊠ Bonn", Choice("Kept in: Bonn", denied=False)),
        ("Kept in: ☐ Oslo ☐ Bonn", None),
        ("Kept in Oslo", None),
    ],
)
def test_what_ticked_boxes_say(said: str, chosen: Choice | None) -> None:
    assert choice(said) == chosen


@pytest.mark.parametrize(
    ("said", "written", "typed"),
    [
        ("[x] Oslo", Box(4, ticked=True), Box(4, ticked=True)),
        ("[ ] Oslo", Box(4, ticked=False), Box(4, ticked=False)),
        ("🗹Oslo", Box(1, ticked=True), Box(1, ticked=True)),
        ("❏ Oslo", Box(2, ticked=False), Box(2, ticked=False)),
        ("✗ Oslo", Box(2, ticked=False), Box(2, ticked=False)),
        ("[]Oslo", None, Box(2, ticked=False)),
        ("(x) Oslo", None, Box(4, ticked=True)),
        ("[x](https://x.example)", None, Box(3, ticked=True)),
        ("☒ Oslo ☐ Bonn", None, None),
        ("☒", None, None),
        ("Oslo ☒", None, None),
    ],
)
def test_the_box_that_a_line_begins_with(said: str, written: Box | None, typed: Box | None) -> None:
    assert (first_box(said), first_box(said, typed=True)) == (written, typed)


def test_drawn_boxes_become_of_two_kinds() -> None:
    assert alike("🗷 Oslo ❑ Bonn ☑ Rome") == "☒ Oslo ☐ Bonn ☒ Rome"
