"""A server that ends in order: what is being answered is finished, nothing new is taken."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from ui.shared.bounds.connections import PatientProtocol
from ui.shared.logs import note

_PATIENCE_S = 20.0
"""How long answers may take that were asked for before."""
_STREAMS_S = 2
"""How long open pages keep the server after that: each holds a stream without an end."""
_QUIET_TICKS = 4
"""Looks, a tenth of a second apart, at which nothing was being answered."""


class Ending:
    """Whether the end has begun."""

    def __init__(self) -> None:
        self.began: float | None = None

    def __call__(self) -> bool:
        """Tell whether it has."""
        return self.began is not None


class Server(uvicorn.Server):
    """Serves until it is told to stop; a second word stops it at once."""

    def __init__(
        self,
        app: Any,
        host: str,
        port: int,
        *,
        announce: Callable[[int], None],
        busy: Callable[[], int],
        ending: Ending,
    ) -> None:
        """Prepare; `announce` is told the port, `busy` says how many answers are due."""
        super().__init__(
            uvicorn.Config(
                app, host=host, port=port, log_config=None, access_log=False, ws="none",
                http=PatientProtocol,
                proxy_headers=False, server_header=False, timeout_graceful_shutdown=_STREAMS_S,
            )
        )  # fmt: skip
        # Its lines would have the questions that stand in addresses; `watch` writes them without.
        logging.getLogger("uvicorn.access").disabled = True
        self._announce = announce
        self._busy = busy
        self._ending = ending
        self._quiet = 0

    async def startup(self, sockets: Any = None) -> None:
        """Listen, then say where."""
        await super().startup(sockets)
        self._announce(self.servers[0].sockets[0].getsockname()[1])

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Begin the end, or end at once where it has begun."""
        if self._ending():
            self.force_exit = self.should_exit = True
        else:
            self._ending.began = time.monotonic()

    async def on_tick(self, counter: int) -> bool:
        """Look whether the end has come."""
        began = self._ending.began
        if began is not None:
            due = self._busy()
            self._quiet = 0 if due else self._quiet + 1
            if self._quiet >= _QUIET_TICKS or time.monotonic() - began > _PATIENCE_S:
                note("ended", unanswered=due, ms=round((time.monotonic() - began) * 1000))
                self.should_exit = True
        return await super().on_tick(counter)
