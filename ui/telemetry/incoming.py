"""By which door a question came, and the trace of the caller's that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PROBES = ("/healthz", "/readyz")


class Door(StrEnum):
    """Where questions come in."""

    PAGE = "page"
    API = "api"
    MCP = "mcp"
    SLACK = "slack"
    FILE = "questionnaire"
    """Those of a file, whichever way it came."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is known of the request that a question came with."""

    door: Door
    traceparent: str = ""
    """The trace that it belongs to, by the W3C's rule; empty where it belongs to none. What comes
    beside it (`tracestate`, `baggage`) may be any text, and is not taken."""


_CURRENT: ContextVar[Incoming | None] = ContextVar("residency_incoming", default=None)


def current_incoming() -> Incoming | None:
    """Return what is known of the request that is handled here; None where none is."""
    return _CURRENT.get()


class Doors:
    """Notes of each request by which door it came, and tells how it was answered."""

    def __init__(self, app: ASGIApp, prefix: str, told: Callable[[Door, int], None]) -> None:
        """`told` is told the door and the status of each response, but for those to probes."""
        self._app = app
        self._prefix = prefix
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or scope["path"].endswith(_PROBES):
            await self._app(scope, receive, send)
            return
        door = self._door(scope["path"])

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._told(door, message["status"])
            await send(message)

        traceparent = Headers(scope=scope).get("traceparent", "")
        before = _CURRENT.set(Incoming(door, traceparent))
        try:
            await self._app(scope, receive, answering)
        finally:
            _CURRENT.reset(before)

    def _door(self, path: str) -> Door:
        below = path.removeprefix(self._prefix)
        if below.startswith("/api/"):
            return Door.API
        return Door.MCP if below == "/mcp" or below.startswith("/mcp/") else Door.PAGE
