"""Bounds what a request may carry and how long that takes, without keeping it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.access.refusal import refusal
from ui.web.bounds.uploads import is_upload

_KB = 1_000
_MB = 1_000_000
_FORM = _MB
"""Bytes that the form around an uploaded file may take."""
_LOGIN = 16 * _KB
_OTHERS = 2 * _MB
_DRAINED = 200 * _MB
"""Bytes that are read and dropped for the sender to hear the answer."""
_PATIENCE_S = 30.0
"""How long a sender may be silent at the beginning, and how long what is dropped may take."""
_SLOWEST = 10 * _KB
"""Bytes a second that a body has to come with, on the whole."""


class _TooLarge(Exception):
    """A body grew beyond its bound."""


class _TooSlow(Exception):
    """A body did not come in time."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """How many bytes a body may have, and how that is told."""

    most: int
    told: str


class Bodies:
    """Answers 413 to a body beyond its bound: for uploads that of the settings, 16 kB for a login,
    2 MB elsewhere; and 408 to one that comes too slowly.
    """

    def __init__(self, app: ASGIApp, upload_mb: int) -> None:
        self._app = app
        self._upload = _Bound(upload_mb * _MB + _FORM, f"{upload_mb} MB")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bound = self._bound(scope)
        if int(_length(scope)) > bound.most:
            await _refuse(scope, receive, send, bound)
            return
        await self._bounded(scope, receive, send, bound)

    def _bound(self, scope: Scope) -> _Bound:
        if is_upload(scope):
            return self._upload
        if scope["path"].rstrip("/").endswith("/login"):
            return _Bound(_LOGIN, f"{_LOGIN // _KB} kB")
        return _Bound(_OTHERS, f"{_OTHERS // _MB} MB")

    async def _bounded(self, scope: Scope, receive: Receive, send: Send, bound: _Bound) -> None:
        """Pass a request on and look at its body: a sender may not say how long it is."""
        over: type[Exception] | None = None
        has_begun = False

        def broken(how: type[Exception]) -> Exception:
            nonlocal over
            over = how
            return how()

        async def sending(message: Message) -> None:
            nonlocal has_begun
            # What the application makes of the broken body is not for the sender.
            if over is None:
                has_begun = True
                await send(message)

        with suppress(_TooLarge, _TooSlow):
            await self._app(scope, _looking(receive, bound.most, broken), sending)
        if over is None or has_begun:
            return
        if over is _TooLarge:
            await _refuse(scope, receive, send, bound)
        else:
            response = refusal(
                408, "What you sent did not arrive in time. Send it again", headers=_CLOSING
            )
            await response(scope, receive, send)


_CLOSING = {"Connection": "close"}


def _looking(
    receive: Receive, most: int, broken: Callable[[type[Exception]], Exception]
) -> Receive:
    """Return what receives a body within its bounds, and raises what `broken` makes of it."""
    loop = asyncio.get_running_loop()
    until, received, is_whole = loop.time() + _PATIENCE_S, 0, False

    async def looking() -> Message:
        nonlocal until, received, is_whole
        if is_whole:
            # What comes after is that the other side has left, whenever that is.
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            raise broken(_TooSlow) from None
        size = len(message.get("body", b""))
        received += size
        until += size / _SLOWEST
        is_whole = not message.get("more_body", False)
        if received > most:
            raise broken(_TooLarge)
        return message

    return looking


def _length(scope: Scope) -> str:
    length = Headers(scope=scope).get("content-length", "0")
    return length if length.isdecimal() else "0"


async def _refuse(scope: Scope, receive: Receive, send: Send, bound: _Bound) -> None:
    dropped, more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_S):
            while more and dropped < _DRAINED:
                message = await receive()
                dropped += len(message.get("body", b""))
                more = message["type"] == "http.request" and message.get("more_body", False)
    words = f"That is too large: {bound.told} are taken at most. Send less at a time"
    response = refusal(413, words)
    await response(scope, receive, send)
