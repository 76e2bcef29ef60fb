"""Work that reports while it goes on, as an iterator."""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from assistant.types import Piece

Result = TypeVar("Result")
_BEAT_S = 0.5
"""Seconds after which a reader that waits can leave."""
_STREAMED = re.compile(r"\S+\s*|\s+")


def pieces(text: str) -> Iterator[Piece]:
    """Yield a text word by word."""
    for match in _STREAMED.finditer(text):
        yield Piece(match.group())


class Listener:
    """Whoever reads along while work goes on: is told the text so far, until it leaves."""

    def __init__(self) -> None:
        self.steps: queue.Queue[str | None] = queue.Queue()
        """What it was told; None at the end."""
        self._left = threading.Event()

    def __call__(self, text: str) -> None:
        """Take in the text so far."""
        self.steps.put(text)

    def leave(self) -> None:
        """Stop listening: what is still to come is for nobody."""
        self._left.set()

    def has_left(self) -> bool:
        """Tell whether nobody listens any more."""
        return self._left.is_set()


def heard_in_thread(
    work: Callable[[Listener], Result], *, goes_on: bool = False
) -> Iterator[str | Result]:
    """Yield what `work` reports while it runs in a thread of its own, then its result.

    While nothing new comes, what came last is yielded again from time to time: a reader can only
    leave between two steps. The work of one that leaves is told, has its model stop, and is waited
    for; with `goes_on` it comes to its end with nobody waiting, as whoever closes this may be the
    event loop that serves everybody. An error of the work is raised here.
    """
    heard, last = Listener(), ""
    pool = ThreadPoolExecutor(1, thread_name_prefix="residency-stream")
    future = pool.submit(copy_context().run, work, heard)
    future.add_done_callback(lambda _: heard.steps.put(None))
    try:
        while (text := _next(heard.steps, last)) is not None:
            yield text
            last = text
        yield future.result()
    finally:
        heard.leave()
        pool.shutdown(wait=not goes_on)


def _next(steps: queue.Queue[str | None], last: str) -> str | None:
    """Return the next step; the last one where none comes for a while."""
    try:
        return steps.get(timeout=_BEAT_S)
    except queue.Empty:
        return last
