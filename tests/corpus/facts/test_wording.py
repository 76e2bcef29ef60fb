"""Kinds, roles, conditions and sets in words."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.facts.types import (
    Condition,
    Openness,
    PlaceRole,
    SetMembership,
    StatementKind,
    Term,
)
from corpus.facts.wording import (
    KIND_WORDS,
    ROLE_WORDS,
    condition_words,
    exception_words,
    kind_named,
    kind_words,
    place_words,
    set_words,
)

JUNE = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("the tenant was provisioned there", term=Term.LOCATED),
         "if the tenant was provisioned there"),
        (Condition("the customer chose Norway", term=Term.CHOSE, negated=True),
         "unless the customer chose Norway"),
        (Condition("you turn sharing on"), "if you turn sharing on"),
        (Condition("Tern Vault", term=Term.HAS, names=("Tern Vault",)), "with Tern Vault"),
        (Condition("Tern Vault", term=Term.HAS, negated=True), "without Tern Vault"),
        (Condition("Tern Vault", term=Term.HAS, only=True), "only with Tern Vault"),
        (Condition("the Harbour Addendum", term=Term.AGREED), "under the Harbour Addendum"),
        (Condition("customers who are in Norway", term=Term.LOCATED),
         "for customers who are in Norway"),
        (Condition("customers in Norway", term=Term.SIGNED_UP, negated=True),
         "except for customers in Norway"),
        (Condition("Plan that is needed: Team"), "for Plan that is needed: Team"),
        (Condition("1 June 2024", term=Term.AFTER, date=JUNE), "from 1 June 2024"),
        (Condition("2024-06-01", term=Term.BEFORE, date=JUNE), "before 1 June 2024"),
        (Condition("1 June 2024", term=Term.BEFORE, date=JUNE, negated=True),
         "from 1 June 2024"),
        (Condition("tenants created before 1 June 2024", term=Term.BEFORE, date=JUNE),
         "for tenants created before 1 June 2024"),
        (Condition("deletion of the account", term=Term.AFTER), "after deletion of the account"),
        (Condition("preview", term=Term.PREVIEW), "in preview"),
        (Condition("When sharing is on"), "when sharing is on"),
        (Condition("if sharing is on", negated=True), "unless sharing is on"),
        (Condition("only if sharing is on", only=True), "only if sharing is on"),
    ],
)  # fmt: skip
def test_a_condition_is_led_in(condition: Condition, words: str) -> None:
    assert condition_words(condition) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("calendar items", "except calendar items"),
        ("the customer is in Norway", "except where the customer is in Norway"),
        ("Unless the law demands it", "unless the law demands it"),
        ("in an emergency", "except in an emergency"),
    ],
)
def test_an_exception_is_led_in(text: str, words: str) -> None:
    assert exception_words(Condition(text)) == words


def test_every_kind_and_role_has_words() -> None:
    assert set(KIND_WORDS) == set(StatementKind)
    assert set(ROLE_WORDS) == set(PlaceRole)
    said = [words for words in ROLE_WORDS.values() if words]
    assert len(set(said)) == len(said) == len(PlaceRole) - 1


@pytest.mark.parametrize("kind", StatementKind)
def test_the_words_of_a_kind_find_it_and_no_other(kind: StatementKind) -> None:
    for words in (kind.value, kind.value.replace("_", "-").upper(), kind_words(kind)):
        assert kind_named(words) == (kind, False)
    assert kind_named(kind_words(kind, negated=True)) in ((kind, True), (kind, False))


def test_a_denial_is_named_by_its_own_words() -> None:
    assert kind_words(StatementKind.STORED, negated=True) == "is not stored"
    assert kind_named("Is not  stored") == (StatementKind.STORED, True)
    assert kind_named("not supported") == (StatementKind.NOT_SUPPORTED, False)
    assert kind_named("sorted") is None


def test_a_place_says_its_role() -> None:
    assert place_words("Norway", PlaceRole.RESTS) == "Norway (rests)"
    assert place_words("Germany", PlaceRole.CUSTOMER) == "Germany (customer)"
    assert place_words("Norway", PlaceRole.NAMED) == "Norway"


@pytest.mark.parametrize(
    ("openness", "words"),
    [(Openness.CLOSED, "2 of 14, closed list"), (Openness.OPEN, "2 of 14, open list"),
     (Openness.UNKNOWN, "2 of 14")],
)  # fmt: skip
def test_a_set_says_how_much_of_it_there_is(openness: Openness, words: str) -> None:
    assert set_words(SetMembership("s", "Regions", 2, 14, openness)) == words
    assert set_words(None) == ""
