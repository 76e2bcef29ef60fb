"""Messages that point at a question of somebody else's."""

from __future__ import annotations

import pytest

from assistant.understanding.pointing_back import pointed_at, points_back


@pytest.mark.parametrize(
    "text",
    [
        "can you answer that?", "Could you please answer this question?", "could you help here?",
        "Any idea?", "any thoughts on this?", "Do you know the answer to that?", "do you know?",
        "What do you think?", "please answer", "hey, can you answer Ann's question?", "this?",
        "What's the answer?", "can you take this one?", "Can you reply to that, please?",
        "could you help Ann with this?", "Would you look into this, thanks", "see above",
    ],
)  # fmt: skip
def test_who_points_at_a_question_is_told_from_who_asks_one(text: str) -> None:
    assert points_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "?", "Where is mailbox data kept?", "can you answer where data is kept?", "help",
        "can you help me", "what can you answer?", "does Intune store that?",
        "what about Norway?", "do you know where it is stored?", "Is that true?", "thanks!",
        "can you check the region of this mailbox?", "any data in Norway?",
        "Can you answer that? We also need to know where the backups of the mailboxes are kept.",
    ],
)  # fmt: skip
def test_who_asks_something_points_at_nothing(text: str) -> None:
    assert not points_back(text)


def test_the_latest_question_before_is_meant() -> None:
    before = ["Where is it kept?", "And the logs?", "Good point.", "any idea?"]
    assert pointed_at(before) == "And the logs?"
    assert pointed_at(["Tell me where the logs are", "any idea?"]) == "Tell me where the logs are"
    assert pointed_at(["any idea?", " "]) == ""
