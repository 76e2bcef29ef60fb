"""Statements as sentences: subject, lead-in, label and conditions filled in."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.facts.said import LONGEST, said
from corpus.facts.types import Condition, StatementKind, Term
from corpus.types import Pair


@pytest.mark.parametrize(
    ("value", "subject", "words"),
    [
        # Whole sentences are themselves.
        ("Mailbox content is stored in Norway.", "Tern Mail",
         "Mailbox content is stored in Norway."),
        ("There are three regions in Norway.", "Tern Mail", "There are three regions in Norway."),
        # What points at what was named before gives its name.
        ("It is stored in Norway.", "mailbox content", "Mailbox content is stored in Norway."),
        ("They are kept for 30 days.", "Backups", "Backups are kept for 30 days."),
        ("the service keeps logs in Oslo", "Tern Mail", "Tern Mail keeps logs in Oslo"),
        ("This feature isn't available in Norway.", "Tern Sync",
         "Tern Sync isn't available in Norway."),
        ("For tenants in Norway, the service keeps logs in Oslo.", "Tern Mail",
         "For tenants in Norway, Tern Mail keeps logs in Oslo."),
        ("which is based in Bergen", "Larkmoor", "Larkmoor is based in Bergen"),
        ("that keeps data in Norway", "Tern Mail", "Tern Mail keeps data in Norway"),
        # No name is put where the verb does not go with it.
        ("It is kept for 30 days.", "Backups", "Backups: It is kept for 30 days."),
        # Who speaks and who is spoken to is not the service.
        ("We keep backups in Oslo.", "Tern Mail", "Tern Mail: We keep backups in Oslo."),
        ("You can move your tenant.", "Tern Mail", "Tern Mail: You can move your tenant."),
        # A verb without its subject gets it.
        ("retains logs for 30 days", "Tern Mail", "Tern Mail retains logs for 30 days"),
        ("may be moved to Oslo", "Backups", "Backups may be moved to Oslo"),
        ("does not leave the region", "Telemetry", "Telemetry does not leave the region"),
        ("is copied to Oslo", "Payroll data", "Payroll data is copied to Oslo"),
        ("are copied to Oslo", "Payroll data", "Payroll data are copied to Oslo"),
        # A pronoun is a subject and no name.
        ("keep no copy", "we", "We keep no copy"),
        ("You can move your tenant.", "they", "You can move your tenant."),
        # A part of a clause stands behind the name.
        ("stored in Norway", "Backups", "Backups: stored in Norway"),
        ("where mailboxes are stored", "Norway", "Norway: where mailboxes are stored"),
        ("which Larkmoor keeps in Bergen", "Prospects",
         "Prospects: which Larkmoor keeps in Bergen"),
        ("whose data is stored in Norway", "Tenants", "Tenants: whose data is stored in Norway"),
    ],
)  # fmt: skip
def test_a_sentence_has_its_subject(value: str, subject: str, words: str) -> None:
    assert said(value, subject=subject) == words


@pytest.mark.parametrize(
    ("lead_in", "words"),
    [
        ("Customer data is stored in:", "Customer data is stored in Norway"),
        ("The locations are:", "The locations are Norway"),
        ("The service stores customer data in the following countries:",
         "Tern Mail stores customer data in the following countries: Norway"),
        ("We store customer data in:", "Tern Mail: we store customer data in Norway"),
        ("Regions of customer data:", "Tern Mail – regions of customer data: Norway"),
        ("Regions are as follows:", "Regions are as follows: Norway"),
    ],
)  # fmt: skip
def test_a_member_of_a_list_ends_its_lead_in(lead_in: str, words: str) -> None:
    assert said("Norway", subject="Tern Mail", lead_in=lead_in) == words


def test_a_verb_in_a_list_gets_the_subject_of_its_lead_in() -> None:
    made = said("stores mail in Norway", subject="Tern Mail", lead_in="The service:")
    assert made == "Tern Mail stores mail in Norway"


@pytest.mark.parametrize(
    ("subject", "label", "words"),
    [
        ("Tern Mail", "Storage location", "Tern Mail – storage location: Norway"),
        ("Tern Mail", "Tern region", "Tern Mail – Tern region: Norway"),
        ("Tern Mail", "Stored in", "Tern Mail: stored in Norway"),
        ("", "Storage location", "Storage location: Norway"),
        ("Backups", "Backups", "Backups – stored: Norway"),
    ],
)
def test_a_value_stands_behind_its_label(subject: str, label: str, words: str) -> None:
    assert said("Norway", subject=subject, label=label, kind=StatementKind.STORED) == words


def test_a_row_has_its_column_and_its_other_cells() -> None:
    cells = (Pair("Feature", "Backups"), Pair("Retained", "30 days"), Pair("Plan", "Team"))
    made = said("30 days", subject="Backups", label="Retained", beside=cells)
    assert made == "Backups: retained 30 days (plan: Team)"


def test_a_long_row_says_that_cells_are_cut() -> None:
    cells = (Pair("Retained", "30 days"), Pair("Note", "word " * 90))
    made = said("30 days", subject="Backups", label="Retained", beside=cells)
    assert made.startswith("Backups: retained 30 days (note: word word")
    assert made.endswith("word …)")
    assert LONGEST - 10 < len(made) <= LONGEST


@pytest.mark.parametrize(
    ("subject", "kind", "words"),
    [
        ("Audit logs", StatementKind.RETAINED, "Audit logs – how long kept: 30 days"),
        ("", StatementKind.RETAINED, "How long kept: 30 days"),
        ("Audit logs", StatementKind.MEMBER, "Audit logs: 30 days"),
    ],
)
def test_a_bare_value_is_no_fragment(subject: str, kind: StatementKind, words: str) -> None:
    assert said("30 days", subject=subject, kind=kind) == words


def test_a_part_of_a_sentence_is_said_by_the_whole() -> None:
    sentence = "Audit logs are kept for 30 days."
    assert said("for 30 days", subject="Tern Mail", sentence=sentence) == sentence
    made = said("is copied to Oslo", subject="Mail", sentence="Mail is kept here and is copied.")
    assert made == "Mail is copied to Oslo"


def test_a_command_is_as_it_is_typed() -> None:
    command = "tern region set --home no-2"
    assert said(command, kind=StatementKind.COMMAND) == command
    assert said(command, subject="Tern", kind=StatementKind.COMMAND) == f"Tern: {command}"


def test_conditions_that_the_words_do_not_hold_are_added() -> None:
    there = Condition("the tenant was provisioned there", term=Term.LOCATED)
    june = Condition("1 June 2024", term=Term.AFTER, date=date(2024, 6, 1))
    made = said(
        "Mail is stored in Norway.", conditions=(there, june), exceptions=(Condition("drafts"),)
    )
    assert made == (
        "Mail is stored in Norway, if the tenant was provisioned there, from 1 June 2024, "
        "except drafts"
    )
    held = "Mail is stored in Norway if the tenant was “provisioned” there."
    assert said(held, conditions=(there,)) == held
    assert "in theory" in said("Mail is stored in Norway.", conditions=(Condition("in theory"),))


def test_an_empty_box_is_told() -> None:
    made = said("Backups in Norway", subject="Tern Mail", unticked=True)
    assert made == "Tern Mail: Backups in Norway (box not ticked)"


def test_what_is_long_is_cut_between_words_and_keeps_its_conditions() -> None:
    words = "Mail is stored in Norway and " + "very " * 80 + "safe."
    made = said(words, conditions=(Condition("the tenant was provisioned there"),))
    assert len(made) <= LONGEST
    body, _, condition = made.partition(" …, ")
    assert words.startswith(f"{body} ")
    assert condition == "if the tenant was provisioned there"
    assert len(said("x" * 900, conditions=(Condition("y" * 900),))) <= LONGEST


def test_nothing_to_say_is_no_error() -> None:
    assert said("") == ""
    assert said("  :", subject="") == ""
