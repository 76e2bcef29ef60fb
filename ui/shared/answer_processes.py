"""Processes that answer for the one that serves: an interpreter runs one answer at a time."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as ended

from assistant.app import Assistant, Made
from assistant.pipeline import Request
from assistant.settings import Settings
from assistant.timeline import Timeline, current_timeline, measured
from ui.shared.logs import note

_TRIES = 2
"""How often a question is asked whose process ends under it."""


class AnswerProcesses:
    """So many processes, each with the index open; what they answer is kept by who asks them."""

    def __init__(self, settings: Settings, many: int) -> None:
        """Start them, and wait until each can answer."""
        self._settings = settings
        self._many = many
        self._changing = threading.Lock()
        self._pool = self._started()

    def made(
        self, request: Request, asked: datetime, owner: str, allowed: Sequence[str] | None = None
    ) -> Made:
        """Return what a request comes to; raise what an assistant raises.

        Where a process ends, all are started anew and the question is asked once more. Raises
        BrokenProcessPool where that ends too.
        """
        for left in reversed(range(_TRIES)):
            pool = self._pool
            try:
                return self._asked(pool, request, asked, owner, allowed)
            except BrokenProcessPool:
                if not left:
                    raise
                self._start_anew(pool)
        raise AssertionError("a question was neither answered nor refused")

    def _asked(
        self,
        pool: ProcessPoolExecutor,
        request: Request,
        asked: datetime,
        owner: str,
        allowed: Sequence[str] | None,
    ) -> Made:
        timeline = current_timeline()
        if timeline is None:
            return pool.submit(_made, request, asked, owner, allowed).result()
        made, elsewhere = pool.submit(_measured, request, asked, owner, allowed).result()
        timeline.add(elsewhere)
        return made

    def close(self) -> None:
        """End them."""
        self._pool.shutdown(cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        # Forked ones would share locks of threads that they do not have.
        pool = ProcessPoolExecutor(
            self._many, get_context("spawn"), initializer=_begin, initargs=(self._settings,)
        )
        wait([pool.submit(_is_ready) for _ in range(self._many)])
        return pool

    def _start_anew(self, broken: ProcessPoolExecutor) -> None:
        with self._changing:
            if self._pool is broken:
                note("answer processes started anew", many=self._many)
                broken.shutdown(wait=False, cancel_futures=True)
                self._pool = self._started()


_opened: list[Assistant] = []
"""Of a process that answers: its assistant."""


def _begin(settings: Settings) -> None:
    """Make a process ready to answer; it ends with the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _opened.append(Assistant.open(settings))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        ended([parent.sentinel])
        os._exit(1)


def _is_ready() -> bool:
    return bool(_opened)


def _made(request: Request, asked: datetime, owner: str, allowed: Sequence[str] | None) -> Made:
    return _opened[0].made(request, asked, owner, allowed)


def _measured(
    request: Request, asked: datetime, owner: str, allowed: Sequence[str] | None
) -> tuple[Made, Timeline]:
    timeline = Timeline()
    with measured(timeline):
        return _made(request, asked, owner, allowed), timeline
