"""Whose turn it is: of those who wait, each is let in once before any is a second time."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from ui.errors import LineFull

_HELD: ContextVar[Turns | None] = ContextVar("the turns of which one is held", default=None)


def holds_turn() -> bool:
    """Tell whether this is done in a turn of `held`: to wait for another would have no end."""
    return _HELD.get() is not None


@contextmanager
def turn_lent() -> Iterator[None]:
    """Let others work while another process is waited for, in a thread that may hold a turn.

    Whoever holds it still counts as one who does: nothing else of the same name is begun.
    """
    turns = _HELD.get()
    if turns is None:
        yield
        return
    turns.lend()
    try:
        yield
    finally:
        turns.take_back()


class Turns:
    """Lets so many in at once, and of those who wait the one of each name before the second of any.

    A lock lets in whoever is quickest: under load some wait many times as long as others, and one
    who asks much holds up all.
    """

    def __init__(
        self, at_once: int = 1, *, each: int | None = None, line: int | None = None
    ) -> None:
        """Let in `at_once`, `each` of one name; `line` of one name may wait, None for any number.

        Whoever would be one more than the line holds gets LineFull.
        """
        self._free = at_once
        self._each = at_once if each is None else each
        self._line = line
        self._held: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[Callable[[], None]]] = OrderedDict()
        self._returning: deque[Callable[[], None]] = deque()
        """Those who lent theirs and want it again: before anybody new."""
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
        """Wait for a turn of a name, in a thread; raise LineFull."""
        called = threading.Event()
        if not self._asked(name, called.set):
            called.wait()

    @asynccontextmanager
    async def held(self, name: str, *, is_work: bool = True) -> AsyncIterator[None]:
        """Hold a turn of a name without a thread that waits for it; raise LineFull.

        What is done in one that is no work may wait for turns of work within.
        """
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()

        def call() -> None:
            loop.call_soon_threadsafe(ready.set)

        if not self._asked(name, call):
            try:
                await ready.wait()
            except asyncio.CancelledError:
                if not self._left(name, call):
                    self.give_back(name)
                raise
        if is_work:
            _HELD.set(self)
        try:
            yield
        finally:
            if is_work:
                _HELD.set(None)
            self.give_back(name)

    def give_back(self, name: str) -> None:
        """Hand the turn on to who is next, to be called again after all others who wait."""
        with self._changing:
            self._free += 1
            self._held[name] -= 1
            if not self._held[name]:
                del self._held[name]
            called = self._next()
        if called is not None:
            called()

    def lend(self) -> None:
        """Let the next one in beside whoever holds a turn, until it is taken back."""
        with self._changing:
            self._free += 1
            called = self._next()
        if called is not None:
            called()

    def take_back(self) -> None:
        """Wait, in a thread, until as many are at work as may be, the lender among them."""
        called = threading.Event()
        with self._changing:
            if self._free:
                self._free -= 1
                return
            self._returning.append(called.set)
        called.wait()

    def _asked(self, name: str, called: Callable[[], None]) -> bool:
        """Take a turn that is free, or have `called` be called with one; tell which."""
        with self._changing:
            if self._free and self._held[name] < self._each:
                self._hold(name)
                return True
            line = self._waiting.get(name, deque())
            if self._line is not None and len(line) >= self._line:
                raise LineFull
            line.append(called)
            self._waiting[name] = line
            return False

    def _left(self, name: str, called: Callable[[], None]) -> bool:
        """Leave the line; False for one whose turn has come meanwhile."""
        with self._changing:
            line = self._waiting.get(name, deque())
            if called not in line:
                return False
            line.remove(called)
            if not line:
                del self._waiting[name]
            return True

    def _next(self) -> Callable[[], None] | None:
        """Hold the turn of who is next, None where nobody may have one; return how to call them."""
        if self._returning:
            self._free -= 1
            return self._returning.popleft()
        name = next((one for one in self._waiting if self._held[one] < self._each), None)
        if name is None:
            return None
        line = self._waiting.pop(name)
        called = line.popleft()
        if line:
            self._waiting[name] = line
        self._hold(name)
        return called

    def _hold(self, name: str) -> None:
        self._free -= 1
        self._held[name] += 1


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
        self.turns.give_back(self.name)
