"""Answers to questions that hold two things against each other: what follows first, then both."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.pipeline import Request, respond
from assistant.types import Answer, Verdict
from index.searching.reader import IndexReader


def _answer(question: str, index: IndexReader) -> Answer:
    return respond(Request(question), index, lambda: date(2026, 1, 1))[0]


def test_the_longer_of_two_is_said_first_with_both_periods(two_services: IndexReader) -> None:
    answer = _answer("Does Ostwick Mail keep letters longer than Pellbrook Mail?", two_services)
    assert answer.text.startswith("Yes: ")
    first = answer.text.split("\n\n")[0]
    assert "90 days" in first
    assert "14 days" in first
    assert {one.document for one in answer.citations} == {"ostwick-mail", "pellbrook-mail"}


def test_the_shorter_one_is_no(two_services: IndexReader) -> None:
    answer = _answer("Does Pellbrook Mail keep letters longer than Ostwick Mail?", two_services)
    assert answer.text.startswith("No: ")


def test_both_sides_are_said_each_with_its_passage(two_services: IndexReader) -> None:
    answer = _answer("Compare where Ostwick Mail and Pellbrook Mail store letters.", two_services)
    assert answer.verdict is Verdict.ANSWERED
    assert "Graz" in answer.text
    assert "Ghent" in answer.text
    assert {one.document for one in answer.citations} == {"ostwick-mail", "pellbrook-mail"}


def test_two_services_are_compared_for_a_country(two_services: IndexReader) -> None:
    answer = _answer("Compare Ostwick Mail and Pellbrook Mail for Austria", two_services)
    assert "Graz" in answer.text
    assert {one.document for one in answer.citations} <= {"ostwick-mail", "pellbrook-mail"}


def test_equal_periods_are_said_to_be_the_same(two_services: IndexReader) -> None:
    question = (
        "How do Ostwick Mail and Pellbrook Mail differ in how early they announce a new "
        "sub-processor?"
    )
    first = _answer(question, two_services).text.split("\n\n")[0]
    assert first.startswith("Ostwick Mail and Pellbrook Mail: at least 30 days in both.")


@pytest.mark.parametrize(
    "question",
    ["How long does Ostwick Mail keep letters?", "Where does Pellbrook Mail store letters?"],
)
def test_a_question_about_one_thing_is_answered_of_it_alone(
    question: str, two_services: IndexReader
) -> None:
    assert len({one.document for one in _answer(question, two_services).citations}) == 1
