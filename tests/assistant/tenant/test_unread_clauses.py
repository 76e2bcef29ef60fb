"""Words that limit a sentence and that no condition covers keep it from holding."""

from __future__ import annotations

import pytest

from assistant.tenant.unread_clauses import (
    excepts,
    is_added,
    leads_exceptions_in,
    named_item,
    sentence_around,
    unread,
)
from corpus.types import Span


def clauses(text: str, said: str, *read: str) -> list[str]:
    """Return what limits the words that are said, but for what was read."""

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return [one.of(text).strip() for one in unread(text, span(said), [span(one) for one in read])]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Backups rest in Oslo unless a court orders otherwise.", "unless a court"),
        ("For eligible customers, backups rest in Oslo.", "For eligible customers"),
        ("Customers use relays where backups rest in Oslo.", "Customers use relays"),
        ("Upon request backups rest in Oslo.", "Upon request"),
        ("You have a choice if you pay. This means backups rest in Oslo.", "if you pay"),
        ("“Far North” means backups rest in Oslo.", "“Far North” means"),
        ("**Block** prevents that backups rest in Oslo.", "**Block** prevents"),
    ],
)
def test_what_limits_is_found(text: str, limit: str) -> None:
    assert clauses(text, "backups rest in Oslo" if "backups" in text else "Backups rest in Oslo")[
        0
    ].startswith(limit)


@pytest.mark.parametrize(
    "text",
    [
        "Backups rest in Oslo.",
        "Pay if you like. Backups rest in Oslo.",
        "Backups rest in Oslo. They are deleted when you leave.",
        "Unless you pay\nBackups rest in Oslo.",
    ],
)
def test_other_sentences_limit_nothing(text: str) -> None:
    assert clauses(text, "Backups rest in Oslo") == []


def test_what_was_read_is_not_told_again() -> None:
    text = "Backups rest in Oslo if you enable Tide Search."
    assert clauses(text, "Backups rest in Oslo", "you enable Tide Search") == []


def test_a_sentence_ends_with_its_line() -> None:
    text = "One. Two rests\nthree. Four."
    assert sentence_around(text, Span(9, 14)).of(text) == " Two rests"


LIST = """Not outside the region except when:

- Customers use services that run worldwide, including the following:
    - Beacon Pager, which may keep pager numbers anywhere.
    - Preview, beta and other early services, which run anywhere.
    - Additionally, application logos are kept anywhere.
"""


@pytest.mark.parametrize(
    ("said", "name"), [("may keep pager numbers", "Beacon Pager"), ("which run anywhere", "")]
)
def test_an_item_names_what_has_to_be_used(said: str, name: str) -> None:
    clause = Span(LIST.index("Customers use"), LIST.index("following:") + len("following:"))
    at = LIST.index(said)
    assert named_item(LIST, clause, Span(at, at + len(said))) == name
    assert not is_added(LIST, Span(at, at + len(said)))


def test_an_item_may_say_something_beside_its_list() -> None:
    at = LIST.index("application logos")
    assert is_added(LIST, Span(at, at + 5))


@pytest.mark.parametrize(
    ("clause", "leads", "says"),
    [
        ("except when:", True, False),
        ("unless required by law", False, True),
        ("unless", False, False),
        ("except for data in these regions:", True, True),
        ("if you pay", False, False),
    ],
)
def test_exceptions_are_told_from_other_limits(clause: str, leads: bool, says: bool) -> None:
    assert (leads_exceptions_in(clause), excepts(clause)) == (leads, says)


def test_a_clause_inside_another_is_no_second_limit() -> None:
    assert clauses("Backups rest in Oslo except if you pay.", "Backups") == ["except if you pay"]


def test_what_one_may_do_to_know_more_limits_nothing() -> None:
    text = "Backups rest in Oslo, but if you are interested in this, please reach out to us."
    assert clauses(text, "Backups rest in Oslo") == []
