"""Work that reports while it goes on, as an iterator."""

from __future__ import annotations

import queue
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from assistant.types import Piece

Result = TypeVar("Result")
_STREAMED = re.compile(r"\S+\s*|\s+")


def pieces(text: str) -> Iterator[Piece]:
    """Yield a text word by word."""
    for match in _STREAMED.finditer(text):
        yield Piece(match.group())


def heard_in_thread(work: Callable[[Callable[[str], None]], Result]) -> Iterator[str | Result]:
    """Yield what `work` reports while it runs in a thread of its own, then its result.

    An error of the work is raised here. A reader that stops listening waits for its end.
    """
    steps: queue.Queue[str | None] = queue.Queue()
    with ThreadPoolExecutor(1, thread_name_prefix="residency-stream") as pool:
        future = pool.submit(work, steps.put)
        future.add_done_callback(lambda _: steps.put(None))
        while (text := steps.get()) is not None:
            yield text
        yield future.result()
