"""What statements of made-up pages are about, and what these pages name."""

from __future__ import annotations

import pytest

from corpus.chunk import chunk_document
from corpus.facts.arguments.subjects import Subjects
from corpus.facts.types import Subject
from corpus.language.parsing import parse_one
from corpus.language.propositions import propositions
from corpus.language.sentences import readable
from corpus.parse import parse
from corpus.places import Gazetteer
from corpus.types import Description, Document

PAGES = {
    "vendor": (
        "Wrenfield Notes processing terms", "Wrenfield Notes",
        """# Wrenfield Notes processing terms

Wrenfield Oy, Turku, Finland ("Wrenfield", "we") is a company. Wrenfield keeps notes in Turku.
Processor means Wrenfield. Clause 3.1 applies. The European Union (EU) has rules.

These sub-processors help us:

- Quarrel Post (letters) - handles addresses in Cork
- **Larkspur Ltd** - Servers in Riga

## Does the AI helper run in my region?

Yes. The helper sends prompts to Lyon.

## Status page

It is hosted in Texas. Larkspur Ltd regions are listed below.

## Annex B

Notes are encrypted.

## Retention

- Sentrix: Error tracking. Data is purged after a week.
- Sentrix keeps nothing else.

| Customer's country | Moves |
| --- | --- |
| Brazil, Chile | No |
| To keep records | Yes |

## Operational Best Practices

Quarrel Post sends letters. The following steps take an hour.
""",
    ),
    "chat": (
        "Brindlow Chat data locations", "Brindlow Chat",
        """# Brindlow Chat data locations

Brindlow Chat stores messages in Finland. It keeps attachments for 90 days. They are then deleted.
We never move them out of Finland. You can export your messages at any time.
The service runs in two zones. Customer data is encrypted at rest.
Backups of Brindlow Chat are held in Sweden.

## Brindlow Huddle

Huddle recordings are kept in Norway. The add-on is switched off at first.
It writes its transcripts to Oslo. Customer data is never sent elsewhere.

## Guest Lounge

Guest Lounge is a feature for visitors. This feature stores names in Latvia.
The data is wiped every night.

## Where is Brindlow Board data stored?

In Denmark. Drawings are mirrored to Aarhus.

## Mailbox

E-mail is fetched from your own server.

## Retention

Messages are deleted after two years.
""",
    ),
    "suite": (
        "Data residency of the Ostwick suite", "Ostwick",
        """# Data residency of the Ostwick suite

Advanced Regional Pinning (ARP) keeps customer data in one country. ARP is sold per seat.
Ostwick Ledger, formerly known as Ostwick Books, stores invoices in Spain.
Ostwick Books data was once kept in Portugal.
The Document Vault service (“Vault”) keeps files in Malta. Vault never leaves Malta.
Ostwick Signals (also called Beacon) sends alerts from Cyprus. Beacon alerts expire after a day.
Ostwick Ledger and Document Vault store their logs in Greece. They copy them to Crete.
If you use ARP, the data of Ostwick Ledger stays in Spain.
For Ostwick Signals, alerts rest in Cyprus. In Document Vault, thumbnails are cached in Italy.
Invoices are processed by Ostwick Ledger in Madrid.
You can move Document Vault to another region. Administrators can restore Vault's backups.
The audit logs of Ostwick Signals are kept in Nicosia.
Ostwick's status page is hosted in Ireland. The mobile app sends crash reports to Texas.
Files uploaded to Document Vault are scanned in Malta.

The following services keep data in the European Union:

- Ostwick Ledger
- **Ostwick Payroll** - salaries rest in Austria
- Meadow Planner, with data in Hungary

The following categories of data leave the region:

- support tickets, which go to Canada
- Crash reports: sent to Texas
""",
    ),
    "table": (
        "Where data of Pellworth Cloud rests", "Pellworth Cloud",
        """# Where data of Pellworth Cloud rests

| Service | Location | Copy |
| --- | --- | --- |
| Pellworth Files | Oslo | Bergen |
| Quill Editor (QE) | Berlin | Munich |

QE keeps drafts for a week.

## Kinds of data

| Data | Location |
| --- | --- |
| Call recordings | Vienna |

## Sub-processors

| Sub-processor | Purpose | Country |
| --- | --- | --- |
| Harrowgate Hosting AB | Servers | Sweden |

Harrowgate Hosting AB deletes logs after a month.

## Regions

| Region | Code |
| --- | --- |
| Norway East | no-east-1 |

## Records

### First record

- **Service**: Pellworth Search
- **Location**: Tallinn
- **Retention**: 30 days

### Second record

- **Service**: Pellworth Maps
- **Location**: Riga
- **Retention**: 60 days

### Third record

The following is about the components that are not ready yet:

- **Retention** - These features do not process requests in Estonia yet.
- **Location**: Riga
- **Service**: Pellworth Ledger, Pellworth Stamps

## Pellworth Forms

- **Data at rest**: Vilnius
- **Backups**: Kaunas
""",
    ),
    "notice": (
        "Privacy notice", "Tarnholt",
        """# Privacy notice

This notice covers Tarnholt (hereinafter the "Platform"). Tarnholt Ltd ("Tarnholt", "we", "us")
is a company in Leeds. The Platform keeps profiles in Estonia. Our servers stand in Tallinn.
Your data is held in Estonia. We use Corvid Pay to charge cards. Corvid Pay stores card numbers in
Ireland. It deletes them after a refund. Personal data is transferred to the United Kingdom.
Users can choose a region. The European Commission approved these clauses.
Whether you use the app or the website, data stays in Estonia.
The Tarnholt Companion app sends usage statistics to Riga.
The Companion app keeps nothing else.
""",
    ),
    "mixed": (
        "Garrick Desk hosting", "Garrick Desk",
        """# Garrick Desk hosting

Frankfurt hosts the primary copy. Dublin is the second site. Garrick Desk (GD) runs in Frankfurt.
All data of GD is replicated to Dublin. No data is stored in Asia.
There are three regions. Please contact support. When it fails over, Garrick Desk runs in Dublin.
Garrick Desk processes tickets in Germany and it stores them in Austria.
What customers write in tickets is kept for a year.

## Smart Replies

Smart Replies sends prompts to Paris. The model keeps no prompts. These prompts are not logged.
The product is in preview. The same applies to Garrick Desk Voice.
Garrick Desk Voice keeps calls in Lyon. Its recordings expire after a week.

### Limits

It is not offered in Brazil.

## What about Insight Reports?

They are computed in Frankfurt.

## Does Team Wiki leave the region?

No, pages remain in Frankfurt.

## Data location for Garrick Desk Sandbox

Test tickets are kept in Warsaw.

## Backups and recovery

Backups rest in Dublin. This service has no charge.
""",
    ),
}  # fmt: skip

# Page, beginning of the words that say it, what it is about, names that it is found by.
Case = tuple[str, str, str, tuple[str, ...]]
CASES: tuple[Case, ...] = (
    ("chat", "Brindlow Chat stores", "Brindlow Chat", ()),
    ("chat", "It keeps attachments", "Brindlow Chat", ()),
    ("chat", "They are then deleted", "Brindlow Chat", ()),
    ("chat", "We never move", "Brindlow Chat", ()),
    ("chat", "You can export", "Brindlow Chat", ()),
    ("chat", "The service runs", "Brindlow Chat", ()),
    ("chat", "Customer data is encrypted", "Brindlow Chat", ()),
    ("chat", "Backups of Brindlow Chat", "Brindlow Chat", ()),
    ("chat", "Huddle recordings", "Brindlow Huddle", ("Huddle", "Brindlow Chat")),
    ("chat", "The add-on is", "Brindlow Huddle", ("Brindlow Chat",)),
    ("chat", "It writes its", "Brindlow Huddle", ("Brindlow Chat",)),
    ("chat", "Customer data is never sent", "Brindlow Huddle", ("Brindlow Chat",)),
    ("chat", "This feature stores", "Guest Lounge", ("Brindlow Chat",)),
    ("chat", "The data is wiped", "Guest Lounge", ("Brindlow Chat",)),
    ("chat", "In Denmark", "Brindlow Board", ("Brindlow Chat",)),
    ("chat", "E-mail is fetched", "Brindlow Chat", ()),
    ("chat", "Messages are deleted", "Brindlow Chat", ()),
    ("suite", "Advanced Regional Pinning", "Advanced Regional Pinning", ("ARP", "Ostwick")),
    ("suite", "ARP is sold", "Advanced Regional Pinning", ("ARP",)),
    ("suite", "Ostwick Ledger, formerly", "Ostwick Ledger", ("Ostwick Books", "Ostwick")),
    ("suite", "Ostwick Books data", "Ostwick Ledger", ("Ostwick Books",)),
    ("suite", "The Document Vault service", "Document Vault", ("Vault", "Ostwick")),
    ("suite", "Vault never leaves", "Document Vault", ("Vault",)),
    ("suite", "Beacon alerts expire", "Ostwick Signals", ("Beacon",)),
    ("suite", "Ostwick Ledger and Document Vault store", "Ostwick Ledger and Document Vault",
     ("Ostwick Ledger", "Document Vault", "Vault", "Ostwick Books")),
    ("suite", "They copy them", "Ostwick Ledger and Document Vault", ("Ostwick Ledger", "Vault")),
    ("suite", "If you use ARP", "Ostwick Ledger", ("Ostwick",)),
    ("suite", "For Ostwick Signals", "Ostwick Signals", ("Beacon",)),
    ("suite", "In Document Vault", "Document Vault", ("Vault",)),
    ("suite", "You can move Document Vault", "Document Vault", ()),
    ("suite", "Administrators can restore", "Document Vault", ("Vault",)),
    ("suite", "The audit logs of", "Ostwick Signals", ("Beacon",)),
    ("suite", "The mobile app sends", "mobile app", ("Ostwick",)),
    ("suite", "**Ostwick Payroll**", "Ostwick Payroll", ("Ostwick",)),
    ("suite", "Meadow Planner, with", "Meadow Planner", ("Ostwick",)),
    ("suite", "support tickets, which", "Ostwick", ()),
    ("table", "| Pellworth Files", "Pellworth Files", ("Pellworth Cloud",)),
    ("table", "| Quill Editor", "Quill Editor", ("QE", "Pellworth Cloud")),
    ("table", "QE keeps drafts", "Quill Editor", ("QE",)),
    ("table", "| Call recordings", "Pellworth Cloud", ()),
    ("table", "| Harrowgate", "Harrowgate Hosting AB", ("Pellworth Cloud",)),
    ("table", "**Location**: Tallinn", "Pellworth Search", ("Pellworth Cloud",)),
    ("table", "**Retention**: 60", "Pellworth Maps", ("Pellworth Cloud",)),
    ("table", "**Retention** - These", "Pellworth Ledger, Pellworth Stamps", ("Pellworth Cloud",)),
    ("table", "**Data at rest**", "Pellworth Forms", ("Pellworth Cloud",)),
    ("notice", "The Platform keeps", "Tarnholt", ("Platform",)),
    ("notice", "Our servers stand", "Tarnholt", ()),
    ("notice", "Your data is", "Tarnholt", ()),
    ("notice", "Corvid Pay stores", "Corvid Pay", ("Tarnholt",)),
    ("notice", "It deletes them", "Corvid Pay", ()),
    ("notice", "Users can choose", "Tarnholt", ()),
    ("notice", "The Tarnholt Companion app", "Tarnholt Companion", ("Tarnholt",)),
    ("mixed", "Frankfurt hosts", "Garrick Desk", ("GD",)),
    ("mixed", "Garrick Desk (GD)", "Garrick Desk", ("GD",)),
    ("mixed", "All data of GD", "Garrick Desk", ("GD",)),
    ("mixed", "No data is stored", "Garrick Desk", ()),
    ("mixed", "Smart Replies sends", "Smart Replies", ("Garrick Desk",)),
    ("mixed", "These prompts are", "Smart Replies", ()),
    ("mixed", "The product is", "Smart Replies", ()),
    ("mixed", "Garrick Desk Voice keeps", "Garrick Desk Voice", ("Garrick Desk",)),
    ("mixed", "Its recordings expire", "Garrick Desk Voice", ()),
    ("mixed", "They are computed", "Insight Reports", ("Garrick Desk",)),
    ("mixed", "Test tickets", "Garrick Desk Sandbox", ("Garrick Desk",)),
    ("mixed", "Backups rest", "Garrick Desk", ()),
    ("vendor", "Wrenfield Oy, Turku", "Wrenfield Oy", ("Wrenfield", "Wrenfield Notes")),
    ("vendor", "Wrenfield keeps", "Wrenfield Notes", ()),
    ("vendor", "Clause 3.1", "Wrenfield Notes", ()),
    ("vendor", "The European Union", "Wrenfield Notes", ()),
    ("vendor", "Quarrel Post (letters)", "Quarrel Post", ("Wrenfield Notes",)),
    ("vendor", "**Larkspur Ltd**", "Larkspur Ltd", ("Wrenfield Notes",)),
    ("vendor", "The helper sends", "AI helper", ("Wrenfield Notes",)),
    ("vendor", "It is hosted in Texas", "status page", ("Wrenfield Notes",)),
    ("vendor", "Notes are encrypted", "Wrenfield Notes", ()),
    ("vendor", "Data is purged", "Sentrix", ("Wrenfield Notes",)),
    ("vendor", "| Brazil, Chile", "Wrenfield Notes", ()),
    ("vendor", "| To keep records", "Wrenfield Notes", ()),
    ("vendor", "The following steps", "Wrenfield Notes", ()),
    ("vendor", "Larkspur Ltd regions", "status page", ()),
)  # fmt: skip
"""The rules were written with these in view."""
HELD_BACK: tuple[Case, ...] = (
    ("suite", "Ostwick Signals (also", "Ostwick Signals", ("Beacon", "Ostwick")),
    ("suite", "Invoices are processed", "Ostwick Ledger", ("Ostwick Books",)),
    ("suite", "Ostwick's status page", "status page", ("Ostwick",)),
    ("suite", "Files uploaded to", "Document Vault", ("Vault",)),
    ("suite", "alerts rest in Cyprus", "Ostwick Signals", ()),
    ("suite", "Crash reports: sent", "Ostwick", ()),
    ("table", "Harrowgate Hosting AB deletes", "Harrowgate Hosting AB", ()),
    ("table", "| Norway East", "Norway East", ("Pellworth Cloud",)),
    ("table", "**Location**: Riga", "Pellworth Maps", ()),
    ("table", "**Service**: Pellworth Search", "Pellworth Search", ()),
    ("table", "**Backups**: Kaunas", "Pellworth Forms", ()),
    ("notice", "We use Corvid Pay", "Corvid Pay", ("Tarnholt",)),
    ("notice", "This notice covers", "Tarnholt", ()),
    ("notice", "Personal data is transferred", "Tarnholt", ()),
    ("notice", "The European Commission", "Tarnholt", ()),
    ("notice", "Whether you use", "Tarnholt", ()),
    ("notice", "The Companion app", "Tarnholt Companion", ("Companion",)),
    ("mixed", "Dublin is the second", "Garrick Desk", ()),
    ("mixed", "There are three", "Garrick Desk", ()),
    ("mixed", "Please contact", "Garrick Desk", ()),
    ("mixed", "When it fails over", "Garrick Desk", ()),
    ("mixed", "Garrick Desk processes", "Garrick Desk", ()),
    ("mixed", "What customers write", "Garrick Desk", ()),
    ("mixed", "The model keeps", "Smart Replies", ("Garrick Desk",)),
    ("mixed", "The same applies", "Garrick Desk Voice", ()),
    ("mixed", "It is not offered", "Smart Replies", ("Garrick Desk",)),
    ("mixed", "No, pages remain", "Team Wiki", ("Garrick Desk",)),
    ("mixed", "This service has", "Garrick Desk", ()),
    ("chat", "Drawings are mirrored", "Brindlow Board", ("Brindlow Chat",)),
    ("chat", "Guest Lounge is", "Guest Lounge", ("Brindlow Chat",)),
)  # fmt: skip
"""They tell what the rules are worth beyond the others."""


def _document(page: str) -> Document:
    title, service, text = PAGES[page]
    read = parse(text, markdown=True)
    about = Description(page, title, service)
    return Document(about, read.text, "", read.sections, read.blocks)


def _about(page: str, quote: str, gazetteer: Gazetteer | None = None) -> Subject:
    document = _document(page)
    chunks = chunk_document(document)
    subjects = Subjects(document, chunks, gazetteer)
    chunk = next(c for c in chunks if c.text.startswith(quote) or quote in c.text)
    parsed = parse_one(readable(chunk.text))
    return subjects.of(chunk, parsed, propositions(parsed)[0])


@pytest.mark.parametrize(("page", "quote", "name", "found_by"), [*CASES, *HELD_BACK])
def test_statement_is_about(
    page: str, quote: str, name: str, found_by: tuple[str, ...], gazetteer: Gazetteer
) -> None:
    about = _about(page, quote, gazetteer)
    assert about.name == name
    assert set(found_by) <= set(about.names)
    service = PAGES[page][1]
    assert service == name or service == about.of[-1]


def _names(page: str) -> dict[str, tuple[str, ...]]:
    document = _document(page)
    return {one.name: one.aliases for one in Subjects(document, chunk_document(document)).names()}


@pytest.mark.parametrize(
    ("page", "name", "aliases"),
    [
        ("chat", "Brindlow Chat", ()),
        ("chat", "Brindlow Huddle", ("Huddle",)),
        ("chat", "Guest Lounge", ()),
        ("suite", "Advanced Regional Pinning", ("ARP",)),
        ("suite", "Ostwick Ledger", ("Ostwick Books",)),
        ("suite", "Document Vault", ("Vault",)),
        ("suite", "Ostwick Signals", ("Beacon",)),
        ("suite", "Meadow Planner", ()),
        ("table", "Quill Editor", ("QE",)),
        ("table", "Pellworth Search", ()),
        ("notice", "Tarnholt", ("Platform",)),
        ("mixed", "Garrick Desk", ("GD",)),
    ],
)
def test_page_names(page: str, name: str, aliases: tuple[str, ...]) -> None:
    assert set(aliases) <= set(_names(page)[name])


@pytest.mark.parametrize(
    ("page", "no_name"),
    [
        ("chat", "Mailbox"),
        ("chat", "E-mail"),
        ("chat", "Retention"),
        ("chat", "Finland"),
        ("suite", "Cyprus"),
        ("table", "Call recordings"),
        ("table", "Norway East"),
        ("table", "Regions"),
        ("notice", "Personal data"),
        ("mixed", "Frankfurt"),
        ("mixed", "Backups and recovery"),
        ("mixed", "Limits"),
    ],
)
def test_page_names_nothing_by(page: str, no_name: str) -> None:
    names = _names(page)
    assert names
    assert no_name not in names
    assert no_name not in {alias for aliases in names.values() for alias in aliases}


def test_name_is_part_of_the_service_and_stands_where_it_is_introduced() -> None:
    document = _document("suite")
    subjects = Subjects(document, chunk_document(document))
    found = {one.name: one for one in subjects.names()}
    vault = found["Document Vault"]
    assert vault.of == ("Ostwick",)
    assert vault.introduced is not None
    assert vault.introduced.of(document.text) == "Document Vault"
    assert found["Ostwick"].of == ()


def test_page_without_service_or_words_names_nothing() -> None:
    about = Description("bare", "Terms", "")
    read = parse("# Terms\n\nIt is kept in Malta.\n", markdown=True)
    document = Document(about, read.text, "", read.sections, read.blocks)
    chunks = chunk_document(document)
    subjects = Subjects(document, chunks)
    assert subjects.names() == ()
    assert subjects.of(chunks[-1], None, None) == Subject("")
