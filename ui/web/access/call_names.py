"""What a call of Gradio's interface names: pages and events, which belong to somebody each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.access.open_pages import Tabs
from ui.web.access.refusal import refusal

GRADIO = "/gradio_api/"
_HEARTBEAT = "heartbeat/"
_CALL = "call/"
_UPLOAD = "upload"
_SAFE = ("GET", "HEAD")
_IN_QUERY = ("session_hash", "upload_id")
_PAGES = 2
"""A page and an upload, which Gradio names apart."""
_APART = 64_000
"""Bytes from which a body is parsed in a thread: the event loop is everybody's."""


@dataclass(frozen=True, slots=True)
class Named:
    """Pages and events that a call is about."""

    tabs: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def are_of(self, name: str, tabs: Tabs) -> bool:
        """Tell whether all of them are one caller's; what nobody has is the caller's from now.

        A call is about one page: who names several makes up names.
        """
        if len(set(self.tabs)) > _PAGES:
            return False
        return all(tabs.claim(tab, name) for tab in self.tabs) and all(
            tabs.claim_event(event, name) for event in self.events
        )


class NamedCalls:
    """Turns away calls of Gradio's interface that name in their body what is somebody else's.

    To be put behind what counts requests: a body is read and parsed for those alone who may.
    """

    def __init__(self, app: ASGIApp, prefix: str, tabs: Tabs) -> None:
        self._app = app
        self._prefix = prefix
        self._tabs = tabs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        caller = scope.get("state", {}).get("caller") if scope["type"] == "http" else None
        place = scope["path"].removeprefix(self._prefix) if caller is not None else ""
        if caller is None or not _has_named_body(scope["method"], of_gradio(place)):
            await self._app(scope, receive, send)
            return
        body = await _read_body(receive)
        if body is None:
            return
        turned = await self._turned(body, caller.name)
        await (turned or self._app)(scope, _again(body, receive), send)

    async def _turned(self, body: bytes, name: str) -> Response | None:
        try:
            if len(body) > _APART:
                named = await run_in_threadpool(_named_in_body, body)
            else:
                named = _named_in_body(body)
        except ValueError:
            return refusal(422, "What was sent is no JSON. Load the page again")
        return None if named.are_of(name, self._tabs) else not_there()


def not_there() -> Response:
    """Return the answer to a call about somebody else's page."""
    return refusal(404, "There is no such page. Load it again")


def of_gradio(place: str) -> str:
    """Return the path below Gradio's interface, empty for one that is not of it."""
    return place.removeprefix(GRADIO) if place.startswith(GRADIO) else ""


def named_in_address(request: HTTPConnection, rest: str) -> Named:
    """Return what an address names; `rest` is the path below Gradio's interface, "" for others."""
    tabs = [tab for key in _IN_QUERY for tab in request.query_params.getlist(key)]
    if rest.startswith(_HEARTBEAT):
        tabs.append(rest.removeprefix(_HEARTBEAT))
    is_heard = rest.startswith(_CALL) and request.scope["method"] in _SAFE
    return Named(tuple(filter(None, tabs)), (rest.rpartition("/")[2],) if is_heard else ())


def _has_named_body(method: str, rest: str) -> bool:
    """Tell whether a call of Gradio's interface names pages or events in its body.

    Whatever type the body is said to have: what is read as JSON is for Gradio to say. A file that
    is uploaded names none.
    """
    return method not in _SAFE and rest.strip("/") not in ("", _UPLOAD)


async def _read_body(receive: Receive) -> bytes | None:
    """Return the body of a request, None where the sender left before its end."""
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _named_in_body(body: bytes) -> Named:
    """Return what a body of JSON names. Raises ValueError for one that is none."""
    try:
        given: Any = json.loads(body) if body else None
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(given, dict):
        return Named()
    tab, event = given.get("session_hash"), given.get("event_id")
    return Named((str(tab),) if tab else (), (str(event),) if event else ())


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what gives out a body that was read, and after it what comes next."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
