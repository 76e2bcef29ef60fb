"""Whether the time of the machine can be believed; what deletes by age asks first.

A clock that jumps makes everything old at once. It is believed where it went on as the machine ran,
and after a jump when it has done so for a day.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.home.paths import replace_bytes

_LOG = logging.getLogger(__name__)
_APART = timedelta(minutes=5)
"""By how much the clock may differ from what the machine ran: it is set right now and then."""
_AWAY = timedelta(days=4)
"""For how long a machine may have been off without its clock being doubted: a long weekend."""
_SETTLED = timedelta(days=1)
"""For how long a clock has gone on evenly that is believed again."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Running:
    """How long a machine has been running."""

    start: str
    """Which start of it that is counted from."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a clock said, and when it began to be doubted; None where it is believed."""

    at: datetime
    running: Running
    doubted: datetime | None


def looked(before: Look | None, at: datetime, running: Running) -> Look:
    """Return what one more look at the clock comes to; one that was never looked at is doubted."""
    doubted = before.doubted if before and _follows(before, at, running) else at
    if doubted is not None and at - doubted >= _SETTLED:
        doubted = None
    return Look(at, running, doubted)


def _follows(before: Look, at: datetime, running: Running) -> bool:
    """Tell whether the clock went on as the machine did."""
    passed = at - before.at
    if running.start != before.running.start:
        return -_APART <= passed <= _AWAY
    ran = timedelta(seconds=running.seconds - before.running.seconds)
    return abs(passed - ran) <= _APART


class SettledClock:
    """The clock of the machine, with the looks at it of this process and of those before it."""

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        running: Callable[[], Running] | None = None,
    ) -> None:
        """Keep the looks in a file; `running` tells how long the machine runs."""
        self._path = path
        self._now = now
        # Where starts cannot be told apart, each process is one of its own.
        self._start = f"process {uuid.uuid4().hex}"
        self._running = running or self._since_start
        self._last: Look | None = None

    def doubted_since(self) -> datetime | None:
        """Look at the clock; return since when it is doubted, None where it can be believed."""
        before = self._last or self._read()
        self._last = looked(before, self._now(), self._running())
        self._write(self._last)
        return self._last.doubted

    def _since_start(self) -> Running:
        try:
            start = _BOOT.read_text(encoding="ascii").strip()
        except OSError:
            return Running(self._start, time.monotonic())
        # Goes on while the machine sleeps, as its clock does.
        return Running(start, time.clock_gettime(time.CLOCK_BOOTTIME))

    def _read(self) -> Look | None:
        from pydantic import TypeAdapter, ValidationError

        try:
            return TypeAdapter(Look).validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            _LOG.warning("%s: how the clock went on cannot be read (%s)", self._path, error)
            return None

    def _write(self, look: Look) -> None:
        from pydantic import TypeAdapter

        try:
            replace_bytes(self._path, TypeAdapter(Look).dump_json(look))
        except OSError as error:
            _LOG.warning("%s: how the clock goes on cannot be kept (%s)", self._path, error)
