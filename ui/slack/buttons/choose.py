"""The buttons that ask a question: a clarifying choice, what to ask next, an example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ui.slack.buttons.button import Button, RawPress, kept
from ui.slack.payload import Unfit
from ui.slack.types import Question, Surface, Understood

if TYPE_CHECKING:
    from slack_sdk.models.blocks import Block

CHOOSE = "choose"


def draw(questions: Sequence[str], first: int = 1) -> list[Block]:
    """Return questions as buttons that carry them; `first` is the number of the first one."""
    from ui.slack.blocks.elements import offered

    return offered(questions, CHOOSE, first)


def read(press: RawPress) -> Understood:
    """Return what was chosen; what one user alone saw is answered to them, apart from a thread."""
    key, place = press.key(), press.place
    if not press.value.strip():
        raise Unfit("the button does not say what is to be asked")
    if place.thread:
        return kept(key, Question(place, press.value, Surface.CHOICE))
    apart = replace(place, thread=f"choice-{press.trigger()}")
    return kept(key, Question(apart, press.value, Surface.CHOICE, press.address()))


CHOOSE_BUTTON = Button(CHOOSE, read)
