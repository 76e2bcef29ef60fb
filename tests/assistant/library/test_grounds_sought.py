"""What an answer in a person's words stands on: of its service and its matter, or on nothing."""

from __future__ import annotations

import pytest

from assistant.app import Assistant
from assistant.library.grounds_sought import grounds_sought

LOGS = "Audit logs are retained for up to one year for security purposes."
OF_INTUNE = (
    ("How long are Intune audit logs kept?", "Audit logs are kept for up to one year.", ""),
    ("How long are Intune audit logs kept?", "They are kept for up to one year.", ""),
    ("How long are audit logs kept?", "They are kept for up to one year.", "Intune"),
    ("How long are audit logs kept?", "Intune keeps audit logs for up to one year.", ""),
)
ON_NOTHING = (
    # Nobody says which service is meant, and the documents are about several.
    ("Where is customer data stored?", "It is stored in the US.", ""),
    ("How long are audit logs kept?", "Audit logs are kept for up to one year.", ""),
    # Another service, of the vocabulary and of none.
    ("How long are audit logs kept?", "They are kept for up to one year.", "Exchange Online"),
    ("How long does Amazon Bedrock keep audit logs?", "It keeps them for up to one year.", ""),
    ("How long are audit logs kept?", "Audit logs are kept for up to one year.", "Ternmail"),
    # Another matter of the same length.
    ("How long are Intune invoices kept?", "They are kept for up to one year.", ""),
)


@pytest.mark.parametrize(("question", "text", "service"), OF_INTUNE)
def test_a_passage_of_the_service_and_the_matter_is_a_ground(
    assistant: Assistant, question: str, text: str, service: str
) -> None:
    found = grounds_sought(question, text, assistant.index, service)
    assert [(one.document, one.quote) for one in found] == [("intune", LOGS)]


@pytest.mark.parametrize(("question", "text", "service"), ON_NOTHING)
def test_the_same_number_or_place_elsewhere_is_none(
    assistant: Assistant, question: str, text: str, service: str
) -> None:
    assert grounds_sought(question, text, assistant.index, service) == ()
