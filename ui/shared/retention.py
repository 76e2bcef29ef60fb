"""Deletes what is kept for long enough, at the start and every day."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from assistant.errors import ThreadError
from ui.errors import UiError
from ui.shared.logs import note

_DAY_S = 24 * 60 * 60.0


@contextmanager
def retained(delete: Callable[[], Mapping[str, int]], every_s: float = _DAY_S) -> Iterator[None]:
    """Keep to a retention period for the time of a block.

    `delete` deletes what is older and tells how much of what it was; a failure of it is logged
    and tried again.
    """
    ended = threading.Event()

    def work() -> None:
        while True:
            try:
                note("retention", **delete())
            except (ThreadError, UiError) as error:
                note("retention failed", error=str(error))
            if ended.wait(every_s):
                return

    worker = threading.Thread(target=work, name="residency-retention", daemon=True)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join(5)
