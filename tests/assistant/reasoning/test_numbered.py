"""Parts of agreements: named by their number, or asked for by what they say."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.pipeline import Request, respond
from assistant.reasoning.numbered.part_numbers import asked_number, label
from index.searching.reader import IndexReader


def _text(question: str, index: IndexReader) -> str:
    return respond(Request(question), index, date.today)[0].text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("What does clause 2.2 say?", ("2", "2")),
        ("What does Article 28(3)(a) require?", ("28", "3", "a")),
        ("What is said under 5.1 of the terms?", ("5", "1")),
        ("Show me § 12", ("12",)),
        ("Who is named in Annex II?", ("annex", "ii")),
        ("For our Article 30 register, which logs are kept?", ()),
        ("Does this meet Article 28 GDPR?", ()),
        ("We fill in annex III of our agreement. Which firms help?", ()),
        ("Under Art. 28 of the GDPR, what does clause 4 say?", ("4",)),
        ("Are logs kept for 30 days?", ()),
        ("Which section says where logs are?", ()),
        ("Are 2.5 GB of data kept under version 2.1?", ()),
    ],
)
def test_the_number_of_a_part_is_read(question: str, number: tuple[str, ...]) -> None:
    assert asked_number(question) == number


@pytest.mark.parametrize(
    ("text", "is_heading", "number"),
    [
        ("5.1. Appointment of Subprocessors", True, ("5", "1")),
        ("Section 4 - Transfers", True, ("4",)),
        ("12 Return of data", True, ("12",)),
        ("12 sites are in Norway.", False, ()),
        ("12. Data is returned.", False, ("12",)),
        ("1.1 Data is returned.", False, ("1", "1")),
        ("(b) the site is closed", False, ("b",)),
        ("Article 28 applies to processors.", False, ()),
        ("Annex II. Subprocessors", True, ("annex", "ii")),
        ("2026 report", True, ()),
    ],
)
def test_a_label_is_no_amount(text: str, is_heading: bool, number: tuple[str, ...]) -> None:
    assert label(text, is_heading=is_heading) == number


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("What does clause 4.1 of the Hollin Ledger agreement say?", "Ghent, Belgium", "Lyon"),
        ("What does 4.2(b) mean in section 4.2(b) of Hollin Ledger?", "Ghent is closed", "audit"),
        ("What does clause 4.2 of Hollin Ledger say?", "(a) an audit was ordered", "Belgium"),
        ("What does section 12 of the Hollin Ledger agreement say?", "45 days", "Lyon"),
        ("Who is named in Annex II of the Hollin Ledger agreement?", "Tarnby Print", "Ghent"),
    ],
)
def test_a_part_named_by_its_number_is_said(
    fictional: IndexReader, question: str, said: str, unsaid: str
) -> None:
    text = _text(question, fictional)
    assert said in text
    assert unsaid not in text


def test_a_part_that_is_not_there_is_not_stated(fictional: IndexReader) -> None:
    text = _text("What does clause 9.3 of the Hollin Ledger agreement say?", fictional)
    assert text.startswith("Not stated")


def test_the_part_that_says_something_is_named(fictional: IndexReader) -> None:
    text = _text("Which clause of Hollin Ledger says where vouchers are stored?", fictional)
    assert text.startswith("4.1 Hollin Ledger stores vouchers in Ghent")
    text = _text("Which section of Hollin Ledger names a firm in Denmark?", fictional)
    assert text.startswith("Annex II. Subprocessors: Hollin Ledger hires Tarnby Print")
