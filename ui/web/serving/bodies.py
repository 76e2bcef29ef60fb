"""Bounds what a request may carry, without keeping it."""

from __future__ import annotations

from contextlib import suppress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.access.refusal import refusal

_MB = 1_000_000
_FORM = 1
"""Megabytes that the form around an uploaded file may take."""
_OTHERS = 8
"""Megabytes of any other request; a long conversation is sent with each of its questions."""
_DRAINED = 200
"""Megabytes that are read and dropped for the sender to hear the answer."""


class _TooLarge(Exception):
    """A body grew beyond its bound."""


class Bodies:
    """Answers 413 to a body beyond the bound: for uploads that of the settings, 8 MB elsewhere."""

    def __init__(self, app: ASGIApp, upload_mb: int) -> None:
        self._app = app
        self._upload_mb = upload_mb

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_upload = scope["path"].rstrip("/").endswith("/upload")
        most = (self._upload_mb + _FORM if is_upload else _OTHERS) * _MB
        told = self._upload_mb if is_upload else _OTHERS
        if int(_length(scope)) > most:
            await _refuse(scope, receive, send, told)
            return
        await self._bounded(scope, receive, send, most, told)

    async def _bounded(
        self, scope: Scope, receive: Receive, send: Send, most: int, told: int
    ) -> None:
        """Pass a request on and count its body, for a sender who did not say how long it is."""
        received, is_over, has_begun = 0, False, False

        async def counting() -> Message:
            nonlocal received, is_over
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                is_over = True
                raise _TooLarge
            return message

        async def sending(message: Message) -> None:
            nonlocal has_begun
            # What the application makes of the broken body is not for the sender.
            if not is_over:
                has_begun = True
                await send(message)

        with suppress(_TooLarge):
            await self._app(scope, counting, sending)
        if is_over and not has_begun:
            await _refuse(scope, receive, send, told)


def _length(scope: Scope) -> str:
    length = Headers(scope=scope).get("content-length", "0")
    return length if length.isdecimal() else "0"


async def _refuse(scope: Scope, receive: Receive, send: Send, most: int) -> None:
    dropped, more = 0, True
    while more and dropped < _DRAINED * _MB:
        message = await receive()
        dropped += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)
    response = refusal(413, f"That is too large: {most} MB are taken at most. Send less at a time")
    await response(scope, receive, send)
