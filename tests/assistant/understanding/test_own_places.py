"""What "there" means in the message that says it."""

from __future__ import annotations

import pytest

from assistant.understanding.conversation.own_places import with_own_places
from corpus.places import Gazetteer


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        (
            "We are in Norway. Is our mail kept there?",
            "We are in Norway. Is our mail kept in Norway?",
        ),
        (
            "Since Kelp keeps everything in Spain, can we keep files there?",
            "Since Kelp keeps everything in Spain, can we keep files in Spain?",
        ),
        (
            "Our Swiss entity asks: may backups be moved there?",
            "Our Swiss entity asks: may backups be moved to Switzerland?",
        ),
        (
            "Kelp runs in Sweden. Is data sent from there abroad?",
            "Kelp runs in Sweden. Is data sent from Sweden abroad?",
        ),
        ("Norway or Sweden: is it kept there?", "Norway or Sweden: is it kept there?"),
        ("We are in Norway. Is there a copy?", "We are in Norway. Is there a copy?"),
        ("Is our mail kept there?", "Is our mail kept there?"),
    ],
)
def test_a_place_named_before_is_meant(message: str, meant: str, gazetteer: Gazetteer) -> None:
    assert with_own_places(message, gazetteer) == meant
