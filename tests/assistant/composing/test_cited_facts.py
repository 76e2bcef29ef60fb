"""The facts of an answer, with conditions that say something."""

from __future__ import annotations

from assistant.app import Assistant


def test_the_facts_of_an_answer_have_their_conditions(assistant: Assistant) -> None:
    answer = assistant.ask("When is personal data removed from Intune?")
    conditions = [one for fact in answer.facts for one in fact.conditions]
    assert any("deletion" in one for one in conditions)


def test_a_word_that_leads_in_and_nothing_more_is_no_exception(assistant: Assistant) -> None:
    answer = assistant.ask("Where does Microsoft Intune store customer data at rest?")
    said = [one for fact in answer.facts for one in (*fact.conditions, *fact.exceptions)]
    assert "except if" not in said
    assert "won't store" in answer.text
