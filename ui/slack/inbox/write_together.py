"""Keeps what arrives at the same time together: many wait for one write, not for each other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.slack.types import Arrival


@dataclass(slots=True, eq=False)
class _Waiting:
    """An arrival that somebody waits with."""

    arrival: Arrival
    new: bool | None = None
    """Whether it was not known before; None until it is kept."""


class Intake:
    """Hands arrivals over for keeping, all at once that came during the write before."""

    def __init__(self, store: Callable[[Sequence[Arrival]], Sequence[bool]]) -> None:
        """Prepare; `store` keeps arrivals, all or none, and tells of each whether it is new."""
        self._store = store
        self._waiting: list[_Waiting] = []
        self._adding = threading.Lock()
        self._storing = threading.Lock()

    def put(self, arrival: Arrival) -> bool:
        """Keep an arrival; False where it is known already. Raises what `store` raises."""
        mine = _Waiting(arrival)
        with self._adding:
            self._waiting.append(mine)
        with self._storing:
            if mine.new is None:
                self._store_waiting(mine)
        return bool(mine.new)

    def _store_waiting(self, mine: _Waiting) -> None:
        """Keep all that wait; where that fails, each of the others tries for itself."""
        with self._adding:
            if mine in self._waiting:
                taken, self._waiting = self._waiting, []
            else:
                taken = [mine]
        for one, new in zip(taken, self._store([one.arrival for one in taken]), strict=True):
            one.new = new
