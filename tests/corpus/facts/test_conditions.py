from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.facts.conditions import Limits, condition_of_label, conditions_of
from corpus.facts.types import Condition
from corpus.language.parsing import parse_one
from corpus.language.propositions import propositions
from corpus.places import Gazetteer
from tests.corpus.facts.condition_cases import CASES, LABELS, Case, Wanted


def read(case: Case, gazetteer: Gazetteer) -> Limits:
    parse = parse_one(case.sentence)
    said = propositions(parse)
    start = case.sentence.index(case.verb)
    asked_for = set(parse.at(start, start + len(case.verb)))
    which = next(one for one in said if one.verb in asked_for)
    return conditions_of(parse, said, which, gazetteer)


def compared(found: Sequence[Condition], wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return what was found in the words of a case, names left out where it says nothing of them."""
    silent = {one.text for one in wanted if one.names is None}
    return [
        Wanted(one.text, one.term, one.places, None if one.text in silent else one.names,
               one.date, one.negated, one.only)
        for one in found
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.verb}: {case.sentence}")
def test_conditions_are_read_with_what_they_ask_for(case: Case, gazetteer: Gazetteer) -> None:
    limits = read(case, gazetteer)
    assert compared(limits.conditions, case.conditions) == list(case.conditions)
    assert compared(limits.exceptions, case.exceptions) == list(case.exceptions)
    for one in (*limits.conditions, *limits.exceptions):
        assert one.span is not None
        assert one.span.of(case.sentence) == one.text


@pytest.mark.parametrize(("text", "wanted"), LABELS, ids=lambda one: str(one)[:40])
def test_labels_state_conditions(text: str, wanted: Wanted, gazetteer: Gazetteer) -> None:
    assert compared([condition_of_label(text, gazetteer)], [wanted]) == [wanted]
