"""Sentences that repeat a passage but for a word that turns it."""

from __future__ import annotations

import pytest

from assistant.verification.reading.near_copies import turned_copy

SAID = "Tern Mail may copy the messages of a customer to Oslo if the customer asks for it."


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Tern Mail may not copy the messages of a customer to Oslo if the customer asks for it.",
         "that it is so"),
        ("Tern Mail must copy the messages of a customer to Oslo if the customer asks for it.",
         "“may”, not “must”"),
        ("Tern Mail may copy the messages of a customer to Oslo unless the customer asks for it.",
         "“if”, not “unless”"),
    ],
)  # fmt: skip
def test_a_word_that_turns_a_copy_is_told(sentence: str, reason: str) -> None:
    assert reason in turned_copy(sentence, SAID)


@pytest.mark.parametrize(
    "sentence",
    [
        SAID,
        "Tern Mail may copy the messages of a customer to Oslo, if the customer asks.",
        "Tern Mail can copy the messages of a customer to Oslo if the customer asks for it.",
        "Tern Mail may copy messages to Oslo, though not all of them, if the customer asks for it.",
        "If nobody asks, messages are not copied anywhere.",
        "Not copied.",
    ],
)
def test_other_words_are_left_to_the_other_checks(sentence: str) -> None:
    assert turned_copy(sentence, SAID) == ""


def test_a_short_form_denies_as_the_long_one_does() -> None:
    said = "Mail isn't kept in Oslo after the end of the contract."
    assert turned_copy("Mail is not kept in Oslo after the end of the contract.", said) == ""
    assert turned_copy("Mail is kept in Oslo after the end of the contract.", said)
