"""Statements against those that people read, in documents that the rules were not written with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.intake.sources import BUNDLED
from corpus.places import Gazetteer
from evals.facts.gold import read_gold
from evals.facts.headline import headline
from evals.facts.matching import Comparison, compare
from evals.facts.statements import read_documents, read_statements
from tests.paths import ROOT

UNSEEN = ROOT / "evals" / "cases" / "unseen"
GOLD = sorted((ROOT / "tests" / "gold").glob("*.jsonl"))
# What was reached last, to be raised when more is.
LEAST_F = 0.49


def _compared(files: Sequence[Path], folder: Path, gazetteer: Gazetteer) -> Comparison:
    gold = [row for path in files for row in read_gold(path)]
    documents = read_documents([folder], {row.document for row in gold})
    return compare(gold, read_statements(documents, gazetteer), documents, gazetteer)


def test_statements_of_unseen_documents_agree_with_those_that_people_read(
    gazetteer: Gazetteer,
) -> None:
    compared = _compared([UNSEEN / "facts.jsonl"], UNSEEN / "documents", gazetteer)
    # Figures alone: whoever sees the rows would write rules by them.
    assert len(compared.unplaced) == 0
    assert headline(compared).total.f >= LEAST_F


def test_the_gold_of_the_bundled_documents_stands_in_them(
    gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str]
) -> None:
    compared = _compared(GOLD, BUNDLED, gazetteer)
    assert compared.unplaced == ()
    # The rules were written with these documents in view: F is told here and proves nothing.
    with capsys.disabled():
        sys.stdout.write(f"F on the bundled documents: {headline(compared).total.f:.3f}\n")
