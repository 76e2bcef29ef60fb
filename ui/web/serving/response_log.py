"""What every response carries, and the line about it in the log."""

from __future__ import annotations

import re
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shared.logs import note

_AROUND = (
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
_POLICY = "; ".join((*_AROUND, "script-src 'none'"))
"""Of all but the page: passages, receipts, exports and whatever a user has sent run nothing."""
# Gradio makes functions of the templates of its HTML and of what listens to its components.
_PAGE_POLICY = "; ".join((*_AROUND, "script-src 'self' 'unsafe-inline' 'unsafe-eval'"))
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_PUBLIC = re.compile(r"/(?:assets|static|svelte)/|/(?:page|theme)\.css$|/favicon\.ico$")
"""What is the same for everybody and may be kept by browsers."""
_NAMES = re.compile(r"(gradio_api/(?:file=|\w+)|api/\w+|assets|static)[^?]*")
"""Of an address, what tells the route; what follows may name a file, a page or an answer."""
_PROBES = ("/healthz", "/readyz")


class Watch:
    """Adds the headers that keep the page to itself, and logs each request without its question."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._pages = (f"{prefix}/", f"{prefix}/parts")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 0

        async def answering(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                is_page = scope["path"] in self._pages
                headers.setdefault("Content-Security-Policy", _PAGE_POLICY if is_page else _POLICY)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if not _PUBLIC.search(scope["path"]):
                    # Answers, receipts and files are for their owner, and no cache on the way.
                    headers["Cache-Control"] = "no-store"
            await send(message)

        try:
            await self._app(scope, receive, answering)
        finally:
            if not scope["path"].endswith(_PROBES):
                caller = scope.get("state", {}).get("caller")
                note(
                    "request", user=caller.name if caller else None, method=scope["method"],
                    route=_route(scope["path"]), status=status or None,
                    ms=round((time.monotonic() - started) * 1000, 1),
                )  # fmt: skip


def _route(path: str) -> str:
    """Return the part of an address that says what was asked for and nothing else."""
    return _NAMES.sub(r"\1", path)[:100]
