"""Members that are picked by what their cells say: places, words, amounts, and all others."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.pipeline import Request, respond
from assistant.reasoning.members.amounts_listed import Bounding, amount_asked, amounts_of
from index.searching.reader import IndexReader


def _said(question: str, index: IndexReader) -> str:
    answer, _ = respond(Request(question), index, lambda: date(2026, 1, 1))
    return answer.text.partition("\n\nSource:")[0]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which home countries does Ostwick Mail serve from Ghent?",
         "Two of the 6: Belgium and Ireland."),
        ("Which home countries of Ostwick Mail have Graz as reserve?",
         "Three of the 6: Belgium, Ireland and Norway."),
        ("For how many home countries does Ostwick Mail keep drafts for 60 days?",
         "Two of the 7: Belgium and Ireland."),
        ("For which home countries does Ostwick Mail keep drafts for more than a month?",
         "Three of the 7: Belgium, Ireland and Norway."),
        ("Which home country of Ostwick Mail keeps drafts the longest?",
         "One of the 7: Norway."),
        ("Which firm of Pellbrook Desk does invoicing?", "One of the 5: Cordane."),
        ("Which firms of Pellbrook Desk handle personal data in EFTA?",
         "Three of the 5: Arnvik (Norway), Cordane (Switzerland) and Esterby (Iceland)."),
        ("How many firms does Pellbrook Desk hire as sub-processors?",
         "Five: Arnvik, Belmora, Cordane, Dellinge and Esterby."),
        ("Which records of Quillane Vault are kept for less than a week?",
         "Two of the 4: Thumbnails and Previews."),
    ],
)  # fmt: skip
def test_members_are_picked(question: str, first: str, fictional: IndexReader) -> None:
    assert _said(question, fictional).startswith(first)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which tiers of Tamsel Board have an audit trail?", "Two of the 3: Crew and Guild."),
        ("Which tiers of Tamsel Board have no audit trail?", "One of the 3: Solo."),
        ("Which tier of Tamsel Board has own encryption keys?", "One of the 3: Guild."),
        ("Which features does the Crew tier of Tamsel Board have?",
         "Three of the 5: Audit trail, Choice of country and Guest boards."),
        ("How many tiers of Tamsel Board have a legal hold?", "One of the 3: Guild."),
        ("Which features of Tamsel Board does Guild lack?", "One of the 5: Guest boards."),
    ],
)  # fmt: skip
def test_ticks_are_read_by_rows_and_by_columns(
    question: str, first: str, fictional: IndexReader
) -> None:
    assert _said(question, fictional).startswith(first)


def test_no_member_is_picked_by_what_the_question_itself_names(fictional: IndexReader) -> None:
    said = _said("How long does Ostwick Mail keep drafts of Norway?", fictional)

    assert "6 months" in said
    assert not said.startswith("One of")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("At which centre does Ostwick Mail open a mailbox for Kenya?", "Halifax"),
        ("Where does Rimsford Relay handle a message to a Kenyan number?", "Leeds"),
        ("How long does Ostwick Mail keep drafts of a firm from Japan?", "7 days"),
    ],
)
def test_a_place_without_an_entry_has_that_of_all_others(
    question: str, answer: str, fictional: IndexReader
) -> None:
    assert answer in _said(question, fictional)


@pytest.mark.parametrize(
    "question",
    [
        "Which data of Rimsford Relay leaves the European Union?",
        "Which customer data of Rimsford Relay is kept outside Norway?",
        "What data does Rimsford Relay keep outside of the EU?",
    ],
)
def test_what_leaves_a_place_are_the_exceptions_of_what_stays(
    question: str, fictional: IndexReader
) -> None:
    assert "Delivery receipts and Billing records" in _said(question, fictional)


def test_cells_of_a_row_are_told_in_the_column_that_is_asked_for(fictional: IndexReader) -> None:
    said = _said("Which centres does Ostwick Mail have for Peru?", fictional)

    assert "Lima" in said
    assert "Peru." not in said


def test_a_place_within_an_entry_has_its_own(fictional: IndexReader) -> None:
    said = _said("Where does Rimsford Relay handle a message to a number of Sweden?", fictional)

    assert "Tampere" in said


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which keeps call logs longer, Pellbrook Desk or Rimsford Relay?",
         "Pellbrook Desk: 90 days, against 30 days for Rimsford Relay."),
        ("Which keeps call logs for a shorter time, Pellbrook Desk or Rimsford Relay?",
         "Rimsford Relay: 30 days, against 90 days for Pellbrook Desk."),
    ],
)  # fmt: skip
def test_of_two_services_that_with_more_is_said(
    question: str, answer: str, fictional: IndexReader
) -> None:
    assert _said(question, fictional).startswith(answer)


def test_an_abbreviation_that_no_document_has_is_not_explained(fictional: IndexReader) -> None:
    assert _said("What does XQLT stand for in Ostwick Mail?", fictional).startswith("Not stated")


@pytest.mark.parametrize(
    ("question", "bounding", "size"),
    [
        ("What is kept for 90 days?", Bounding.EXACT, 90),
        ("What is kept longer than two weeks?", Bounding.MORE, 14),
        ("What is kept for no longer than 2 weeks?", Bounding.AT_MOST, 14),
        ("What is erased within a day?", Bounding.AT_MOST, 1),
        ("What is kept for at least one year?", Bounding.AT_LEAST, 365),
        ("What is kept for less than 12 hours?", Bounding.LESS, 0.5),
        ("What is kept up to a year?", Bounding.AT_MOST, 365),
    ],
)
def test_amounts_of_questions(question: str, bounding: Bounding, size: float) -> None:
    found = amount_asked(question)

    assert found is not None
    assert (found.bounding, found.size) == (bounding, size)


def test_amounts_of_a_text() -> None:
    found = amounts_of("30 days, then a further two weeks; a 90-day hold")

    assert sorted(one.size for one in found) == [14, 30, 90]
