"""What the inbox hands out to be handled, and what it knows of threads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.slack.types import Arrival

FILE = "slack.sqlite"
"""Of a home; without a server it holds what the bot was told."""


class Engagement(StrEnum):
    """Whether the bot has a part in a thread."""

    NONE = "none"
    OTHER = "other"
    """Somebody else asked it there."""
    MINE = "mine"
    """The one who speaks asked it there."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A part of an answer that was posted."""

    part: int
    ts: str
    """Time stamp that names the message."""


@dataclass(frozen=True, slots=True)
class Job:
    """An arrival to handle, with what is known of earlier tries."""

    arrival: Arrival
    tries: int
    """This one counted; more than 1 after a kill or a fault. No two takes of an arrival have the
    same, so that it tells whether the arrival is still this bot's."""
    position: int | None
    """Of the turn of the conversation that the answer is recorded as; None before it is."""
    posted: tuple[Posted, ...]
    waited_s: float = 0.0
    """Seconds since it arrived."""
