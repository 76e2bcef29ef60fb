"""Which caller each open page belongs to, and which pages nobody has open any more.

The name of a page is no key to it.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.datastructures import QueryParams

HEARTBEAT = "/gradio_api/heartbeat/"
"""Where an open page listens, with its name behind."""
_MOST = 50_000
_EACH = 200
"""Pages of one caller: with one more the longest left of their own is forgotten, nobody else's."""
_LONGEST = 100
"""Characters of the name of a page; Gradio gives it a dozen, and other clients no more than 36."""


@dataclass(slots=True)
class _Page:
    owner: str
    heard: float


class Tabs:
    """Owners of the pages that are open, by the name that a page gave itself, and of what they have
    asked Gradio for.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._owned: dict[str, OrderedDict[str, None]] = {}
        self._open: Counter[str] = Counter()
        self._events: OrderedDict[str, str] = OrderedDict()
        self._changing = threading.Lock()

    def claim(self, tab: str, name: str) -> bool:
        """Tell whether a page is the caller's; the first to speak of it has it."""
        if len(tab) > _LONGEST:
            return False
        with self._changing:
            return self._is_of(tab, name)

    def note_event(self, event: str, name: str) -> None:
        """Note who has asked for an event, before anybody else can have heard its id."""
        with self._changing:
            self._events.setdefault(event, name)
            self._events.move_to_end(event)
            if len(self._events) > _MOST:
                self._events.popitem(last=False)

    def claim_event(self, event: str, name: str) -> bool:
        """Tell whether an event is the caller's, to be heard of or to be cancelled.

        One that is not known may be the name of a page: Gradio looks for that then.
        """
        with self._changing:
            return self._events.get(event, name) == name and self._is_of(event, name)

    def _is_of(self, tab: str, name: str) -> bool:
        """Tell whether a page is the caller's, and note that it was spoken of."""
        page = self._pages.get(tab)
        if page is None:
            self._make_room(name)
            page = self._pages[tab] = _Page(name, 0.0)
            self._owned.setdefault(name, OrderedDict())[tab] = None
        if page.owner != name:
            return False
        page.heard = self._clock()
        self._pages.move_to_end(tab)
        self._owned[name].move_to_end(tab)
        return True

    def _make_room(self, name: str) -> None:
        """Forget a page for one more of a caller; none that somebody listens for."""
        own = self._owned.get(name, OrderedDict())
        among = own if len(own) >= _EACH else self._pages if len(self._pages) >= _MOST else ()
        left = next((tab for tab in among if not self._open[tab]), None)
        if left is not None:
            self._drop(left)

    def _drop(self, tab: str) -> None:
        page = self._pages.pop(tab, None)
        if page is None:
            return
        own = self._owned[page.owner]
        del own[tab]
        if not own:
            del self._owned[page.owner]

    @contextmanager
    def opened(self, tab: str) -> Iterator[None]:
        """Note that somebody listens for a page, for the time of a block."""
        with self._changing:
            self._open[tab] += 1
        try:
            yield
        finally:
            with self._changing:
                self._open[tab] -= 1
                if not self._open[tab]:
                    del self._open[tab]
                if tab in self._pages:
                    self._pages[tab].heard = self._clock()

    def owner(self, tab: str) -> str:
        """Return the name of the caller whose page it is, empty where nobody spoke of it."""
        with self._changing:
            page = self._pages.get(tab)
        return page.owner if page is not None else ""

    def is_left(self, tab: str, since_s: float) -> bool:
        """Tell whether nobody has had a page open, or spoken of it, for so many seconds."""
        with self._changing:
            page = self._pages.get(tab)
            if self._open[tab]:
                return False
        return page is None or self._clock() - page.heard > since_s

    def left(self, since_s: float) -> list[str]:
        """Return the pages that nobody has had open for so many seconds, the longest left first."""
        with self._changing:
            known = list(self._pages)
        return [tab for tab in known if self.is_left(tab, since_s)]

    def forget(self, tab: str) -> None:
        """Let a page be nobody's; what is kept of it has to be gone by then."""
        with self._changing:
            self._drop(tab)


def tab_of(place: str, query: QueryParams) -> str:
    """Return the open page that a request speaks of, empty where it names none."""
    if place.startswith(HEARTBEAT):
        return place.removeprefix(HEARTBEAT)
    return query.get("session_hash", "")
