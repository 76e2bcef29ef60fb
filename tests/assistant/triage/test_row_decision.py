"""What drop-downs get from promises with exceptions and from lists of sites."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.triage import Triage
from assistant.types import Asking, RowAbout

_VALUES = ("Yes", "No", "Partial")


def _value(assistant: Assistant, question: str, service: str) -> str:
    asking = Asking(question, clarify=False, about=RowAbout(service))
    return assistant.assess(asking, _VALUES).triaged.value


def test_what_an_exception_allows_may_leave(assistant: Assistant) -> None:
    question = "May legal requirements lead to data being stored outside the stated geo?"
    assert _value(assistant, question, "Microsoft Intune") == "Yes"


def test_a_promise_with_exceptions_is_kept_in_part(assistant: Assistant) -> None:
    question = "Confirm that customer data at rest is never stored outside the stated geo."
    assert _value(assistant, question, "Microsoft Intune") == "Partial"


def test_a_promise_with_exceptions_is_none_without(assistant: Assistant) -> None:
    question = "Is customer data at rest kept within the stated geo without any exception?"
    assert _value(assistant, question, "Microsoft Intune") != "Yes"


@pytest.mark.parametrize("place", ["Singapore", "the European Union"])
def test_a_line_of_a_list_of_sites_decides_where_a_service_is_had(
    assistant: Assistant, place: str
) -> None:
    question = f"Can the service be hosted in data centers within {place}?"
    assert _value(assistant, question, "Dynamics 365 Customer Service Insights") == "Yes"


def test_a_list_that_lacks_a_place_is_no_proof_where_another_names_it(
    assistant: Assistant,
) -> None:
    assert _value(assistant, "Is Intune hosted in South Korea?", "Intune") != "No"


def test_a_list_that_another_one_adds_to_is_not_closed(assistant: Assistant) -> None:
    assert _value(assistant, "Does Intune use data centers in Japan?", "Intune") == "Yes"
    assert _value(assistant, "Does Intune use data centers in Kenya?", "Intune") != "No"


def test_of_the_sites_in_a_place_only_these_are_asked(assistant: Assistant) -> None:
    question = "Are the North American data centers located only in the United States?"
    assert _value(assistant, question, "Microsoft Intune") != "No"


def test_a_statement_is_held_against_its_exceptions(assistant: Assistant) -> None:
    question = "The vendor stores all customer data at rest within the customer's geography."
    assert _value(assistant, question, "Microsoft Intune") == "Partial"


def test_a_place_that_no_list_names_is_no_yes(assistant: Assistant) -> None:
    assert _value(assistant, "Is Intune hosted in Chile?", "Intune") != "Yes"


def test_a_sentence_that_denies_is_no_yes(assistant: Assistant) -> None:
    question = "Is personal data collected by the service used for profiling in Europe?"
    assert _value(assistant, question, "Intune") != "Yes"


def test_who_does_not_use_what_is_collected_denies_that_it_is_used(assistant: Assistant) -> None:
    question = "Is personal data collected by the service used for profiling or marketing?"
    said = assistant.assess(Asking(question, about=RowAbout("Intune")), _VALUES).answer.text
    assert not said.startswith("Yes")


def test_what_is_not_decided_is_left_to_a_person(assistant: Assistant) -> None:
    question = "Can the customer verify where its data is actually located?"
    asking = Asking(question, clarify=False, about=RowAbout("Exchange Online"))
    found = assistant.assess(asking, ("Yes", "No")).triaged
    assert found.value or found.triage is Triage.NEEDS_PERSON
