"""What the bot says in words alone: what it refuses, what it has done."""

from __future__ import annotations

from ui.shared.telling.without_paths import told
from ui.slack.blocks.elements import paragraphs
from ui.slack.blocks.inert_text import LONGEST_SECTION
from ui.slack.blocks.packing import message
from ui.slack.blocks.splitting import split
from ui.slack.types import Message


def refused(reason: str) -> Message:
    """Return why there is no answer, as the error says it to a user.

    A reason is a few sentences; one beyond what a section holds ends with an ellipsis.
    """
    return message(paragraphs(_cut(told(reason))))


def confirmed(done: str) -> Message:
    """Return that something was done, in a sentence or two."""
    return message(paragraphs(done))


def _cut(reason: str) -> str:
    first, *more = split(reason, LONGEST_SECTION - 1)
    return f"{first}…" if more or not first.strip() else first
