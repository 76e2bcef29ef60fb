"""The button that opens a passage in its document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.types import Citation
from ui.slack.blocks.actions import LONGEST_VALUE, compact, numbered, parsed
from ui.slack.blocks.inert_text import visible
from ui.slack.blocks.splitting import size
from ui.slack.buttons.button import Button, Opening, RawPress
from ui.slack.payload import Unfit
from ui.slack.types import Understood, Wish

if TYPE_CHECKING:
    from slack_sdk.models.blocks import Block, ButtonElement
    from slack_sdk.models.views import View

    from assistant.app import Assistant

PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Look(Wish):
    """A wish to see a passage in its document."""

    document: str
    start: int
    end: int


def draw(citation: Citation, number: int) -> ButtonElement | None:
    """Return the button of a citation; None where a button cannot carry what it would have to."""
    from ui.slack.blocks.elements import button

    value = passage_value(visible(citation.document), citation.start, citation.end)
    if size(value) > LONGEST_VALUE:
        return None
    return button("Show passage", numbered(PASSAGE, number), value)


def cited(citations: Sequence[Citation]) -> list[list[Block]]:
    """Return where each passage stands and its words, with its button."""
    from ui.slack.blocks.citation_blocks import citation_blocks

    return [citation_blocks(one, draw(one, number)) for number, one in enumerate(citations, 1)]


def read(press: RawPress) -> Understood:
    """Return which passage is wanted."""
    passage = read_passage(press.value)
    if passage is None:
        raise Unfit("the button does not say which passage is wanted")
    return Understood(at_once=Look(press.trigger(), *passage))


def view(look: Look, assistant: Assistant) -> View:
    """Return the document opened at the passage."""
    from ui.slack.blocks.views import passage

    return passage(assistant, look.document, look.start, look.end)


def passage_value(document: str, start: int, end: int) -> str:
    """Return what a button carries that shows a passage."""
    return compact([document, start, end])


def read_passage(value: str) -> tuple[str, int, int] | None:
    """Return document, start and end of a passage."""
    match parsed(value):
        case [str(document), int(start), int(end)] if not _truths(start, end):
            return (document, start, end) if 0 <= start < end else None
    return None


def _truths(*values: object) -> bool:
    """Tell whether one is true or false, which Python takes for a number."""
    return any(isinstance(value, bool) for value in values)


PASSAGE_BUTTON = Button(PASSAGE, read, opening=Opening(Look, view))
