"""What becomes of rows of a questionnaire, asked of the bundled documents."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.triage import Assessed, Triage
from assistant.types import Asking, RowAbout, Verdict

_YES_NO = ("Yes", "No")


def _assessed(
    assistant: Assistant, question: str, service: str = "", allowed: tuple[str, ...] = ()
) -> Assessed:
    return assistant.assess(Asking(question, clarify=False, about=RowAbout(service)), allowed)


@pytest.mark.parametrize(
    "question",
    [
        "Does the vendor encrypt data in transit using TLS 1.2 or higher?",
        "Is there a cloud security steering committee?",
        "Is data loss prevention (DLP) tooling in use?",
        "Does the vendor allow the customer to audit its security controls?",
    ],
)
def test_a_row_off_the_topic_is_never_answered(assistant: Assistant, question: str) -> None:
    found = _assessed(assistant, question, "Exchange Online", _YES_NO).triaged
    assert (found.triage, found.value) == (Triage.OFF_TOPIC, "")


@pytest.mark.parametrize("service", ["Workday HCM", "Power BI", "Notion", "Box", "Zoom Meetings"])
def test_a_product_that_only_its_column_names_is_not_in_the_documents(
    assistant: Assistant, service: str
) -> None:
    found = _assessed(assistant, "Is customer data stored within the European Union?", service)
    assert found.triaged.triage is Triage.NOT_IN_DOCUMENTS
    assert not found.answer.citations


@pytest.mark.parametrize("service", ["All", "N/A", "SaaS", ""])
def test_a_column_that_names_no_product_says_nothing(assistant: Assistant, service: str) -> None:
    question = "For how long does Intune retain audit logs?"
    found = _assessed(assistant, question, service)
    assert found.triaged.triage is Triage.ANSWERED
    assert "one year" in found.answer.text


def test_a_row_is_asked_of_the_service_in_its_column(assistant: Assistant) -> None:
    question = "Does the vendor limit the locations from which users access customer data?"
    found = _assessed(assistant, question, "Microsoft Intune")
    assert {one.document for one in found.answer.citations} == {"intune"}


def test_a_service_that_the_question_names_goes_before_its_column(assistant: Assistant) -> None:
    found = _assessed(assistant, "How long does Intune keep audit logs?", "Exchange Online")
    assert {one.document for one in found.answer.citations} == {"intune"}


def test_the_value_is_filled_where_the_proof_decides(assistant: Assistant) -> None:
    question = "Can public folders be moved to satellite geo locations?"
    found = _assessed(assistant, question, "Exchange Online", _YES_NO).triaged
    assert (found.triage, found.value) == (Triage.ANSWERED, "No")


def test_a_question_without_a_drop_down_gets_no_value(assistant: Assistant) -> None:
    question = "Can public folders be moved to satellite geo locations?"
    assert not _assessed(assistant, question, "Exchange Online").triaged.value


def test_the_answer_keeps_the_words_of_the_row(assistant: Assistant) -> None:
    question = "Please describe the location(s) in which the vendor stores mailbox content."
    assert _assessed(assistant, question, "Exchange Online").answer.question == question


def test_without_a_row_answers_are_what_they_were(assistant: Assistant) -> None:
    question = "Does the vendor limit the locations from which users access customer data?"
    assert assistant.ask(question, clarify=False).question == question


def test_a_receipt_of_a_row_is_asked_again_as_a_row(assistant: Assistant) -> None:
    question = "Does the vendor limit the locations from which users access customer data?"
    about = RowAbout("Microsoft Intune", "Support")
    made = assistant.assess(Asking(question, keep=True, clarify=False, about=about))
    record = assistant.record(made.answer.id)
    assert record.circumstances.about == about
    assert assistant.compare(record).same


def test_a_plain_question_keeps_its_answer_beside_its_triage(assistant: Assistant) -> None:
    question = "What is the price of an Intune licence?"
    plain = assistant.assess(Asking(question, clarify=False))
    row = _assessed(assistant, question)
    assert plain.triaged.triage is row.triaged.triage is Triage.OFF_TOPIC
    assert plain.answer.text == assistant.ask(question, clarify=False).text
    assert row.answer.verdict is Verdict.ABSTAINED
