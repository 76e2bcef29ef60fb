"""Which questions are one: in other words, and never of another place, number, side or matter."""

from __future__ import annotations

import pytest

from assistant.app import Assistant
from assistant.library.matching import why_not_same
from assistant.library.meaning import Asked, meaning_of

SAME = (
    ("Where is payroll data kept?", "In which location do you store payroll data?"),
    ("Does payroll data leave the EU?", "Is payroll data transferred out of the European Union?"),
    ("How long are invoices retained?", "For what period do you keep invoices?"),
    ("Is data deleted within 30 days?", "Do you erase data no later than thirty days?"),
    ("Can staff in India read tickets?", "Is it possible for personnel in India to view tickets?"),
    ("Are tickets encrypted at rest?", "Do you encrypt stored tickets?"),
    ("Do you hold data of Swiss customers?", "Do you keep data of customers in Switzerland?"),
    ("Does RBAC cover tickets?", "Does role-based access control cover tickets?"),
    ("Does Intune keep tickets in Norway?", "With Intune, are tickets kept in Norway?"),
    ("Where does Intune store tickets?", "Storage location of tickets in Microsoft Intune?"),
    ("Are tickets erased permanently?", "Do you erase tickets for good?"),
    ("Which data is excluded from residency?", "What data is not covered by residency?"),
    (
        "Since when are tickets kept in Norway?",
        "From what date onwards are tickets kept in Norway?",
    ),
    ("Are tickets never sent to Chad?", "Can you confirm that tickets are never sent to Chad?"),
    ("How quickly can tickets be restored?", "Within what time can tickets be restored?"),
    ("List the countries in which data is stored.", "In which countries is data stored?"),
    ("How often are backups tested?", "How frequently do you test your backups?"),
    ("How are tickets deleted?", "Which process do you follow to delete tickets?"),
    ("Are tickets encrypted in transit?", "Are tickets encrypted while they are transmitted?"),
    ("Is the region chosen at creation?", "Is the region chosen when the tenant is created?"),
    ("What decides where tickets are kept?", "How is it determined where tickets are kept?"),
    ("Is there an office outside Peru?", "Is there an office in another country than Peru?"),
    ("Are tickets kept in Japan?", "Do you keep tickets on servers in Japan?"),
    ("Who owns tickets?", "Who is the owner of tickets?"),
    ("Do tickets leave the region?", "Are tickets transferred out of the region?"),
    ("Location in which tickets are kept?", "Where are tickets kept?"),
    ("How long does it take to delete tickets?", "Within how many days are tickets deleted?"),
)
APART = (
    ("Where is payroll data kept?", "Where is payroll data kept in Norway?", "place"),
    ("Where is payroll data kept?", "How long is payroll data kept?", "asks for"),
    ("Is data kept in the EU?", "Is data kept outside the EU?", "place"),
    ("Is data kept in Norway?", "Is data not kept in Norway?", "contrary"),
    ("Is data deleted within 30 days?", "Is data deleted within 90 days?", "number"),
    ("Is data kept for at least 30 days?", "Is data kept for at most 30 days?", "number"),
    ("Are tickets encrypted at rest?", "Are tickets encrypted in transit?", ""),
    ("Where does Intune keep data?", "Where does Exchange Online keep data?", "service"),
    ("Is data stored in Norway?", "Is data processed in Norway?", ""),
    ("Where are payroll records kept?", "Where are medical records kept?", ""),
    ("What is the maximum retention time?", "What is the minimum retention time?", ""),
    ("Is data of EU citizens held in the US?", "Is data of US citizens held in the EU?", "place"),
    ("Is data copied within a region?", "Is data copied across regions?", "across"),
    ("Are all tickets encrypted?", "Are some tickets encrypted?", "some"),
    ("Are inactive accounts deleted?", "Are active accounts deleted?", ""),
    ("Are tickets erased permanently?", "Are tickets erased temporarily?", ""),
    ("Do you send mail from Norway?", "Do you receive mail from Norway?", ""),
    ("Since when is data kept in Norway?", "Until when is data kept in Norway?", ""),
    ("Who owns tickets?", "Who reads tickets?", ""),
    ("Are servers kept in Japan?", "Are tickets kept in Japan?", ""),
    ("When are tickets deleted?", "How are tickets deleted?", "asks for"),
    ("Is data copied to a second region?", "Is data copied to a third region?", ""),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_other_words_ask_the_same(assistant: Assistant, one: str, other: str) -> None:
    assert _why(assistant, one, other) == ""
    assert _why(assistant, other, one) == ""


@pytest.mark.parametrize(("one", "other", "said"), APART)
def test_what_decides_keeps_questions_apart(
    assistant: Assistant, one: str, other: str, said: str
) -> None:
    why = _why(assistant, one, other)
    assert why
    assert said in why
    assert _why(assistant, other, one)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Do you store data in Norway?", Asked.WHETHER),
        ("In case of failover, does data stay in Norway?", Asked.WHETHER),
        ("Describe the geographic location(s) in which data is stored.", Asked.PLACE),
        ("For how many days are logs kept?", Asked.DURATION),
        ("What is the retention period for logs?", Asked.DURATION),
        ("How many data centers are there?", Asked.NUMBER),
        ("How do you delete data?", Asked.WAY),
        ("Who may delete data?", Asked.OPEN),
    ],
)
def test_what_is_asked_for_is_told_by_how_it_is_asked(
    assistant: Assistant, question: str, asked: Asked
) -> None:
    assert meaning_of(question, assistant.index.gazetteer).asked is asked


def _why(assistant: Assistant, one: str, other: str) -> str:
    gazetteer = assistant.index.gazetteer
    first, second = meaning_of(one, gazetteer), meaning_of(other, gazetteer)
    return why_not_same(first, second, assistant.index.encoder)
