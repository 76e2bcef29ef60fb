"""The messages of the page while an answer arrives."""

from __future__ import annotations

from assistant.app import Assistant
from ui.web.conversation import conversation


def test_messages_grow_into_a_cited_answer(assistant: Assistant) -> None:
    steps = list(conversation(assistant, "How long are audit logs kept?", [], "w1", "web-a"))
    assert len(steps) > 2
    last = steps[-1][-1]["content"]
    assert 'class="sources"' in last
    assert steps[0][0]["role"] == "user"


def test_a_refused_question_is_a_message_and_not_a_crash(assistant: Assistant) -> None:
    steps = list(conversation(assistant, "  ", [], "w2", "web-a"))
    assert 'role="alert"' in steps[-1][-1]["content"]
