"""What drop-downs get from one cited sentence that says all that is asked, or denies it."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.types import Asking, RowAbout

_VALUES = ("Yes", "No", "Partial")


def _value(assistant: Assistant, question: str, service: str) -> str:
    asking = Asking(question, clarify=False, about=RowAbout(service))
    return assistant.assess(asking, _VALUES).triaged.value


@pytest.mark.parametrize(
    ("question", "service", "value"),
    [
        (
            "Can activated Cognitive Services features synchronize data outside the configured "
            "region?",
            "Dynamics 365 Customer Service Insights", "Yes",
        ),
        (
            "Do all Azure AD features support storage of customer data in Japan?",
            "Azure Active Directory", "No",
        ),
        (
            "Is data of preview services stored only in the United States?",
            "Dynamics 365 Customer Service Insights", "Partial",
        ),
        (
            "Can administrators connect directly to Satellite Geography locations?",
            "Exchange Online", "Yes",
        ),
    ],
)  # fmt: skip
def test_a_sentence_that_says_all_of_it_decides(
    assistant: Assistant, question: str, service: str, value: str
) -> None:
    assert _value(assistant, question, service) == value


@pytest.mark.parametrize(
    ("question", "service"),
    [
        (
            "Can activated Cognitive Services features synchronize data within the configured "
            "region?",
            "Dynamics 365 Customer Service Insights",
        ),
        ("Do all Azure AD features support storage of customer data in Norway?", "Azure AD"),
        (
            "Can administrators connect directly to Satellite Geography locations from China?",
            "Exchange Online",
        ),
    ],
)
def test_another_place_is_not_decided(assistant: Assistant, question: str, service: str) -> None:
    assert _value(assistant, question, service) == ""


def test_what_holds_for_one_place_says_nothing_of_another(assistant: Assistant) -> None:
    question = "Is mailbox content stored at rest in Canada for tenants provisioned in France?"
    assert _value(assistant, question, "Exchange Online") != "Yes"


def test_what_the_documents_of_a_row_speak_of_is_no_other_product(assistant: Assistant) -> None:
    question = "Can Microsoft 365 Group mailboxes be stored in a Satellite Geography?"
    found = assistant.assess(Asking(question, about=RowAbout("Exchange Online")), _VALUES)
    assert found.answer.citations
