"""What one caller may have done at once and in a minute, whatever it is: ahead of every route.

A route has no limit of its own. What takes a processor is done in turn, one request of a caller
at a time; a caller who sends many waits for their own and holds up nobody else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.errors import LineFull
from ui.shared.bounds.turns import Turns
from ui.shared.rates import Rate
from ui.web.access.open_pages import HEARTBEAT, Tabs, tab_of
from ui.web.access.parties import SHARED, Parties
from ui.web.access.refusal import refusal

AT_ONCE = 2
"""Pieces of work at a time, where questions have turns of their own."""
_LINE = 64
"""Pieces of work of one caller that may wait."""
_TOOLS_AT_ONCE = 2
"""Calls of tools of one caller at a time: what they return is written on the event loop, where the
turns of work do not reach."""
_EVERY_TOOL = 64
"""Calls of tools of all callers."""
_OPEN = 64
"""Requests of one user that are handled or wait at a time."""
_STREAMS = 64
"""Pages that one user has open: each holds a stream or two."""
_EVENTS = 32
"""Calls of one user in the queue of the page; what opens all its parts takes a dozen."""
_FILES_PER_MINUTE = 6_000
_PACKS_PER_MINUTE = 10
"""Evidence packs, which take a processor for a seventh of a second and more each."""
_CALLS, _CALLS_S = 60, 15.0
"""Calls of the page at once, and in how long as many more: Gradio lays out on the event loop what
each of them changes, where the turns of work do not reach."""
_PACK = "/evidence"
_MINUTE_S = 60.0
_BUSY_S = 2
_GRADIO = "/gradio_api/"
_STREAM = (HEARTBEAT, f"{_GRADIO}queue/data", f"{_GRADIO}upload_progress")
_TOOLS = "/mcp"
_RESULT = f"{_GRADIO}call/"
_JOINING = (f"{_GRADIO}queue/join", _RESULT)
_FILE = (
    "/assets/", "/static/", "/page.css", "/theme.css", "/favicon", "/robots.txt",
    f"{_GRADIO}file=", f"{_GRADIO}theme.css",
)  # fmt: skip


class _Kind(Enum):
    """What a request costs."""

    FILE = auto()
    """Nothing but its sending."""
    STREAM = auto()
    """A connection, for as long as a page is open."""
    WORK = auto()
    """A processor, until its response begins."""
    CALL = auto()
    """What it asks for is counted where it is done: questions, uploads, calls of the page."""


@dataclass(frozen=True, slots=True)
class FairWork:
    """What takes a processor, questions aside, is done in turn for all doors together."""

    parties: Parties = field(default_factory=Parties)
    turns: Turns = field(default_factory=lambda: Turns(AT_ONCE, each=1, line=_LINE))

    @asynccontextmanager
    async def turn(self, owner: str) -> AsyncIterator[None]:
        """Hold the turn of an owner; raise LineFull."""
        async with self.turns.held(self.parties.of(owner)):
            yield


def fair_work(parties: Parties, turns: Turns | None) -> FairWork:
    """Return work that is done in the turns of questions, or in its own where there are none."""
    return FairWork(parties) if turns is None else FairWork(parties, turns)


class Traffic:
    """Holds every caller to their share; to be put behind the gate, which says who it is."""

    def __init__(
        self,
        app: ASGIApp,
        prefix: str,
        work: FairWork,
        tabs: Tabs,
        *,
        per_minute: int,
        queued: Callable[[str], int],
    ) -> None:
        """Prepare; `queued` says how many calls of a party are in the queue of the page.

        With `per_minute` 0 requests are not counted by time.
        """
        self._app = app
        self._prefix = prefix
        self._work = work
        self._tabs = tabs
        self._queued = queued
        self._files, self._others = _rates(_FILES_PER_MINUTE), _rates(per_minute)
        self._calls = _rates(_CALLS if per_minute else 0, _CALLS_S)
        self._packs = _rates(_PACKS_PER_MINUTE if per_minute else 0)
        self._tools = Turns(_EVERY_TOOL, each=_TOOLS_AT_ONCE, line=_LINE)
        self._open: Counter[str] = Counter()
        self._streams: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        caller = scope.get("state", {}).get("caller") if scope["type"] == "http" else None
        if caller is None:
            await self._app(scope, receive, send)
            return
        place = scope["path"].removeprefix(self._prefix)
        kind = _kind(place, scope["method"])
        turned = self._over(kind, caller.name, place, scope["method"])
        if turned is not None:
            await turned(scope, receive, send)
            return
        party = self._work.parties.of(caller.name)
        if kind is _Kind.STREAM:
            tab = tab_of(place, HTTPConnection(scope).query_params)
            with _counted(self._streams, party), self._tabs.opened(tab):
                await self._app(scope, receive, send)
            return
        with _counted(self._open, party):
            if kind is _Kind.WORK:
                await self._worked(scope, receive, send, caller.name)
            elif place.startswith(_TOOLS):
                await self._called(scope, receive, send, party)
            else:
                await self._app(scope, receive, send)

    def _over(self, kind: _Kind, name: str, place: str, method: str) -> Response | None:
        """Return the answer to a caller who has had their share."""
        party, share = self._work.parties.of(name), self._work.parties.share(name)
        rates = self._files if kind is _Kind.FILE else self._others
        rates = self._packs if place == _PACK else rates
        is_call = method == "POST" and place.startswith(_JOINING)
        counted = (rates, self._calls if is_call else {})
        wait = math.ceil(max((one[share].take(party) for one in counted if one), default=0))
        if wait:
            return refusal(
                429, f"You have sent more requests than are taken. Go on in {wait} s",
                wait_s=wait,
            )  # fmt: skip
        if kind is _Kind.STREAM:
            is_over = self._streams[party] >= _STREAMS * share
            words = "As many pages of yours are open as may be. Close some"
        elif is_call:
            is_over = self._queued(party) >= _EVENTS * share
            words = "As much of what you asked for is waiting as may. Wait for it"
        else:
            is_over = self._open[party] >= _OPEN * share
            words = "As many requests of yours are being handled as may be. Wait for them"
        return refusal(429, words, wait_s=_BUSY_S) if is_over else None

    async def _worked(self, scope: Scope, receive: Receive, send: Send, name: str) -> None:
        """Handle a request in its turn, which ends when its response begins: one who reads slowly
        holds up nobody.
        """
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(self._work.turn(name))
            except LineFull as error:
                await refusal(429, str(error), wait_s=_BUSY_S)(scope, receive, send)
                return

            async def sending(message: Message) -> None:
                await held.aclose()
                await send(message)

            await self._app(scope, receive, sending)

    async def _called(self, scope: Scope, receive: Receive, send: Send, party: str) -> None:
        """Handle the call of a tool to the end of its response."""
        try:
            async with self._tools.held(party, is_work=False):
                await self._app(scope, receive, send)
        except LineFull as error:
            await refusal(429, str(error), wait_s=_BUSY_S)(scope, receive, send)


def _rates(many: int, seconds: float = _MINUTE_S) -> dict[int, Rate]:
    """Return what a user may, and what those may together who share an address; none for 0."""
    return {share: Rate(many * share, seconds) for share in (1, SHARED) if many}


def _kind(place: str, method: str) -> _Kind:
    if place.startswith(_FILE):
        return _Kind.FILE
    if place.startswith(_STREAM) or (method == "GET" and place.startswith(_RESULT)):
        return _Kind.STREAM
    is_tools = place.startswith(_TOOLS)
    return _Kind.WORK if method in ("GET", "HEAD") and not is_tools else _Kind.CALL


@contextmanager
def _counted(numbers: Counter[str], name: str) -> Iterator[None]:
    numbers[name] += 1
    try:
        yield
    finally:
        numbers[name] -= 1
        if not numbers[name]:
            del numbers[name]
