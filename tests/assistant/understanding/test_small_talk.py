"""Thanks are no questions, and questions are no thanks."""

from __future__ import annotations

import pytest

from assistant.app import Assistant
from assistant.errors import QuestionError
from assistant.understanding.small_talk import is_courtesy


@pytest.mark.parametrize(
    "text",
    ["thanks!", "Thank you so much 🙏", "ok", "OK, got it, thanks", "Hello there",
     "good morning, hi", "ありがとうございます", "Perfect.", "vielen Dank, super", "thx"],
)  # fmt: skip
def test_a_courtesy_asks_nothing(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    ["ok?", "ok and for Japan", "Norway", "thanks, and Intune?", "it", "the help desk", "mailbox",
     "hello, where is my mailbox", "that is all there is", "good", "thanks " * 9, "!", "Japan 🙏"],
)  # fmt: skip
def test_what_may_ask_is_no_courtesy(text: str) -> None:
    assert not is_courtesy(text)


def test_a_courtesy_is_not_answered_from_the_documents(assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="“thanks!” asks nothing"):
        assistant.ask("thanks!")
