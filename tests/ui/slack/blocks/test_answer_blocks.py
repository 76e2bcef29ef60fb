"""Answers as messages: what they say, what they stand on, and what Slack takes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assistant.app import Assistant
from assistant.history.feedback import Rating
from assistant.types import Answer, Verdict
from assistant.wording import OLD_SOURCE
from tests.ui.slack.answers import answers, long_texts
from tests.ui.slack.shapes import check_message, texts
from ui.errors import UncitedAnswer
from ui.slack.blocks.inert_text import visible
from ui.slack.blocks.replies import confirmed, refused
from ui.slack.buttons.feedback import read_feedback
from ui.slack.buttons.passage import read_passage
from ui.slack.buttons.person import handed_over
from ui.slack.messages.answer_blocks import messages, said
from ui.slack.messages.help_message import EXAMPLES, help_message
from ui.slack.types import Message, Offer
from ui.standing import said_already

# Answers of 40,000 characters take too long to be made smaller.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
ANSWERED = "Where is mailbox content kept for a tenant in Norway?"


@pytest.fixture(scope="module")
def answer(assistant: Assistant) -> Answer:
    """A real answer."""
    given_answer = assistant.ask(ANSWERED)
    assert given_answer.verdict is Verdict.ANSWERED
    return given_answer


def shown(*every: Message) -> str:
    return "\n".join(text for message in every for text in texts(check_message(message)))


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in check_message(message)]


def elements(message: Message) -> list[dict[str, object]]:
    blocks = check_message(message)
    return [one for block in blocks for one in [*block.get("elements", []), block.get("accessory")]
            if isinstance(one, dict) and "action_id" in one]  # fmt: skip


def test_an_answer_shows_its_text_conditions_caveats_and_citations(answer: Answer) -> None:
    (message,) = messages(answer, Offer())
    told = shown(message)
    citation = answer.citations[0]
    assert told.startswith(said(answer))
    assert "header" not in kinds(message)
    assert citation.quote in told
    assert f"[1] {citation.title} › Data Residency Commitments Available" in told
    assert "1 document, undated" in told
    # The answer says it, and it is not said again.
    assert "Only under this condition" not in told
    fact = replace(answer.facts[0], conditions=("if it snows",))
    (limited,) = messages(replace(answer, facts=(fact,)), Offer())
    assert "Only under this condition: if it snows" in shown(limited)
    assert f'"url": "{citation.source}"' in json.dumps(check_message(message))


def test_what_is_said_comes_in_the_order_of_the_page(assistant: Assistant) -> None:
    answer = assistant.ask("How long does Intune keep audit logs?")
    fact = replace(answer.facts[0], conditions=("if it snows",))
    limited = replace(answer, facts=(fact,), caveats=(*answer.caveats, "Half was searched."),
                      text=f"{answer.text}\n\nHalf was searched.")  # fmt: skip
    (message,) = messages(limited, Offer(pointed_at="How long?"), date(2025, 7, 5))
    told = shown(message)
    parts = ("To “How long?”", "Audit logs are retained for up to one year for security purposes. ",
             "if it snows", "Half was searched.", f"[1] {answer.citations[0].title}",
             "1 document, 2025-06-25, 10 days old")  # fmt: skip
    assert sorted(parts, key=told.index) == list(parts)
    assert "Source:" not in told
    (aged,) = messages(
        replace(answer, caveats=(OLD_SOURCE.format(title=answer.citations[0].title,
                                                   date="2025-06-25"),)), Offer()
    )  # fmt: skip
    assert "old; old: check that it still holds" in shown(aged)


def test_each_citation_opens_its_passage(assistant: Assistant) -> None:
    answer = assistant.ask("Which command shows the mailbox region?")
    (message,) = messages(answer, Offer())
    values = [one["value"] for one in elements(message) if "passage" in str(one["action_id"])]
    assert [read_passage(str(value)) for value in values] == [
        (one.document, one.start, one.end) for one in answer.citations
    ]


def test_a_reader_can_say_whether_it_helped_and_ask_a_person(answer: Answer) -> None:
    (message,) = messages(answer, Offer(person=True))
    *_, ask, feedback = check_message(message)
    assert [one["value"] for one in ask["elements"]] == [answer.id]
    (thumbs,) = feedback["elements"]
    assert thumbs["type"] == "feedback_buttons"
    assert read_feedback(thumbs["positive_button"]["value"]) == (Rating.UP, answer.id)
    assert read_feedback(thumbs["negative_button"]["value"]) == (Rating.DOWN, answer.id)
    (without,) = messages(answer, Offer())
    assert "Ask a person" not in shown(without)


def test_an_abstention_looks_different_from_an_answer(assistant: Assistant) -> None:
    (message,) = messages(assistant.ask("What does the moon weigh in kilograms?"), Offer())
    first, second, *_ = check_message(message)
    assert first["type"] == "header"
    assert list(texts(first)) == ["The documents do not say"]
    assert "nearest section" in "".join(texts(second))


def test_a_question_back_offers_its_choices_as_buttons(assistant: Assistant) -> None:
    answer = assistant.ask("Where is my data?")
    (message,) = messages(answer, Offer(person=True))
    assert kinds(message) == ["header", "rich_text", "actions"]
    assert [one["value"] for one in elements(message)] == list(answer.choices)


def test_a_long_choice_is_listed_in_full_and_one_too_long_for_a_button_has_none() -> None:
    choices = ("short", "w " * 60, "x" * 2_001)
    answer = Answer("i", "q", "Which?", Verdict.CLARIFY, (), (), (), choices, "", "", 1.0)
    (message,) = messages(answer, Offer())
    told = shown(message)
    assert all(f"{number}. {one}" in told for number, one in enumerate(choices, 1))
    assert [one["value"] for one in elements(message)] == ["short", "w " * 60]


def test_an_answer_without_citations_is_never_shown(answer: Answer) -> None:
    with pytest.raises(UncitedAnswer, match=answer.id):
        messages(replace(answer, citations=()), Offer())


def test_what_was_streamed_is_not_said_again(answer: Answer) -> None:
    (message,) = messages(answer, Offer(streamed=True))
    assert said(answer) not in shown(message).replace(answer.citations[0].quote, "")
    assert answer.citations[0].quote in shown(message)


def test_a_long_answer_comes_in_parts_that_say_so_and_lose_nothing(answer: Answer) -> None:
    text = "\n\n".join(f"Paragraph {number}. " + "word " * 300 for number in range(40))
    every = messages(replace(answer, text=text, caveats=()), Offer())
    told = shown(*every)
    assert len(every) > 3
    for number, message in enumerate(every[1:], 2):
        assert f"Continued ({number} of {len(every)})" in shown(message)
    assert all(f"Paragraph {number}. " in told for number in range(40))
    assert told.count("word") >= 12_000
    assert answer.citations[0].quote in shown(every[-1])


@pytest.mark.parametrize("items", [40, 41, 400])
def test_a_list_of_any_length_is_shown_whole(answer: Answer, items: int) -> None:
    text = "\n".join(f"- item {number}" for number in range(items))
    every = messages(replace(answer, text=text, caveats=()), Offer())
    told = shown(*every).split("\n")
    lines = {line.removeprefix("- ") for line in told}
    assert {f"item {number}" for number in range(items)} <= lines


def test_many_citations_come_in_as_many_messages_as_they_need(answer: Answer) -> None:
    cited = tuple(replace(answer.citations[0], marker=one, quote=f"q{one}q") for one in range(90))
    every = messages(replace(answer, citations=cited), Offer())
    told = shown(*every)
    assert len(every) > 2
    assert all(f"q{number}q" in told for number in range(90))
    for message in every:
        sections = kinds(message).count("section")
        assert sections == sum("Show passage" in one for one in texts(check_message(message)))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(answers(), st.builds(
    Offer, st.lists(long_texts(), max_size=3).map(tuple), st.booleans(), st.booleans()
))  # fmt: skip
def test_any_answer_is_shown_whole_in_messages_that_slack_takes(
    answer: Answer, offer: Offer
) -> None:
    every = messages(answer, offer)
    plain = [block for message in every for block in check_message(message)]
    assert '"mrkdwn"' not in re.sub(r'"(text|value)": "(\\.|[^"\\])*"', "", json.dumps(plain))
    assert all("<" not in message.text and ">" not in message.text for message in every)
    every_text = (text for block in plain for text in texts(block))
    told = squeezed("".join(one for one in every_text if not one.startswith("Continued (")))
    for citation in answer.citations:
        assert squeezed(citation.quote) in told
        assert squeezed(citation.title) in told
    for fact in answer.facts:
        limits = (*fact.conditions, *fact.exceptions)
        assert all(squeezed(one) in told or said_already(one, (answer.text,)) for one in limits)
    assert all(squeezed(one) in told for one in answer.choices)
    if not offer.streamed:
        # A list may be shown as one, without the hyphens of its lines.
        assert squeezed(said(answer)).replace("-", "") in told.replace("-", "")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", visible(text))


def test_help_offers_questions_that_are_answered(assistant: Assistant) -> None:
    message = help_message()
    assert [one["value"] for one in elements(message)] == list(EXAMPLES)
    assert [assistant.ask(one).verdict for one in EXAMPLES] == [Verdict.ANSWERED] * 4


@given(long_texts())
@settings(max_examples=40, deadline=None)
def test_any_refusal_is_one_message(reason: str) -> None:
    check_message(refused(reason))


def test_persons_get_the_question_its_place_and_the_whole_answer(answer: Answer) -> None:
    link = "https://x.slack.com/archives/C1/p1"
    every = handed_over("<!channel> " + "where? " * 5_000, answer, link, "U1")
    told = shown(*every)
    assert told.count("where?") == 5_000
    assert said(answer) in told
    assert answer.citations[0].quote in told
    assert {"type": "user", "user_id": "U1"} in check_message(every[0])[0]["elements"][0][
        "elements"
    ]
    assert any(link in json.dumps(check_message(one)) for one in every)
    check_message(confirmed("Your question was passed on."))
