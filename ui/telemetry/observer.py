"""Looks on while questions are answered, and tells metrics and traces what happens to them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.observer import Limit, Told
from assistant.timeline import Timeline, measured
from assistant.types import Answer
from corpus.errors import CorpusError
from index.errors import IndexingError
from ui.errors import UiError
from ui.telemetry.incoming import Door, current_incoming

if TYPE_CHECKING:
    from ui.telemetry.metrics import Metrics
    from ui.telemetry.spans import Spans

_OURS = (AssistantError, CorpusError, IndexingError, UiError)
_UNEXPECTED = "unexpected"
"""Stands for the classes of libraries, of which there may be any number."""


class Telemetry:
    """An observer of one served assistant; safe between threads."""

    def __init__(self, door: Door, metrics: Metrics | None, spans: Spans | None) -> None:
        """`door` is where questions come in of which nothing else is known."""
        self._door = door
        self._metrics = metrics
        self._spans = spans

    @contextmanager
    def question(self, *, of_file: bool) -> Iterator[Told]:
        """Measure one question while it is answered; what it is told is how it ended."""
        door = self._came_by(of_file=of_file)
        incoming = current_incoming()
        span = self._spans and self._spans.begin(door, incoming.traceparent if incoming else "")
        timeline = Timeline(
            span.traceparent if span else "", told=self._metrics.called if self._metrics else None
        )
        told: list[Answer] = []
        error, started = "", time.perf_counter()
        try:
            with measured(timeline):
                yield told.append
        except BaseException as raised:
            error = type(raised).__name__ if isinstance(raised, _OURS) else _UNEXPECTED
            raise
        finally:
            answer = told[-1] if told else None
            if self._metrics:
                self._count(self._metrics, door, time.perf_counter() - started, answer, error)
                self._metrics.took(timeline)
            if self._spans and span:
                self._spans.end(span, timeline, answer, error)

    def refused(self, limit: Limit) -> None:
        """Count a question that was turned away."""
        if self._metrics:
            self._metrics.refused(self._came_by(of_file=False), limit)

    def responded(self, door: Door, status: int) -> None:
        """Count a response of the page's server."""
        if self._metrics:
            self._metrics.responded(door, status)

    def _came_by(self, *, of_file: bool) -> Door:
        incoming = current_incoming()
        if of_file:
            return Door.FILE
        return incoming.door if incoming else self._door

    @staticmethod
    def _count(
        metrics: Metrics, door: Door, seconds: float, answer: Answer | None, error: str
    ) -> None:
        if answer is not None:
            metrics.answered(door, answer.verdict, seconds)
        elif error:
            metrics.failed(door, error)
