"""What a conversation is to who reads it, and what of it a question can lean on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from assistant.query import Turn
from assistant.types import Answer


class Past(NamedTuple):
    """What a question can lean on."""

    turns: tuple[Turn, ...]
    """The latest turns, in order."""
    seen: int
    """Position of the last one; 0 without any."""


NO_PAST = Past((), 0)
"""Of a question outside of a conversation."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread as a list of conversations shows it."""

    thread: str
    title: str
    """The first question, shortened, until it is renamed."""
    started: datetime | None
    """UTC; None where it was not recorded."""
    changed: datetime | None
    """When the latest question was asked, UTC; None where it was not recorded."""
    turns: int
    """How many questions it has."""


@dataclass(frozen=True, slots=True)
class Message:
    """A question of a conversation and its answer."""

    position: int
    """Counted from 1."""
    question: str
    answer: Answer | None
    """None where what is stored is no answer of this version."""
    asked: datetime | None
    """UTC; None where it was not recorded."""
