"""The one way in: who asks, from where, and for what, ahead of the whole application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import StoreUnusable
from ui.web.access.call_names import GRADIO, named_in_address, not_there, of_gradio
from ui.web.access.callers import COOKIE, Access, Caller, Refused, is_loopback, unable
from ui.web.access.open_pages import Tabs
from ui.web.access.parties import Parties
from ui.web.access.refusal import refusal

_OPEN = ("/healthz", "/readyz")
_SAFE = ("GET", "HEAD")
_USED = (
    "app_id", "call/", "cancel", "file=", "heartbeat/", "info", "login_check", "queue/data",
    "queue/join", "reset", "startup-events", "theme.css", "upload", "upload_progress", "user",
)  # fmt: skip
"""What the page and its clients use of Gradio's interface; the rest is not there."""
_UNUSED = ("/monitoring", "/dev/", "/pwa_icon", "/manifest.json")
_FOREIGN_FILE = ("file=http:", "file=https:")
"""Addresses that Gradio would fetch for whoever asks."""
_CLOSING_S = 5


@dataclass(frozen=True, slots=True)
class Door:
    """What is let in."""

    prefix: str
    """Path that everything lies below, such as `/residency`; empty for none."""
    is_local: bool
    """True where only browsers of this machine may come, and nobody on behalf of others."""
    closing: Callable[[], bool] = lambda: False
    """Tells whether the server is about to end and takes nothing new."""


class Gate:
    """Lets a request pass with its caller in `request.state.caller`, or turns it away."""

    def __init__(
        self, app: ASGIApp, access: Access, door: Door, tabs: Tabs, parties: Parties
    ) -> None:
        """Prepare; with whom a caller is counted is noted in `parties`."""
        self._app = app
        self._parties = parties
        self._access = access
        self._door = door
        self._tabs = tabs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        place = self._place(scope["path"])
        turned = self._unwelcome(request, place)
        if turned is None and not self._is_open(place):
            found = await self._caller(request)
            if isinstance(found, Refused):
                turned = self._stranger(request, place, found)
            else:
                turned = self._let_in(request, place, found)
                send = self._with_cookie(send, found, scope["scheme"])
        if turned is None:
            # With an origin named, Gradio would let pages of that origin read the answer.
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"origin"]
            await self._app(scope, receive, send)
        else:
            await turned(scope, receive, send)

    def _place(self, path: str) -> str:
        """Return the path below the prefix."""
        below = path.removeprefix(self._door.prefix)
        return below if below.startswith("/") or not below else path

    def _is_open(self, place: str) -> bool:
        return place in _OPEN or (place.rstrip("/") == "/login" and hasattr(self._access, "log_in"))

    def _unwelcome(self, request: HTTPConnection, place: str) -> Response | None:
        """Return the answer to a request that nobody may make, whoever it is."""
        method = request.scope["method"]
        if place in _OPEN:
            return None
        if self._door.is_local and (
            request.scope["state"].get("forwarded") or not _is_here(request)
        ):
            return refusal(
                403, "This page is for browsers of its own machine, by the address localhost"
            )
        if method == "OPTIONS" or (method not in _SAFE and _is_foreign(request)):
            return refusal(403, "Requests from the pages of other sites are not taken")
        if not _is_used(place):
            return refusal(404, "There is nothing at this address")
        if method not in _SAFE and self._door.closing():
            return refusal(
                503, "The server is being stopped. Ask again in a moment", wait_s=_CLOSING_S
            )
        return None

    async def _caller(self, request: HTTPConnection) -> Caller | Refused:
        peer = request.scope["state"].get("peer", "")
        try:
            if self._access.asks or "authorization" in request.headers:
                # Asking a database takes a while, and so does hashing a password.
                return await run_in_threadpool(self._access.caller, request, peer)
            return self._access.caller(request, peer)
        except StoreUnusable as error:
            return unable(error)

    def _stranger(self, request: HTTPConnection, place: str, found: Refused) -> Response:
        """Return the answer to a caller who is not known: the login page, for a person."""
        is_reading = "text/html" in request.headers.get("accept", "")
        if found.log_in and is_reading and request.scope["method"] in _SAFE:
            return RedirectResponse(f"{self._door.prefix}/login", 303)
        headers = {}
        if found.log_in and place.startswith(("/api/", "/mcp")):
            headers["WWW-Authenticate"] = 'Basic realm="Residency Assistant", charset="UTF-8"'
        return refusal(found.status, found.message, wait_s=found.wait_s, headers=headers)

    def _let_in(self, request: HTTPConnection, place: str, caller: Caller) -> Response | None:
        """Note the caller; return the answer to one who speaks of somebody else's page."""
        request.state.caller = caller
        self._parties.note(caller.name, caller.party)
        named = named_in_address(request, of_gradio(place))
        return None if named.are_of(caller.name, self._tabs) else not_there()

    def _with_cookie(self, send: Send, caller: Caller, scheme: str) -> Send:
        if not caller.cookie:
            return send

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                value = cookie(
                    caller.cookie, self._access.cookie_s, self._door.prefix, scheme == "https"
                )
                MutableHeaders(scope=message).append("Set-Cookie", value)
            await send(message)

        return sending


def cookie(token: str, seconds: int, prefix: str, is_secure: bool) -> str:
    """Return the header that gives a browser its cookie, or takes it away after 0 seconds."""
    secure = "; Secure" if is_secure else ""
    return (
        f"{COOKIE}={token}; Path={prefix or '/'}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    )


def _is_used(place: str) -> bool:
    """Tell whether the page has use for an address of Gradio's; others are ours."""
    if not place.startswith(GRADIO):
        return not place.startswith(_UNUSED)
    rest = of_gradio(place)
    return rest.startswith(_USED) and not rest.lower().startswith(_FOREIGN_FILE)


def _is_foreign(request: HTTPConnection) -> bool:
    """Tell whether a browser sends it for a page of another site."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != _host(request)


def _host(request: HTTPConnection) -> str:
    return request.headers.get("x-forwarded-host") or request.headers.get("host", "")


def _is_here(request: HTTPConnection) -> bool:
    """Tell whether the page was called by an address of this machine: other names may lead here
    in the hands of another site.
    """
    return is_loopback(urlsplit(f"//{request.headers.get('host', '')}").hostname or "")
