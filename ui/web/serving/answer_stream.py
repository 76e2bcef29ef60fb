"""Steps of work sent as they come, one JSON object a line; who leaves has the work stop."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from anyio import CancelScope, create_task_group
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""The second has a proxy pass each line on when it comes."""


class Steps(Response):
    """A response of the steps of a generator, which runs in threads and not on the event loop."""

    media_type = "application/x-ndjson"

    def __init__(self, steps: Generator[Any, None, None], kind: Any) -> None:
        """Send what `steps` yields, each of the type `kind`."""
        super().__init__(headers=_HEADERS)
        del self.headers["content-length"]
        self._steps = steps
        self._written = TypeAdapter(kind).dump_json

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send the steps until they end or their reader has left."""
        async with create_task_group() as both:
            both.start_soon(_left, receive, both.cancel_scope)
            try:
                await self._send(send)
            finally:
                # The work is told that nobody reads it, and ends in its own time.
                with CancelScope(shield=True):
                    await run_in_threadpool(self._steps.close)
            both.cancel_scope.cancel()

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        while (line := await run_in_threadpool(self._next)) is not None:
            await send({"type": "http.response.body", "body": line, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _next(self) -> bytes | None:
        """Return the next step as a line, None after the last."""
        step = next(self._steps, None)
        return None if step is None else self._written(step) + b"\n"


async def _left(receive: Receive, running: CancelScope) -> None:
    """Wait until the reader has left, and have the sending end then."""
    while (await receive())["type"] != "http.disconnect":
        pass
    running.cancel()
