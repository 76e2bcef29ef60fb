"""What a quote needs to be read rightly: lead-ins, headings, the row of an asked place, denials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.findings import Said
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.values.asked_words import asked_words
from assistant.reasoning.values.candidates import Candidate, Fit, NameAsked
from assistant.reasoning.values.group_said import list_behind
from assistant.reasoning.values.indirect_question import asked_indirectly
from assistant.reasoning.values.passage_said import said
from assistant.reasoning.values.scope_said import decides, only_announces
from assistant.reasoning.values.value_absent import asks_extent, keeps_none
from corpus.types import Chunk
from index.building.build import build_index
from index.home.paths import Home
from index.searching.reader import IndexReader

_PAGE = """# Gannet Desk

Gannet Desk is a stateless tool that does not keep any data. Its halls are 40 miles apart.

Halls may be added later. For teams of today, this moves no tickets.

## Required Conditions

1. Every seat of the team has the Harbour add-on
2. The team was opened on land

## Ways out

Gannet Desk won't send tickets abroad, wherever the team that wrote them may sit, unless:

- The team asks for it

## Halls

Tickets lie in three halls:

- **North** - Includes machines in Norway
- **South** - Includes machines in Chile

The seats listed below can be moved.

- Seats of staff
- Seats of guests

## Rows

| Home | Hall |
| --- | --- |
| Australia | Perth |
| US | Denver |
"""
_UNFIT = Fit(*[0.0] * len(fields(Fit)))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """A page with lists under lead-ins and headings, and a table by country."""
    home = Home(tmp_path_factory.mktemp("scope") / "home")
    home.documents.mkdir(parents=True)
    (home.documents / "gannet-desk.md").write_text(_PAGE, encoding="utf-8")
    build_index(home.root)
    index = IndexReader.open(home.root)
    yield Known(index, Scope(tuple(index.documents), is_sure=True), ())
    index.close()


def chunk(known: Known, words: str) -> Chunk:
    return next(one for one in own(known) if words in one.text)


def own(known: Known) -> list[Chunk]:
    """Return the passages of the page."""
    every = known.index.catalog.all_chunks()
    return [one for one in every if one.document == "gannet-desk"]


def told(known: Known, words: str) -> Said:
    found, ask = chunk(known, words), Ask("What of the halls?", Wanted.DATA)
    return said(ask, asked_words(ask, (), ()), Candidate(found, found.text, _UNFIT), known)


def test_a_member_stands_behind_what_decides_its_meaning(known: Known) -> None:
    assert told(known, "asks for it").text.startswith("Gannet Desk won't send")
    assert told(known, "machines in Norway").text == "North - Includes machines in Norway"


def test_a_member_that_is_no_sentence_stands_under_a_conditioning_heading(known: Known) -> None:
    assert told(known, "Every seat").text == (
        "Required Conditions: Every seat of the team has the Harbour add-on"
    )


def test_a_sentence_about_this_comes_with_the_one_before(known: Known) -> None:
    assert told(known, "this moves").text.startswith("Halls may be added later.")


def test_a_sentence_that_points_to_a_list_brings_it(known: Known) -> None:
    assert told(known, "listed below").text.endswith("Seats of staff; Seats of guests")
    assert list_behind(chunk(known, "Halls may be added"), known) == []


@pytest.mark.parametrize(
    ("lead", "decided", "announced"),
    [
        ("Tickets are not sent unless:", True, False),
        ("They stay at home except if:", True, False),
        ("When you open a team, the following halls are used:", False, True),
        ("Tickets are sent only if:", True, False),
        ("It is kept in:", False, False),
    ],
)
def test_sentences_that_introduce_decide_or_announce(
    lead: str, decided: bool, announced: bool
) -> None:
    assert decides(lead) is decided
    assert only_announces(lead) is announced


def test_a_row_is_named_by_a_place_inside_and_not_by_letters_of_a_word(known: Known) -> None:
    names = NameAsked.of(Ask("Our team in Brisbane uses it: where?", Wanted.PLACE), known)

    assert names.worth(chunk(known, "Perth")) > 0
    assert names.worth(chunk(known, "Denver")) == 0


def test_what_keeps_nothing_answers_how_long(known: Known) -> None:
    chunks = [one for one in own(known) if not one.pairs]
    among = [Candidate(one, one.text, _UNFIT) for one in chunks]
    denied = keeps_none(Ask("How long are tickets kept?", Wanted.DURATION), known, among)

    assert denied is not None
    assert "does not keep any data" in denied.text
    assert keeps_none(Ask("How long does a move take?", Wanted.DURATION), known, among) is None


def test_questions_for_an_extent() -> None:
    assert asks_extent("How far apart are the halls?")
    assert not asks_extent("How long are tickets kept?")
    assert not asks_extent("How do I move a hall?")


def test_words_are_turned_only_where_their_order_is_sure() -> None:
    assert asked_indirectly("How different is the storage time of test run results?") == "this"
    unread = "How long does one data encryption key live in Tern before it gets swapped?"
    assert asked_indirectly(unread) == "this"
    assert asked_indirectly("How much time have we before a copy is gone?") == "this"
    assert asked_indirectly("Which hall is our mail stored in?") == (
        "which hall our mail is stored in"
    )
