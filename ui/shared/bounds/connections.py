"""Connections that say nothing, or half of something, are dropped after a while."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 15.0
"""How long the head of a request may take, also where none comes."""
STUCK_S = 60.0
"""How long who asked may take in nothing of what is sent."""


class PatientProtocol(H11Protocol):
    """HTTP of a connection, whose heads of requests have a time; their size h11 bounds itself.

    uvicorn lets a connection wait for ever for the rest of a head, and for its first byte. Bodies
    have a time of their own in `bodies`.
    """

    def __init__(self, *parts: Any, **named: Any) -> None:
        super().__init__(*parts, **named)
        self._head: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect a head."""
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        self._unexpect()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for who asked to take in what was sent."""
        super().pause_writing()
        if self._stuck is None:
            self._watch()

    def resume_writing(self) -> None:
        """Go on sending."""
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Take in what comes; a head that is whole has come in time."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._unexpect()
        elif self._head is None:
            self._expect()

    def _watch(self) -> None:
        left = self.transport.get_write_buffer_size()
        self._stuck = self.loop.call_later(STUCK_S, self._drop_stuck, left)

    def _drop_stuck(self, left: int) -> None:
        if self.transport.get_write_buffer_size() < left:
            self._watch()
        else:
            self.transport.abort()

    def _expect(self) -> None:
        self._head = self.loop.call_later(HEAD_S, self._drop)

    def _unexpect(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _drop(self) -> None:
        self._head = None
        if self.cycle is None or self.cycle.response_complete:
            # A sender that takes nothing in keeps `close` waiting.
            self.transport.abort()
