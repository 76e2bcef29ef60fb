"""Deletes what is kept for long enough: at the start and every hour, by a settled clock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from assistant.errors import ThreadError
from index.upkeep.settled_clock import SettledClock
from ui.errors import UiError
from ui.shared.logs import note

_HOUR_S = 60 * 60.0


@contextmanager
def retained(
    delete: Callable[[], Mapping[str, int]], clock: SettledClock, every_s: float = _HOUR_S
) -> Iterator[None]:
    """Keep to a retention period for the time of a block.

    `delete` deletes what is older and tells how much of what it was; a failure of it is logged
    and tried again. While `clock` is doubted nothing is deleted.
    """
    ended = threading.Event()

    def work() -> None:
        while True:
            try:
                _keep_to(delete, clock)
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


def _keep_to(delete: Callable[[], Mapping[str, int]], clock: SettledClock) -> None:
    doubted = clock.doubted_since()
    if doubted is None:
        note("retention", **delete())
    else:
        note("retention waits", clock_doubted_since=doubted.isoformat())
