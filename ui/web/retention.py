"""Deletes what is older than the retention period, at the start and every day."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.app import Assistant
from assistant.errors import ThreadError
from ui.logs import note

_DAY_S = 24 * 60 * 60.0


@contextmanager
def retained(assistant: Assistant, every_s: float = _DAY_S) -> Iterator[None]:
    """Keep to the retention period for the time of a block; a failure is logged and tried again."""
    ended = threading.Event()

    def work() -> None:
        while True:
            try:
                note("retention", deleted=assistant.expire())
            except ThreadError as error:
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
