"""How much in how long: a bucket for each name that fills again with time."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

_MOST = 10_000
"""Names that are remembered; those not seen for longest are forgotten."""


@dataclass(slots=True)
class _Bucket:
    left: float
    seen: float


class Limit(Protocol):
    """So many in so many seconds for each name, counted in this process or by all replicas."""

    @property
    def many(self) -> int:
        """How many there are at most at once."""
        ...

    def take(self, name: str) -> float:
        """Take one for a name; return 0, or the seconds until there is one to take."""
        ...

    def wait(self, name: str) -> float:
        """Return the seconds until there is one to take, and take none."""
        ...

    def give_back(self, name: str) -> None:
        """Undo a take that led to nothing."""
        ...


class Rate:
    """So many in so many seconds for each name, in bursts or spread."""

    def __init__(
        self, many: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.many = many
        self._per_s = many / seconds
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._changing = threading.Lock()

    def take(self, name: str) -> float:
        """Take one for a name; return 0, or the seconds until there is one to take."""
        with self._changing:
            bucket = self._filled(name)
            if bucket.left >= 1:
                bucket.left -= 1
                return 0.0
            return (1 - bucket.left) / self._per_s

    def wait(self, name: str) -> float:
        """Return the seconds until there is one to take, and take none."""
        with self._changing:
            return max(0.0, (1 - self._filled(name).left) / self._per_s)

    def give_back(self, name: str) -> None:
        """Undo a take that led to nothing."""
        with self._changing:
            bucket = self._filled(name)
            bucket.left = min(self.many, bucket.left + 1)

    def _filled(self, name: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.setdefault(name, _Bucket(self.many, now))
        bucket.left = min(self.many, bucket.left + (now - bucket.seen) * self._per_s)
        bucket.seen = now
        self._buckets.move_to_end(name)
        if len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
        return bucket


def take_each(limits: Sequence[tuple[Limit, str]]) -> float:
    """Take one of each rate for its name, or none; return 0, or the seconds until all have one.

    Who waits for one limit is charged nothing by the others meanwhile.
    """
    for number, (rate, name) in enumerate(limits):
        if wait := rate.take(name):
            for taken, whose in limits[:number]:
                taken.give_back(whose)
            return max(wait, *(one.wait(whose) for one, whose in limits))
    return 0.0
