"""How long each stage of a question takes, where somebody wants to know; else nothing is measured.

A timeline belongs to one question and goes with its context: into threads that are given that, and
from processes that answer for another it is sent back. It holds times, counts and kinds, no words.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """A part of the way from a question to its answer."""

    HISTORY = "history"
    """Reading earlier turns, and recording the answer."""
    WAITING = "waiting"
    """For the turn of the one who asks."""
    UNDERSTANDING = "understanding"
    RETRIEVAL = "retrieval"
    COMPOSING = "composing"
    """The answer of the documents, without a language model, and its text."""
    MODEL = "model"
    """All of the language model's part, proof of its sentences included."""
    VERIFICATION = "verification"
    LIBRARY = "library"
    """Looking for an approved answer."""


@dataclass(frozen=True, slots=True)
class StageTime:
    """A stage that is over; a question may come to the same one again."""

    stage: Stage
    began_ns: int
    """Nanoseconds since 1970."""
    seconds: float

    @property
    def ended_ns(self) -> int:
        """Nanoseconds since 1970."""
        return self.began_ns + round(self.seconds * 1e9)


@dataclass(frozen=True, slots=True)
class ModelCall:
    """A call of the language model that is over, or a reply that was kept and spared one."""

    began_ns: int
    """Nanoseconds since 1970."""
    seconds: float
    ended: str
    """`replied`, `kept`, `left` by who read it, or the name of its fault in small letters."""
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def ended_ns(self) -> int:
        """Nanoseconds since 1970."""
        return self.began_ns + round(self.seconds * 1e9)


@dataclass(slots=True)
class Timeline:
    """What is measured of one question; threads may add to it at the same time."""

    traceparent: str = ""
    """What servers that are asked for it are told, by the W3C's rule; empty where it is not traced.
    """
    stages: list[StageTime] = field(default_factory=list)
    calls: list[ModelCall] = field(default_factory=list)
    model_fault: str = ""
    """Why the language model's part could not be used, the name of a fault in small letters."""
    parts: int = 0
    """Questions in the one that was asked."""
    passages: int = 0
    """What was found for it."""
    without_vectors: bool = False
    """Whether the vectors could not be searched."""
    told: Callable[[ModelCall], None] | None = None
    """Told each call when it is over; the answer may be there before, as it waits for none that it
    has given up."""

    @contextmanager
    def timed(self, stage: Stage) -> Iterator[None]:
        """Measure a block as a stage, however it ends."""
        began, started = time.time_ns(), time.perf_counter()
        try:
            yield
        finally:
            self.stages.append(StageTime(stage, began, time.perf_counter() - started))

    def called(self, call: ModelCall) -> None:
        """Take in a call."""
        self.calls.append(call)
        if self.told is not None:
            self.told(call)

    def add(self, other: Timeline) -> None:
        """Take over what a process measured that answered the question without a model."""
        self.stages += other.stages
        self.parts += other.parts
        self.passages += other.passages
        self.without_vectors |= other.without_vectors


_CURRENT: ContextVar[Timeline | None] = ContextVar("residency_timeline", default=None)
_UNTIMED: AbstractContextManager[None] = nullcontext()


def current_timeline() -> Timeline | None:
    """Return what the question that is being answered here is measured by; None where it is not."""
    return _CURRENT.get()


@contextmanager
def measured(timeline: Timeline) -> Iterator[None]:
    """Have what is done within the block measured."""
    before = _CURRENT.set(timeline)
    try:
        yield
    finally:
        _CURRENT.reset(before)


def timed(stage: Stage) -> AbstractContextManager[None]:
    """Return what measures a block as a stage, where somebody wants to know."""
    timeline = _CURRENT.get()
    return _UNTIMED if timeline is None else timeline.timed(stage)


def waited_for(guard: AbstractContextManager[object]) -> AbstractContextManager[object]:
    """Return a guard that measures how long it is waited for, where somebody wants to know."""
    timeline = _CURRENT.get()
    return guard if timeline is None else _waited_for(guard, timeline)


@contextmanager
def _waited_for(guard: AbstractContextManager[object], timeline: Timeline) -> Iterator[None]:
    with ExitStack() as held:
        with timeline.timed(Stage.WAITING):
            held.enter_context(guard)
        yield
