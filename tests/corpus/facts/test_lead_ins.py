"""What introduces a list: a whole sentence, or the beginning of one."""

from __future__ import annotations

import pytest

from corpus.facts.lead_ins import ends


@pytest.mark.parametrize(
    ("lead_in", "item"),
    [
        ("Letters are stored and processed in:", "Oslo"),
        ("Letters could be read by:", "the postmaster"),
        ("Tern deletes:", "drafts"),
        ("Letters are sealed when you:", "send a parcel"),
        ("All our clerks:", "are trained every year"),
        ("You can:", "choose a town"),
    ],
)
def test_an_item_ends_an_unfinished_sentence(lead_in: str, item: str) -> None:
    assert ends(lead_in, item)


@pytest.mark.parametrize(
    ("lead_in", "item"),
    [
        ("Letters are stored in the following towns:", "Oslo"),
        ("The following towns are currently supported:", "Oslo"),
        ("All our clerks:", "Oslo"),
        ("First, the short answer:", "Letters are kept in Oslo."),
        ("Letters are not read except when:", "a court orders it"),
    ],
)
def test_a_whole_sentence_only_announces_its_items(lead_in: str, item: str) -> None:
    assert not ends(lead_in, item)
