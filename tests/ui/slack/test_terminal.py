"""Messages as a terminal shows them."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings

from assistant.app import Assistant
from assistant.types import Answer
from tests.ui.slack.answers import answers
from ui.slack.blocks.views import passage_view
from ui.slack.buttons.feedback import AnswerPlace, reason_view
from ui.slack.messages.answer_blocks import messages
from ui.slack.terminal import lines, view_lines
from ui.slack.types import Offer


def test_an_answer_is_shown_with_numbered_buttons(assistant: Assistant) -> None:
    answer = assistant.ask("Which command shows the mailbox region?")
    (message,) = messages(answer, Offer(("Where is it?",), person=True))
    told, presses = lines(message, 4)
    assert told[0].startswith("For example, to see the Geography location information")
    assert any(line.startswith("| Get-") for line in told)
    assert "(4) Show passage" in told
    passages = sum(line.endswith(") Show passage") for line in told)
    choice = presses[passages]
    assert passages >= 1
    assert f"({4 + passages}) Where is it?" in told
    assert [one.number for one in presses] == list(range(4, 4 + len(presses)))
    assert choice.action_id == "choose_1"
    assert choice.value == "Where is it?"
    assert [one.value for one in presses[-2:]] == [f"up:{answer.id}", f"down:{answer.id}"]
    assert presses[-1].label == "Did not help"


def test_an_abstention_has_its_heading(assistant: Assistant) -> None:
    (message,) = messages(assistant.ask("What does the moon weigh in kilograms?"), Offer())
    assert lines(message, 1)[0][0] == "## The documents do not say"


def test_views_are_shown_with_their_title_and_fields(assistant: Assistant) -> None:
    told, presses = view_lines(passage_view(assistant.document("intune"), 1032, 1178), 1)
    assert told[0] == "== Passage =="
    assert "| Microsoft offers and operates Intune services in three major geographic regions:" in (
        told
    )
    assert presses == ()
    fields, _ = view_lines(reason_view(AnswerPlace("T", "C", "", "a")), 1)
    assert fields[1:] == ["Why did this answer not help?:", "What would be right?:"]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers())
def test_no_answer_steers_a_terminal_or_hides_a_line(answer: Answer) -> None:
    number = 1
    for message in messages(answer, Offer()):
        told, presses = lines(message, number)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", "".join(told))
        assert all("\n" not in line for line in told)
        assert [one.number for one in presses] == list(range(number, number + len(presses)))
        number += len(presses)
