"""Which documents may speak for a question: those about what it names, and none for others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.reasoning.findings import NoDocument
from assistant.reasoning.scope import no_document, scope_of
from index.searching.reader import IndexReader


@pytest.fixture(scope="module")
def index(built_home: Path) -> Iterator[IndexReader]:
    """The bundled documents."""
    opened = IndexReader.open(built_home)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Where does Exchange Online keep mailboxes?", "exchange-online"),
        ("where does exchange online keep mail", "exchange-online"),
        ("Where does Exchnage Online keep mail?", "exchange-online"),
        ("Where are Exchange Online Mailboxes of a Swiss tenant?", "exchange-online"),
        (
            "Is Exchange Online ISO 27001 certified, and does it comply with HIPAA?",
            "exchange-online",
        ),
        ("We also use Fernmail. Where does Exchange Online keep mail?", "exchange-online"),
        ("Do all users need an ADR subscription?", "exchange-online"),
        ("Who sets the PreferredDataLocation?", "exchange-online"),
        ("Does MS Intune keep device data in Norway?", "intune"),
        ("Which Indian data centers does CSI have?", "customer-service-insights"),
        ("Where does Customer Service Insights keep data?", "customer-service-insights"),
        ("Where is Azure AD data of Japanese customers?", "azure-ad-japan"),
        ("Where does Entra ID keep data of European customers?", "azure-ad-europe"),
        ("Does the Directory Core Store leave Europe?", "azure-ad-europe"),
    ],
)
def test_what_is_named_in_any_way_speaks(index: IndexReader, question: str, document: str) -> None:
    scope = scope_of(question, (), index)
    assert scope.documents[0] == document
    assert scope.names
    assert no_document(scope, index) is None


def test_of_a_company_all_that_it_publishes_speaks(index: IndexReader) -> None:
    scope = scope_of("What does Microsoft warrant when a tenant is relocated?", (), index)
    assert set(scope.documents) == set(index.documents)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Where does Ostwick Ledger keep invoices?", "Ostwick Ledger"),
        ("Where does Ostwick keep invoices?", "Ostwick"),
        ("Are chats in Larkspur kept in the EU?", "Larkspur"),
        ("Where does Azure AD B2C keep its users?", "Azure AD B2C"),
        ("Is Azure AD Moonlight Gateway available in Spain?", "Azure AD Moonlight Gateway"),
        ("Which regions can Dynamics 365 Customer Insights be deployed to?",
         "Dynamics 365 Customer Insights"),
        ("Is the Glimmer add-on of Exchange Online bound to one geography?", "Glimmer"),
        ("Does Intune's Peakview module store anything in Ireland?", "Peakview"),
    ],
)  # fmt: skip
def test_a_name_that_no_document_is_about_ends_in_what_is_covered(
    index: IndexReader, question: str, name: str
) -> None:
    scope = scope_of(question, (), index)
    found = no_document(scope, index)
    assert isinstance(found, NoDocument)
    assert found.names == (name,)
    assert "Exchange Online" in found.covered
    assert scope.documents == ()


@pytest.mark.parametrize(
    "question",
    [
        "How long is deleted data kept?",
        "Is data encrypted at rest with AES-256?",
        "Who can I contact about GDPR requests?",
        "Is the Premium plan available in Japan?",
        "As of January 2024, which regions are in preview?",
        "can an administrator move a tenant from germany to france",
    ],
)
def test_where_nothing_is_named_every_document_may_speak(index: IndexReader, question: str) -> None:
    scope = scope_of(question, (), index)
    assert set(scope.documents) == set(index.documents)
    assert not scope.is_sure
    assert no_document(scope, index) is None


def test_what_was_spoken_of_before_comes_first_where_nothing_is_named(index: IndexReader) -> None:
    for document in index.documents:
        assert scope_of("And how long is it kept?", (), index, follows=document).documents[0] == (
            document
        )


def test_an_unknown_name_beside_a_known_one_is_told(index: IndexReader) -> None:
    scope = scope_of("Does Exchange Online send mail to Fernmail?", (), index)
    assert scope.unknown == ("Fernmail",)
    assert scope.documents == ("exchange-online",)


@pytest.mark.parametrize(
    "question",
    [
        "Nagoya office: will the second-factor records lie in Japan?",
        "Suppose a mailbox gets moved. Who may see it?",
        "In the specimen for Ms Brunner, which region is set?",
        "Do servers of our Rotterdam people stay in the EU?",
        "wher are usgae recrods storred",
        "Our CA wants logs. Are they kept?",
        "What does Get-Mailbox show?",
    ],
)
def test_misspelt_words_people_places_and_codes_are_no_absent_names(
    question: str, index: IndexReader
) -> None:
    assert no_document(scope_of(question, (), index), index) is None


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Where does Ostwick Mail Cloud keep drafts?", "ostwick-mail"),
        ("How long does the Quillane Vault service keep access logs?", "quillane-vault"),
        ("Is Tamsel Board SaaS sold in tiers?", "tamsel-board"),
    ],
)
def test_a_name_that_goes_on_with_cloud_is_the_same_name(
    fictional: IndexReader, question: str, document: str
) -> None:
    assert scope_of(question, (), fictional).documents == (document,)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Does snowflake keep drafts?", ("snowflake",)),
        ("Where does okta store call logs?", ("okta",)),
        ("Where does someone keep drafts?", ()),
        ("Where does Ostwick Mail Gateway keep drafts?", ("Ostwick Mail Gateway",)),
    ],
)
def test_what_does_something_and_is_in_no_document_is_absent(
    fictional: IndexReader, question: str, unknown: tuple[str, ...]
) -> None:
    assert scope_of(question, (), fictional).unknown == unknown
