"""A ticked box says what stands beside it, an empty one does not."""

from __future__ import annotations

import pytest

from corpus.language.boxes import Choice, choice


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("Sent abroad: ☐ yes ☒ no", Choice("Sent abroad", denied=True)),
        ("Sent abroad: [x] yes [ ] no", Choice("Sent abroad", denied=False)),
        ("Sent abroad? ☒ No ☐ Yes", Choice("Sent abroad", denied=True)),
        ("Sent abroad: yes ☐ no ☒", Choice("Sent abroad", denied=True)),
        ("Kept in: ☐ Oslo ☑ Bonn ☑ Rome", Choice("Kept in: Bonn, Rome", denied=False)),
        ("☒ Oslo ☐ Bonn", Choice("Oslo", denied=False)),
        ("Kept in: ☐ Oslo ☐ Bonn", None),
        ("Kept in Oslo", None),
    ],
)
def test_what_ticked_boxes_say(said: str, chosen: Choice | None) -> None:
    assert choice(said) == chosen
