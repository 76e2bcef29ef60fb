"""What a call of Gradio's interface names: pages and events, which belong to somebody each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import Message, Receive

from ui.web.access.open_pages import Tabs

_HEARTBEAT = "heartbeat/"
_CALL = "call/"
_UPLOAD = "upload"
_SAFE = ("GET", "HEAD")
_IN_QUERY = ("session_hash", "upload_id")


@dataclass(frozen=True, slots=True)
class Named:
    """Pages and events that a call is about."""

    tabs: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def are_of(self, name: str, tabs: Tabs) -> bool:
        """Tell whether all of them are one caller's; what nobody has is the caller's from now."""
        return all(tabs.claim(tab, name) for tab in self.tabs) and all(
            tabs.claim_event(event, name) for event in self.events
        )


def named_in_address(request: HTTPConnection, rest: str) -> Named:
    """Return what an address names; `rest` is the path below Gradio's interface, "" for others."""
    tabs = [tab for key in _IN_QUERY for tab in request.query_params.getlist(key)]
    if rest.startswith(_HEARTBEAT):
        tabs.append(rest.removeprefix(_HEARTBEAT))
    is_heard = rest.startswith(_CALL) and request.scope["method"] in _SAFE
    return Named(tuple(filter(None, tabs)), (rest.rpartition("/")[2],) if is_heard else ())


def has_named_body(method: str, rest: str) -> bool:
    """Tell whether a call of Gradio's interface names pages or events in its body.

    Whatever type the body is said to have: what is read as JSON is for Gradio to say. A file that
    is uploaded names none.
    """
    return method not in _SAFE and rest.strip("/") not in ("", _UPLOAD)


async def read_body(receive: Receive) -> bytes | None:
    """Return the body of a request, None where the sender left before its end."""
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def named_in_body(body: bytes) -> Named:
    """Return what a body of JSON names. Raises ValueError for one that is none."""
    try:
        given: Any = json.loads(body) if body else None
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(given, dict):
        return Named()
    tab, event = given.get("session_hash"), given.get("event_id")
    return Named((str(tab),) if tab else (), (str(event),) if event else ())


def again(body: bytes, receive: Receive) -> Receive:
    """Return what gives out a body that was read, and after it what comes next."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
