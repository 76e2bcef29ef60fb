"""What a reader holds against an answer: lateness, gaps, asides, another subject, a silent cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Description, Span
from evals.scoring.reader_metrics import (
    complete,
    cut_list,
    false_answer,
    focus,
    strict,
    subject_error,
)
from evals.scoring.registry import Answered
from evals.suites.evidence_places import FoldedText, Texts
from evals.suites.suite import Suite
from evals.types import Case, Cited, Kind, Place, Response
from tests.evals.conftest import cite

_STORED = "Files of customers in Norway are stored in Bergen."
_ASIDE = "They are not copied to any other country."
_KEPT = "Backups are kept for 35 days in Oslo, unless the customer has bought the Vault add-on."
_HARBOUR = "Harbour keeps files in Bergen, in Oslo, in Narvik and in Tromsø."
_QUAY = "Quay keeps files in Trondheim."


def _strict(case: Case, text: str, suite: Suite, *cited: Cited) -> bool:
    return strict(Answered(case, Response(text, False, cited), suite.texts)) == 1.0


def test_a_strict_answer_is_right_complete_and_on_the_point(suite: Suite) -> None:
    case = suite.cases[0]
    stored, aside, kept = cite(suite, _STORED), cite(suite, _ASIDE, 2), cite(suite, _KEPT, 3)
    assert _strict(case, "In Bergen. [1]", suite, stored)
    assert not _strict(case, "In Bergen. [1]", suite)
    assert not _strict(case, "In Bodø. [1]", suite, stored)
    assert _strict(case, "In Bergen. [1] [2]", suite, stored, aside)
    assert not _strict(case, "In Bergen. [1] [2] [3]", suite, stored, aside, kept)
    both = replace(case, evidence=(_STORED, _KEPT))
    assert not _strict(both, "In Bergen. [1]", suite, stored)
    assert _strict(both, "In Bergen. [1] [3]", suite, stored, kept)


@pytest.mark.parametrize(
    ("kind", "before", "after", "is_strict"),
    [("lookup", 59, 0, True), ("lookup", 60, 0, False), ("lookup", 59, 20, True),
     ("lookup", 59, 21, False), ("list", 119, 0, True), ("list", 60, 60, False),
     ("procedure", 60, 59, True), ("compare", 59, 60, True), ("compare", 60, 0, False)],
)  # fmt: skip
def test_a_strict_answer_comes_first_and_ends_soon(
    suite: Suite, kind: str, before: int, after: int, is_strict: bool
) -> None:
    case = replace(suite.cases[0], kind=Kind(kind))
    text = "so " * before + "Bergen" + " so" * after
    assert _strict(case, text, suite, cite(suite, _STORED)) is is_strict


def test_a_strict_abstention_is_short(suite: Suite) -> None:
    case = suite.cases[3]
    assert strict(Answered(case, Response("Not in here.", True), suite.texts))
    assert not strict(Answered(case, Response("Not in here. " * 40, True), suite.texts))


def test_without_evidence_focus_and_completeness_are_not_guessed(suite: Suite) -> None:
    unanswerable, case = suite.cases[3], suite.cases[0]
    said = Response("In Bergen. [1]", False, (cite(suite, _STORED),))
    for one in (unanswerable, replace(case, evidence=()), replace(case, evidence=("Nowhere.",))):
        answered = Answered(one, said, suite.texts)
        assert (focus(answered), complete(answered)) == (None, None)
    silent = Answered(case, Response("In Bergen.", False), suite.texts)
    assert (focus(silent), complete(silent)) == (None, False)
    assert strict(Answered(replace(case, evidence=()), said, suite.texts))


def _two() -> tuple[Case, Texts]:
    """Return a case about one of two documents."""
    harbour, quay = (Description(name.lower(), f"Where {name} keeps files", name)
                     for name in ("Harbour", "Quay"))  # fmt: skip
    texts = {
        "harbour": FoldedText.of(_HARBOUR, harbour),
        "quay": FoldedText.of(_QUAY, quay),
        "harbour-2": FoldedText.of(_HARBOUR, replace(harbour, id="harbour-2")),
    }
    case = Case(
        "two", Kind.LIST, ("Where does Harbour keep files?",), True, ("harbour",),
        (("Bergen",), ("Oslo",), ("Narvik",), ("Tromsø",)), (), (_HARBOUR,), "",
    )  # fmt: skip
    return case, texts


def _whole(document: str, texts: Texts, marker: int = 1) -> Cited:
    text = texts[document].text
    return Cited(marker, Place(document, Span(0, len(text))), text)


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("In Trondheim. [1]", True),
        ("Quay keeps files in Trondheim. [1]", True),
        ("Quay: In Trondheim. [1]", False),
        ("Quay: Quay keeps files in Trondheim. [1]", False),
        ("Of Quay:\n- Trondheim [1]", False),
        ("“Where Quay keeps files”: in Trondheim. [1]", False),
        ("Of Quay nothing is asked.\n\nIn Trondheim. [1]", True),
    ],
)
def test_what_is_about_another_subject_is_labelled(text: str, is_wrong: bool) -> None:
    case, texts = _two()
    answered = Answered(case, Response(text, False, (_whole("quay", texts),)), texts)
    assert subject_error(answered) is is_wrong


def test_another_document_of_the_same_service_is_about_the_same() -> None:
    case, texts = _two()
    response = Response("In Bergen. [1]", False, (_whole("harbour-2", texts),))
    assert subject_error(Answered(case, response, texts)) is False
    quay = Response("In Trondheim. [1]", False, (_whole("quay", texts),))
    assert subject_error(Answered(replace(case, docs=()), quay, texts)) is None


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("In Bergen, Oslo, Narvik and Tromsø.", False),
        ("In Bergen and Oslo.", True),
        ("In one of the two: Bergen or Oslo.", True),
        ("2 of 4: Bergen and Oslo.", False),
        ("Two of the four: Bergen and Oslo.", False),
        ("Bergen, Oslo and 2 more.", False),
        ("Bergen and Oslo, among others.", False),
    ],
)
def test_a_list_that_is_cut_says_so(text: str, is_cut: bool) -> None:
    case, texts = _two()
    assert cut_list(Answered(case, Response(text, False), texts)) is is_cut
    assert cut_list(Answered(case, Response(text, True), texts)) is None
    assert cut_list(Answered(replace(case, kind=Kind.YESNO), Response(text, False), texts)) is None


def test_a_false_answer_neither_abstains_nor_says_so(suite: Suite) -> None:
    case = suite.cases[3]
    assert false_answer(Answered(case, Response("It is cheap.", False), suite.texts)) is True
    assert false_answer(Answered(case, Response("Not in here.", True), suite.texts)) is False
    assert false_answer(Answered(case, Response("Not stated.", False), suite.texts)) is False
    assert false_answer(Answered(suite.cases[0], Response("", False), suite.texts)) is None
