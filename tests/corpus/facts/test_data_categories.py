"""Categories of data that made-up sentences name."""

from __future__ import annotations

import pytest

from corpus.facts.arguments.data_categories import data_of
from corpus.language.parsing import parse_one
from corpus.language.propositions import propositions

CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Customer data is stored in Norway.", ("Customer data",)),
    ("Quillet Mail keeps its audit logs for 30 days.", ("audit logs",)),
    ("We store mailbox content, backups and payment details in Oslo.",
     ("mailbox content", "backups", "payment details")),
    ("Personal data such as names and phone numbers is held in Malta.",
     ("Personal data", "names", "phone numbers")),
    ("Attachments, including pictures and voice notes, rest in Riga.",
     ("Attachments", "pictures", "voice notes")),
    ("The data center is in Dublin.", ()),
    ("Data residency is available in Sweden.", ()),
    ("The EU data boundary covers all tenants.", ()),
    ("Contact the data protection officer in Berlin.", ()),
    ("The data processing agreement applies in Spain.", ()),
    ("Dashboards live in Ireland.", ("Dashboards",)),
    ("It keeps these logs in Finland.", ("logs",)),
    ("Your files never leave Austria.", ("files",)),
    ("All Customer Content stays in Germany.", ("Customer Content",)),
    ("Backups are replicated to Vienna.", ("Backups",)),
    ("You can move your tenant to another region.", ()),
    ("The service runs in two zones.", ()),
    ("Customers can choose a region.", ()),
    ("Telemetry is sent to Texas.", ("Telemetry",)),
    ("Quillet Mail deletes card numbers after a refund.", ("card numbers",)),
    ("Invoices are processed by Corvid Pay in Cork.", ("Invoices",)),
    ("The metadata of documents is indexed in Lyon.", ("metadata of documents",)),
    ("Only search queries leave the region.", ("search queries",)),
    ("A copy of the database is kept in Turin.", ("copy of the database",)),
    ("No personal information is processed outside Canada.", ("personal information",)),
    ("Passwords and encryption keys are held in Zurich.", ("Passwords", "encryption keys")),
    ("The region is Norway.", ()),
    ("Quillet Mail is hosted in Oslo.", ()),
    ("Support staff in Chile can view tickets.", ("tickets",)),
    ("Message bodies rest in Italy, and subject lines are kept in France.", ("Message bodies",)),
    ("Recordings, transcripts, etc. are wiped after a week.", ("Recordings", "transcripts")),
    ("Data at rest is encrypted.", ("Data",)),
    ("The logs that we collect are purged after 14 days.", ("logs",)),
)  # fmt: skip
"""The rules were written with these in view."""
HELD_BACK: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Prompts and completions are not retained.", ("Prompts", "completions")),
    ("Corvid Pay receives names, addresses and card numbers.",
     ("names", "addresses", "card numbers")),
    ("Usage statistics (for example page views) go to Virginia.",
     ("Usage statistics", "page views")),
    ("The data controller is a company in Leeds.", ()),
    ("A data transfer impact assessment was made in Rome.", ()),
    ("Snapshots are mirrored from Paris to Lille.", ("Snapshots",)),
    ("Profile pictures are cached in Prague.", ("Profile pictures",)),
    ("Please open a case with support.", ()),
    ("Diagnostic data may be transferred to India.", ("Diagnostic data",)),
    ("We archive closed tickets in Graz.", ("closed tickets",)),
    ("Billing records and tax numbers are kept for ten years.",
     ("Billing records", "tax numbers")),
    ("Data centers in Tokyo and Osaka are used.", ()),
    ("The default location is Ireland.", ()),
    ("Health data is never exported.", ("Health data",)),
    ("Nobody outside of Iceland has access to the recordings.", ("recordings",)),
    ("Customer data rests in Poland unless you move backups.", ("Customer data",)),
)  # fmt: skip
"""They tell what the rules are worth beyond the others."""


@pytest.mark.parametrize(("sentence", "data"), [*CASES, *HELD_BACK])
def test_sentence_names_data(sentence: str, data: tuple[str, ...]) -> None:
    parsed = parse_one(sentence)
    assert data_of(parsed, propositions(parsed)[0]) == data


@pytest.mark.parametrize(
    ("words", "data"),
    [
        ("Call recordings", ("Call recordings",)),
        ("Names, e-mail addresses", ("Names", "e-mail addresses")),
        ("Frankfurt, Germany", ()),
        ("Compute and networking", ()),
    ],
)
def test_words_without_a_verb_name_data(words: str, data: tuple[str, ...]) -> None:
    assert data_of(parse_one(words), None) == data
