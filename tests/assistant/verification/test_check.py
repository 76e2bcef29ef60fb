"""Which sentences the claim check displays and which it withholds, counted and one by one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.verification import unsupported
from corpus.places import Gazetteer
from evals.measuring.flips import Kind, flips, originals

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "claims.jsonl").read_text(encoding="utf-8").splitlines()
]


def _held(sentence: str) -> bool:
    """A third of the rows was first looked at when the rules were written."""
    return int(hashlib.sha256(sentence.encode()).hexdigest(), 16) % 3 == 0


@pytest.mark.parametrize(("held", "shown", "withheld"), [(False, 0.82, 0.86), (True, 0.81, 0.87)])
def test_paraphrases_are_displayed_and_lies_withheld(
    gazetteer: Gazetteer, held: bool, shown: float, withheld: float
) -> None:
    right, total = Counter[bool](), Counter[bool]()
    for row in ROWS:
        if _held(row["sentence"]) is held:
            reason = unsupported(row["sentence"], row["passages"], gazetteer)
            total[row["supported"]] += 1
            right[row["supported"]] += bool(reason) is not row["supported"]
    assert right[True] / total[True] >= shown
    assert right[False] / total[False] >= withheld


def test_flipped_answers_are_withheld_and_answers_displayed(assistant: Assistant) -> None:
    made = originals(assistant, limit=60)
    gazetteer = assistant.index.gazetteer
    assert [o.sentence for o in made if unsupported(o.sentence, o.passages, gazetteer)] == []
    changed = list(flips(made, gazetteer))
    passed = [
        flip
        for flip in changed
        if not unsupported(flip.sentence, flip.original.passages, gazetteer)
    ]
    assert len({flip.kind for flip in changed}) >= len(Kind) - 2
    assert len(passed) <= 0.03 * len(changed)


DUBLIN = "Mail is stored in Dublin for 30 days, unless the administrator sets a longer term."


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        (DUBLIN, DUBLIN),
        ("Unless the administrator sets a longer term, mail is kept for thirty days.", DUBLIN),
        ("By default, mail is stored in Dublin for 30 days.", DUBLIN),
        ("The move is free of charge.", "The move is made at no extra cost."),
        ("It cannot be changed later.", "It can't be changed later."),
        ("Files never leave Austria.", "Files always stay in Austria."),
        ("The change was made on 1 July 2024.", "The change was made on July 1, 2024."),
        ("Logs are kept for 12 months.", "Logs are kept for one year."),
        ("No, the region cannot be changed.", "The region cannot be changed."),
    ],
)  # fmt: skip
def test_a_sentence_that_says_the_same_is_displayed(
    gazetteer: Gazetteer, sentence: str, passage: str
) -> None:
    assert unsupported(sentence, [passage], gazetteer) == ""


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Mail is stored for one month, unless the administrator sets a longer term.", DUBLIN),
        ("Mail is stored in Cork for 30 days, unless an administrator sets a longer.", DUBLIN),
        ("Mail is stored in Dublin for 30 days.", DUBLIN),
        ("Mail is stored in Dublin for 30 days if the administrator sets a longer term.", DUBLIN),
        ("Mail is stored in Dublin.", "Mail is stored in Ireland."),
        ("Mail is not stored in Ireland.", "Mail is not stored in Dublin."),
        ("Logs may be kept for a year.", "Logs must be kept for a year."),
        ("All logs are kept.", "Some logs are kept."),
        ("Yes, the region cannot be changed.", "The region cannot be changed."),
        ("Run `Get-Region` to see it.", "Run `Get-Place` to see it."),
        ("Mail moves from Cork to Dublin.", "Mail moves from Dublin to Cork."),
        ("Mail is scanned after it is stored.", "Mail is scanned before it is stored."),
    ],
)  # fmt: skip
def test_a_sentence_that_says_something_else_is_withheld(
    gazetteer: Gazetteer, sentence: str, passage: str
) -> None:
    assert unsupported(sentence, [passage], gazetteer)
