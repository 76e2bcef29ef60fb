"""Edits made by script are named rightly, at a small size; `evals.measuring.changes` has more."""

from __future__ import annotations

from assistant.changes.read_edition import EditionReader
from corpus.intake.sources import find_files
from corpus.places import Gazetteer
from evals.measuring.changes.edited_pairs import edited_pairs, named
from evals.measuring.changes.edits import EDITS
from evals.suites.suite import suite_folder


def test_edits_of_each_kind_are_named_and_wording_is_no_change(gazetteer: Gazetteer) -> None:
    files = find_files((suite_folder("unseen") / "documents",))[:2]
    reader = EditionReader(gazetteer, None)
    pairs = list(edited_pairs(files, 15, 11, reader))
    assert {pair.edit for pair in pairs} >= {edit.name for edit in EDITS} - {"voice"}
    found = [named(pair, reader) for pair in pairs]
    assert not any(one.is_false_alarm for one in found)
    assert sum(one.is_right for one in found) >= 14


def test_one_seed_makes_the_same_pairs(gazetteer: Gazetteer) -> None:
    files = find_files((suite_folder("unseen") / "documents",))[:2]
    reader = EditionReader(gazetteer, None)
    first, second = (list(edited_pairs(files, 5, 3, reader)) for _ in range(2))
    assert first == second
