"""Whose turn it is: of those who wait, each is let in once before any is a second time."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass


class Turns:
    """Lets so many in at once, and of those who wait the one of each name before the second of any.

    A lock lets in whoever is quickest: under load some wait many times as long as others, and one
    who asks much holds up all.
    """

    def __init__(self, at_once: int = 1) -> None:
        self._free = at_once
        self._waiting: OrderedDict[str, deque[threading.Event]] = OrderedDict()
        self._changing = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many wait now."""
        with self._changing:
            return sum(map(len, self._waiting.values()))

    def of(self, name: str, lock: threading.Lock | None = None) -> Turn:
        """Return what waits for a turn of a name, and for a lock with it, each time it is entered.

        The lock is for what else uses the same thing, seldom and in no order.
        """
        return Turn(self, name, lock or threading.Lock())

    def take(self, name: str) -> None:
        """Wait for a turn of a name."""
        with self._changing:
            if self._free:
                self._free -= 1
                return
            called = threading.Event()
            self._waiting.setdefault(name, deque()).append(called)
        called.wait()

    def give_back(self) -> None:
        """Hand the turn on to who is next, to be called again after all others who wait."""
        with self._changing:
            if not self._waiting:
                self._free += 1
                return
            name, line = self._waiting.popitem(last=False)
            called = line.popleft()
            if line:
                self._waiting[name] = line
        called.set()


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn to be waited for, held and handed on; it may be entered again and again."""

    turns: Turns
    name: str
    lock: threading.Lock

    def __enter__(self) -> None:
        """Wait for the turn."""
        self.turns.take(self.name)
        self.lock.acquire()

    def __exit__(self, *_: object) -> None:
        """Hand it on."""
        self.lock.release()
        self.turns.give_back()
