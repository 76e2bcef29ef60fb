"""Thanks are no questions, and questions are no thanks."""

from __future__ import annotations

import pytest

from assistant import wording
from assistant.understanding.small_talk import is_courtesy, reply_to_small_talk
from corpus.types import Description

ABOUTS = (
    Description("tern", "Where Tern keeps data", "Tern"),
    Description("heron", "Regions of Heron", "Heron"),
)


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


@pytest.mark.parametrize(
    ("text", "says"),
    [("hi", "Hello."), ("thanks!", "You are welcome."), ("what can you do?", "I say where"),
     ("Hello, what can you do please?", "I say where"), ("Who are you?", "I am Residency"),
     ("which documents do you have?", "I have 2 documents, about Tern and Heron."),
     ("help", "Try: “Where does Tern keep data"), ("bye", "Goodbye."), ("ok", "Good.")],
)  # fmt: skip
def test_small_talk_gets_a_reply(text: str, says: str) -> None:
    reply = reply_to_small_talk(text, ABOUTS)
    assert reply is not None
    assert says in reply


@pytest.mark.parametrize(
    "text", ["hello, where is my mailbox", "what do you know about Tern", "help me move my tenant"]
)
def test_a_question_gets_none(text: str) -> None:
    assert reply_to_small_talk(text, ABOUTS) is None


def test_without_documents_it_says_so() -> None:
    assert reply_to_small_talk("help", ()) == f"{wording.WHAT_I_DO} {wording.NO_DOCUMENTS_YET}"
