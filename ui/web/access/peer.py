"""Who is at the other end of a connection, and whose forwarded headers are believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_FORWARDED = (b"forwarded", b"x-forwarded", b"x-real-ip")
_NEVER = b"x-gradio-server"
"""By it Gradio lets anybody say where the page is."""


class Peer:
    """Notes the address of the connection, and drops what only a proxy may say."""

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self._app = app
        self._believing = ProxyHeadersMiddleware(app, list(proxies))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if scope.get("client"):
            scope = {**scope, "client": (_plain(scope["client"][0]), scope["client"][1])}
        peer = scope["client"][0] if scope.get("client") else ""
        headers = [pair for pair in scope["headers"] if pair[0] != _NEVER]
        state = {**scope.get("state", {}), "peer": peer}
        if peer in self._believing.trusted_hosts:
            scope = {**scope, "headers": headers, "state": state}
            await self._believing(scope, receive, send)  # type: ignore[arg-type]
            return
        own = [pair for pair in headers if not pair[0].startswith(_FORWARDED)]
        state["forwarded"] = len(own) < len(headers)
        await self._app({**scope, "headers": own, "state": state}, receive, send)


def _plain(host: str) -> str:
    """Return an address as settings name it: a server on IPv6 sees IPv4's in another form."""
    try:
        mapped = ipaddress.IPv6Address(host).ipv4_mapped
    except ValueError:
        return host
    return host if mapped is None else str(mapped)
