"""Records, lists and neighbours of a passage, as far as they are said with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import count
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.known import Known, Scope
from assistant.reasoning.values.asked_words import asked_words
from assistant.reasoning.values.candidate_rank import ranked
from assistant.reasoning.values.candidates import Candidate, Fit
from assistant.reasoning.values.clause_kept import kept
from assistant.reasoning.values.group_said import record_said
from assistant.reasoning.values.passage_said import said
from assistant.reasoning.values.row_cells import title_fits
from assistant.reasoning.values.telling_match import telling_match
from corpus.types import Chunk
from index.building.build import build_index
from index.home.paths import Home
from index.searching.reader import IndexReader

_PAGE = """# Tern Mail

Mail is kept in Oslo. Chats are kept in Lyon, where the company has rented three halls of a former
mill for machines. Tern Mail was founded by two sisters who had kept lighthouses for many years.

## Archive

- **Reason** - Old mail is seldom read and costs much room.
- **Place at rest** - Bergen
- **Retention period** - nine years
- **Services** - Tern Mail, Tern Chat

## Choice

These kinds can be moved:

- Mail of staff
- Mail of guests
- Chats of staff
"""
_UNFIT = Fit(*[0.0] * len(fields(Fit)))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """A page with a paragraph, a record and a list."""
    home = Home(tmp_path_factory.mktemp("groups") / "home")
    home.documents.mkdir(parents=True)
    (home.documents / "tern.md").write_text(_PAGE, encoding="utf-8")
    build_index(home.root)
    index = IndexReader.open(home.root)
    yield Known(index, Scope(tuple(index.documents)), ())
    index.close()


def chunk(known: Known, words: str) -> Chunk:
    return next(one for one in known.index.catalog.all_chunks() if words in one.text)


def told(known: Known, words: str, **believed: float) -> str:
    """Return how a passage is said, where passages with other words are believed in so far."""
    found, ask = chunk(known, words), Ask("What can be moved?", Wanted.DATA)
    beliefs = {chunk(known, other).id: share for other, share in believed.items()}
    candidate = Candidate(found, found.text, _UNFIT)
    return said(ask, asked_words(ask, (), ()), candidate, known, {found.id: 0.5, **beliefs}).text


def test_the_field_that_is_asked_for_is_said_with_the_one_that_was_found(known: Known) -> None:
    ask = Ask("How long is old mail kept?", Wanted.DURATION)
    found = record_said(ask, chunk(known, "Old mail is seldom"), known, {})

    assert found.text.startswith("Archive: ")
    assert "nine years" in found.text
    assert title_fits(ask, "Retention period")
    assert not title_fits(ask, "Services")


def test_little_of_a_record_is_said_besides(known: Known) -> None:
    long = record_said(Ask("Why?", Wanted.REASON), chunk(known, "Old mail is seldom"), known, {})
    fields = [part.shown for part in long.evidence[1:]]

    assert sum(len(field.split()) for field in fields[:-1]) < 22
    assert [part.spans[0] for part in long.evidence] == sorted(
        part.spans[0] for part in long.evidence
    )


def test_members_of_a_list_that_are_likely_too_are_said_with_one(known: Known) -> None:
    alone = told(known, "Mail of staff")
    both = told(known, "Mail of staff", **{"Chats of staff": 0.3, "Mail of guests": 0.01})

    assert alone == "These kinds can be moved: Mail of staff"
    assert both == "These kinds can be moved: Mail of staff; Chats of staff"


def test_a_sentence_before_is_said_where_it_is_likely_too(known: Known) -> None:
    assert not told(known, "Chats are kept").startswith("Mail is kept")
    assert told(known, "Chats are kept", **{"Mail is kept": 0.4}).startswith("Mail is kept")


def test_a_verb_keeps_the_object_that_it_shares() -> None:
    ask = Ask("Where does Tern keep mail?", Wanted.PLACE)
    text = (
        "For customers of all plans who have named one of the northern places that stand on the "
        "list of places when they signed their contract with the company, Tern stores and "
        "processes most of the mail in Norway."
    )
    assert "mail in Norway" in kept(text, asked_words(ask, (), ()), ask.wanted)


def test_word_pieces_that_all_passages_have_alike_tell_little() -> None:
    cosines = {"a": np.array([0.9, 0.2]), "b": np.array([0.9, 0.8])}
    index = SimpleNamespace(
        encoder=SimpleNamespace(asked=lambda question: question),
        pieces=SimpleNamespace(best=lambda asked, ids: {id_: cosines[id_] for id_ in ids}),
    )
    match = telling_match("Which?", ("a", "b"), cast(IndexReader, index))

    assert match["b"] - match["a"] > np.mean(cosines["b"]) - np.mean(cosines["a"])
    assert telling_match("Which?", (), cast(IndexReader, index)) == {}


def test_passages_that_stand_together_speak_for_each_other(known: Known) -> None:
    numbers = count()
    chunks = (chunk(known, words) for words in ("Old mail", "Mail of staff", "Chats of staff"))
    order = ranked(
        [Candidate(replace(one, id=str(next(numbers))), one.text, _UNFIT) for one in chunks]
    )

    assert [one.candidate.chunk.id for one in order] == ["1", "2", "0"]
    assert sum(one.belief for one in order) == pytest.approx(1)
