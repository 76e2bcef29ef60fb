"""Socket Mode, Slack's side of it: connections, envelopes, and which were acknowledged."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.ui.slack.fake.world import APP, Json, World

SEND = "fake.send"
"""Where a scope keeps the server's own `send`, through which its connection can be reached."""
_HOST = "applink-fake"


@dataclass(slots=True)
class Envelope:
    """One thing that the bot is told, until it says that it heard."""

    id: str
    kind: str
    payload: Json
    sent: list[float] = field(default_factory=list)
    """When, in seconds since the epoch; more than once where a connection ended too early."""
    acknowledged: float | None = None
    answer: Json = field(default_factory=dict)
    """What came with the acknowledgement."""
    connection: int = 0
    acknowledgements: int = 0
    retry: int = 0
    """Which attempt the first sending says it is; 0 for what is new."""
    reason: str = ""


@dataclass(slots=True)
class _Connection:
    number: int
    socket: WebSocket
    draining: bool = False


class Sockets:
    """Every connection of bots, and what was sent over them."""

    def __init__(self, world: World) -> None:
        self.envelopes: dict[str, Envelope] = {}
        self.opened = 0
        self._world = world
        self._open: list[_Connection] = []
        self._turn = 0

    @property
    def connections(self) -> int:
        """How many connections take envelopes now."""
        return sum(not one.draining for one in self._open)

    async def talk(self, socket: WebSocket) -> None:
        """Serve one connection until it ends; what was never acknowledged comes first."""
        await socket.accept()
        self.opened += 1
        mine = _Connection(self.opened, socket)
        await socket.send_text(json.dumps(self._hello()))
        self._open.append(mine)
        try:
            await self._again()
            while True:
                self._heard(mine, json.loads(await socket.receive_text()))
        except (WebSocketDisconnect, RuntimeError, ValueError) as error:
            if isinstance(error, ValueError):
                self._world.faults.append(f"a frame that is no JSON: {error}")
        finally:
            self._open.remove(mine)

    async def send(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> str:
        """Send something to one of the connections, or keep it for the next; return its id."""
        name = self._world.name("envelope-")
        envelope = Envelope(name, kind, payload, retry=retry, reason=reason)
        self.envelopes[envelope.id] = envelope
        await self._deliver(envelope)
        return envelope.id

    async def refresh(self, reason: str, close_after_s: float) -> None:
        """Ask every connection to make way for a new one, and end it a little later."""
        for one in list(self._open):
            one.draining = True
            told = {"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}}
            with suppress(RuntimeError, WebSocketDisconnect):
                await one.socket.send_text(json.dumps(told))
        going = list(self._open)
        await asyncio.sleep(close_after_s)
        for one in going:
            with suppress(RuntimeError, WebSocketDisconnect):
                await one.socket.close(1000)

    async def cut(self) -> None:
        """End every connection without a word."""
        for one in list(self._open):
            one.draining = True
            one.socket.scope[SEND].__self__.transport.abort()
        await asyncio.sleep(0)

    def _hello(self) -> Json:
        return {
            "type": "hello", "num_connections": len(self._open) + 1,
            "debug_info": {"host": _HOST, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP},
        }  # fmt: skip

    async def _again(self) -> None:
        open_now = {one.number for one in self._open if not one.draining}
        for envelope in list(self.envelopes.values()):
            waits = envelope.acknowledged is None
            if waits and envelope.connection not in open_now:
                await self._deliver(envelope)

    async def _deliver(self, envelope: Envelope) -> None:
        taking = [one for one in self._open if not one.draining]
        if not taking:
            return
        self._turn += 1
        chosen = taking[self._turn % len(taking)]
        envelope.connection = chosen.number
        frame: Json = {
            "envelope_id": envelope.id, "type": envelope.kind, "payload": envelope.payload,
            "accepts_response_payload": envelope.kind != "events_api",
        }  # fmt: skip
        if envelope.kind == "events_api":
            frame["retry_attempt"] = envelope.retry + len(envelope.sent)
            frame["retry_reason"] = "timeout" if envelope.sent else envelope.reason
        envelope.sent.append(time.time())
        with suppress(RuntimeError, WebSocketDisconnect):
            await chosen.socket.send_text(json.dumps(frame))

    def _heard(self, by: _Connection, frame: Json) -> None:
        envelope = self.envelopes.get(str(frame.get("envelope_id")))
        if envelope is None:
            self._world.faults.append(f"an acknowledgement of nothing that was sent: {frame}")
            return
        envelope.acknowledgements += 1
        if envelope.acknowledged is None:
            envelope.acknowledged = time.time()
            envelope.connection = by.number
            envelope.answer = frame.get("payload") or {}
