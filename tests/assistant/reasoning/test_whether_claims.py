"""What a yes-or-no question claims, and what a sentence leaves open of it."""

from __future__ import annotations

import pytest

from assistant.draft import Evidence
from assistant.query import Case
from assistant.reasoning.findings import Answered, CaseFound, Depends, Said, Whether
from assistant.reasoning.saying.whether_said import whether_said
from assistant.reasoning.whether.asker_case import for_asker
from assistant.reasoning.whether.assertions import limits, stance
from assistant.reasoning.whether.claiming.claim_text import asks_yes_or_no
from assistant.reasoning.whether.claiming.claims import claim_of
from assistant.reasoning.whether.left_open import is_oddly_denied, leaves_open, names_the_one
from corpus.language.parsing import parse_one


@pytest.mark.parametrize(
    ("question", "claimed"),
    [
        ("Calls to the desk: are they recorded?", "Are calls to the desk recorded?"),
        ("We pay monthly, so no consent is needed, right?", "No consent is needed."),
        ("Can I tell the auditor that mail stays in Norway?", "mail stays in Norway."),
        ("May our lawyer write that nothing is copied?", "nothing is copied."),
        ("Is it safe to assume that backups are wiped?", "backups are wiped."),
        ("Would it be right to say that mail is kept in Oslo?", "mail is kept in Oslo."),
        ("Do I understand correctly that mail stays in Norway?", "mail stays in Norway."),
        ("Is it the case that nothing is copied?", "nothing is copied."),
        ("Control question, Tern: can it be confirmed that every log stays in Norway?",
         "every log stays in Norway."),
        ("can tern move our mail later? we dont want to start all over",
         "can tern move our mail later?"),
        ("Are the backups encrypted?", "Are the backups encrypted?"),
    ],
)  # fmt: skip
def test_a_claim_is_told_without_what_stands_around_it(question: str, claimed: str) -> None:
    claim = claim_of(question)
    assert claim is not None
    assert claim.parse.text == claimed


def test_what_stands_before_a_claim_is_kept() -> None:
    claim = claim_of("If a client picks Oslo, can I tell the auditor that mail stays in Norway?")
    assert claim is not None
    assert any("picks Oslo" in premise for premise in claim.premises)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Must we wipe the disk before we move to a different site?", True),
        ("No consent is needed for us, correct?", True),
        ("Tern keeps logs for a year, so can we wait?", True),
        ("Tern keeps logs for a year, so which log is the oldest?", False),
        ("Two sites: which of them is in Oslo, and which is not?", False),
        ("Where is mail stored?", False),
    ],
)
def test_what_yes_or_no_answers(question: str, *, asks: bool) -> None:
    assert asks_yes_or_no(question) is asks


@pytest.mark.parametrize(
    ("question", "sentence", "is_open"),
    [
        ("Can we work without a plan?", "A plan is needed to work.", True),
        ("Can we work without a plan?", "You can work without a plan.", False),
        ("Are 5 seats enough?", "More than 5 seats are enough.", True),
        ("Are 5 seats enough?", "5 seats are enough.", False),
        ("Can one folder be in another region?", "A folder is in a region.", True),
        ("Can one folder be in another region?", "Folders go across regions.", False),
    ],
)
def test_what_a_sentence_leaves_open(question: str, sentence: str, *, is_open: bool) -> None:
    claim = claim_of(question)
    assert claim is not None
    assert leaves_open(claim, parse_one(sentence)) is is_open


def test_what_no_sentence_decides_by_its_words() -> None:
    partly = claim_of("Could it be that not every office gets the report?")
    same = claim_of("Is Olga the administrator?")
    plain = claim_of("Is the report free?")
    assert partly is not None
    assert same is not None
    assert plain is not None
    assert is_oddly_denied(partly)
    assert names_the_one(same)
    assert not is_oddly_denied(plain)
    assert not names_the_one(plain)


@pytest.mark.parametrize(
    ("sentence", "word", "limit"),
    [
        ("We do not pass on files unless you agree.", "pass", ["unless you agree"]),
        ("All mail that is older than this is deleted.", "deleted", ["that is older"]),
        ("All files that you keep are deleted.", "deleted", []),
        ("Sites are apart, providing a choice.", "are", []),
    ],
)  # fmt: skip
def test_what_bounds_a_sentence(sentence: str, word: str, limit: list[str]) -> None:
    parse = parse_one(sentence)
    at = max(i for i, token in enumerate(parse.tokens) if token.text == word)
    assert [one.span.of(sentence) for one in limits(parse, stance(parse, at))] == limit


@pytest.mark.parametrize(
    ("met", "excepting", "answer"),
    [
        (True, False, Answered.YES),
        (False, False, None),
        (None, False, None),
        (True, True, Answered.NO),
        (False, True, Answered.YES),
    ],
)
def test_what_follows_for_the_asker(
    met: bool | None, *, excepting: bool, answer: Answered | None
) -> None:
    assert for_asker(met, Answered.YES, excepting=excepting) is answer


_EVIDENCE = Evidence("tern", ((0, 9),), "Mail stays.", ())  # type: ignore[arg-type]


def test_the_asker_s_own_case_is_said_first() -> None:
    other = CaseFound("with a plan", Said("Mail stays in Oslo.", (_EVIDENCE,)))
    own = CaseFound(
        "if you pay", Said("Mail may go.", (_EVIDENCE,)), holds=True, answer=Answered.YES
    )
    first, second = whether_said(Depends("if you pay", (other, own)))
    assert first.lead == "Yes, in your case"
    assert first.text == "if you pay: Mail may go."
    assert second.text == "with a plan: Mail stays in Oslo."


def test_a_case_that_is_not_known_decides_nothing() -> None:
    found = Depends("", (CaseFound("if you pay", Said("Mail may go.", (_EVIDENCE,))),))
    assert whether_said(found)[0].lead == "It depends"
    assert not Case().is_stated


def test_a_reply_is_said_once() -> None:
    found = Whether(Answered.NO, (Said("No. Mail can be anywhere.", (_EVIDENCE,)),))
    assert whether_said(found)[0].text == "Mail can be anywhere."
