"""How questions, sentences and lengths of time are read to tell whether something is so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.draft import Evidence
from assistant.reasoning.findings import (
    Answered,
    CaseFound,
    Depends,
    Member,
    NotNamed,
    Said,
    Whether,
)
from assistant.reasoning.say import say
from assistant.reasoning.saying.whether_said import whether_said
from assistant.reasoning.whether.assertions import limits, stance
from assistant.reasoning.whether.claiming.amounts import keeps_to, lengths
from assistant.reasoning.whether.claiming.claims import claim_of
from assistant.reasoning.whether.claiming.likeness import alike, contrary
from corpus.language.parsing import parse_one


@pytest.mark.parametrize(
    ("question", "predicate"),
    [
        ("Can we keep mail in Norway?", "keep"),
        ("Do we have to delete the mailbox first?", "delete"),
        ("Is Tern Mail available in Sweden?", "available"),
        ("Is there a backup of the mailboxes?", "backup"),
        ("Tern Mail stores mail in Norway, right?", "store"),
        ("We are in Oslo. Can they move our mail?", "move"),
        ("If it suspends our cloud, is our data wiped straight away?", "wipe"),
    ],
)
def test_what_is_claimed(question: str, predicate: str) -> None:
    claim = claim_of(question)
    assert claim is not None
    assert claim.lemma == predicate


@pytest.mark.parametrize(
    "question",
    [
        "Where is mail stored?",
        "How long do you keep mail?",
        "Which regions hold backups?",
        "Is it up to us where mail is kept?",
    ],
)
def test_what_asks_for_more_claims_nothing(question: str) -> None:
    assert claim_of(question) is None


@pytest.mark.parametrize(
    ("question", "bounds"),
    [("Can we just move our mail?", False), ("Is mail just stored in Oslo?", True),
     ("Is mail stored only in Oslo?", True)],
)  # fmt: skip
def test_just_bounds_what_stands_behind_it(question: str, *, bounds: bool) -> None:
    claim = claim_of(question)
    assert claim is not None
    assert claim.only is bounds


def test_a_name_is_no_verb() -> None:
    claim = claim_of("Are the backups of GOV.UK Notify encrypted?", ("GOV.UK Notify",))
    assert claim is not None
    assert claim.lemma == "encrypt"
    assert claim.names == ("GOV.UK Notify",)


@pytest.mark.parametrize(
    ("sentence", "word", "holds", "asserted"),
    [
        ("Mail is stored in Norway.", "stored", True, True),
        ("You can't move public folders.", "move", False, True),
        ("There is no free period.", "period", False, True),
        ("You don't have to do anything to opt in.", "opt", False, True),
        ("Moving folders is not supported.", "Moving", False, True),
        ("If mail is moved, a copy stays.", "moved", True, False),
    ],
)
def test_how_a_sentence_stands_to_a_word(
    sentence: str, word: str, holds: bool, asserted: bool
) -> None:
    parse = parse_one(sentence)
    at = next(i for i, token in enumerate(parse.tokens) if token.text == word)
    seen = stance(parse, at)
    assert (seen.holds, seen.asserted) == (holds, asserted)


@pytest.mark.parametrize(
    ("sentence", "word", "limit"),
    [
        ("If there is a loss, we call you.", "call", "If there is a loss"),
        ("Mail is not copied unless you ask for it.", "copied", "unless you ask for it"),
        ("Messages that were rejected are retained.", "retained", "that were rejected"),
    ],
)
def test_what_a_sentence_is_said_under(sentence: str, word: str, limit: str) -> None:
    parse = parse_one(sentence)
    at = next(i for i, token in enumerate(parse.tokens) if token.text == word)
    found = limits(parse, stance(parse, at))
    assert [one.span.of(sentence) for one in found] == [limit]


@pytest.mark.parametrize(
    ("question", "sentence", "may", "keeps"),
    [
        ("Can we keep it for a full year?", "It is kept for up to 730 days.", True, True),
        ("Can we keep it for three years?", "It is kept for up to 730 days.", True, False),
        ("Is it kept for 90 days?", "It is stored for 15 days.", False, False),
        ("Is it kept for 14 days?", "It is stored for two weeks.", False, True),
        ("Is it kept for longer than 30 days?", "It is stored for 90 days.", False, True),
        ("Is it kept for 20 days?", "It is kept for at least 10 days.", False, None),
        ("Can it be 60 days?", "You can choose 30, 60 or 90 days.", True, True),
    ],
)
def test_lengths_of_time(question: str, sentence: str, may: bool, keeps: bool | None) -> None:
    asked = lengths(parse_one(question))[0]
    assert keeps_to(asked, lengths(parse_one(sentence)), may=may) is keeps


def test_words_of_one_meaning() -> None:
    assert alike("encrypt", "encryption")
    assert alike("store", "retain")
    assert not alike("store", "process")
    assert contrary("keep", "delete")


_EVIDENCE = Evidence("tern", ((0, 9),), "However, mail stays in Norway.", ())  # type: ignore[arg-type]


def test_a_clause_is_said_without_what_leads_to_it() -> None:
    found = Whether(Answered.YES, (Said("However, mail stays in Norway.", (_EVIDENCE,)),))
    (said,) = whether_said(found)
    assert (said.lead, said.text) == ("Yes", "mail stays in Norway.")


def test_cases_of_one_sentence_are_said_once() -> None:
    said = Said("Mail stays if you ask, unless you move.", (_EVIDENCE,))
    found = Depends("", (CaseFound("if you ask", said), CaseFound("unless you move", said)))
    assert [one.text for one in whether_said(found)] == [said.text]


def test_what_a_set_does_not_name_is_told_with_what_it_names() -> None:
    named = Member("Oslo"), Member("Malmö")
    asked = NotNamed("in Africa", "regions", named, 9, (_EVIDENCE,), denies=True)
    (said,) = say(asked).statements
    assert (said.lead, said.text) == (
        "No", "none of the 9 listed is in Africa: Oslo, Malmö and 7 more."
    )  # fmt: skip
    (open_said,) = say(replace(asked, denies=False)).statements
    assert (open_said.lead, open_said.text[:4]) == ("", "None")
