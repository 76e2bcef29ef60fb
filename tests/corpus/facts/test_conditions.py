from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.facts.conditions import Limits, condition_of_label, conditions_of, restricts
from corpus.facts.types import Condition
from corpus.language.parsing import parse_one
from corpus.language.propositions import propositions
from corpus.places import Gazetteer
from tests.corpus.facts.condition_cases import CASES, FOLLOWING, LABELS, Case, Following, Wanted


def read(case: Case, gazetteer: Gazetteer) -> Limits:
    parse = parse_one(case.sentence)
    said = propositions(parse)
    start = case.sentence.index(case.verb)
    asked_for = set(parse.at(start, start + len(case.verb)))
    which = next(one for one in said if one.verb in asked_for)
    return conditions_of(parse, said, which, gazetteer)


def compared(found: Sequence[Condition], wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return what was found in a case's words, without names where it says nothing of them."""
    silent = {one.text for one in wanted if one.names is None}
    return [
        Wanted(one.text, one.term, one.places, None if one.text in silent else one.names,
               one.date, one.negated, one.only)
        for one in found
    ]  # fmt: skip


MISREAD = frozenset(
    {
        "We move customers that are billed in Poland to Oslo.",
        "Users whose tenant is in Sweden sign in through Oslo.",
        "Should a customer object, we stop the transfer.",
    }
)
"""Sentences that the parser takes apart in the wrong place."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.verb}: {case.sentence}")
def test_conditions_are_read_with_what_they_ask_for(
    case: Case, gazetteer: Gazetteer, request: pytest.FixtureRequest
) -> None:
    if case.sentence in MISREAD:
        request.applymarker(pytest.mark.xfail(strict=True, reason="misread by the parser"))
    limits = read(case, gazetteer)
    assert compared(limits.conditions, case.conditions) == list(case.conditions)
    assert compared(limits.exceptions, case.exceptions) == list(case.exceptions)
    for one in (*limits.conditions, *limits.exceptions):
        assert one.span is not None
        assert one.span.of(case.sentence) == one.text


@pytest.mark.parametrize(("text", "wanted"), LABELS, ids=lambda one: str(one)[:40])
def test_labels_state_conditions(text: str, wanted: Wanted, gazetteer: Gazetteer) -> None:
    assert compared([condition_of_label(text, gazetteer)], [wanted]) == [wanted]


@pytest.mark.parametrize("case", FOLLOWING, ids=lambda case: case.sentence)
def test_a_sentence_may_limit_the_one_before(case: Following, gazetteer: Gazetteer) -> None:
    parse = parse_one(case.sentence)
    found = restricts(parse, propositions(parse), gazetteer)
    assert (found is not None) == case.limits
    if found is not None:
        assert tuple(one.text for one in found.conditions) == case.conditions
        assert tuple(one.text for one in found.exceptions) == case.exceptions
        assert (found.in_that_case, found.otherwise) == (case.in_that_case, case.otherwise)


@pytest.mark.parametrize("text", ["", ".", " : "])
def test_a_label_without_words_asks_for_nothing(text: str, gazetteer: Gazetteer) -> None:
    assert condition_of_label(text, gazetteer) == Condition(text)
