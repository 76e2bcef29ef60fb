"""Who looks on while an assistant answers: told what happens, never what is said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from typing import Protocol

from assistant.types import Answer

Told = Callable[[Answer], None]
"""Told the answer, of which the observer takes what counts and no words."""


class Limit(StrEnum):
    """Why a question was turned away before it was answered."""

    RATE = "rate"
    """One user, or all of a channel, asked as much as they may in a minute."""
    QUEUE = "queue"
    """As many wait as may wait."""


class Observer(Protocol):
    """Looks on while questions are answered, in several threads at once."""

    def question(self, *, of_file: bool) -> AbstractContextManager[Told]:
        """Return what is held while one question is answered, and told how it ended.

        `of_file` says that it is one of a file, where nobody is there to be asked back.
        """
        ...

    def refused(self, limit: Limit) -> None:
        """Take in that a question was turned away."""
        ...


class Unobserved:
    """Nobody looks on."""

    def question(self, *, of_file: bool) -> AbstractContextManager[Told]:  # noqa: ARG002
        """Return what takes nothing in."""
        return _NOBODY

    def refused(self, limit: Limit) -> None:
        """Take nothing in."""


def _untold(answer: Answer) -> None:
    """Leave an answer to itself."""


_NOBODY: AbstractContextManager[Told] = nullcontext(_untold)
UNOBSERVED: Observer = Unobserved()
