"""How much each caller may have uploaded at a time, and when it is deleted."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shared.logs import note
from ui.web.access.parties import Parties
from ui.web.access.refusal import refusal

KEPT_S = 3600.0
"""How long an upload counts, and after how long one that nobody took is deleted."""
_ALL = 8
"""How many times as much as one user all may have uploaded together."""
_LEAST = 100_000
"""Bytes that an upload counts at least: a file takes room and a name, however small it is."""
_MB = 1_000_000
_PATH = "/gradio_api/upload"


class Quota:
    """Bytes of the last hour by party; safe between threads."""

    def __init__(self, each: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare; `each` is in bytes, for one user."""
        self._each = each
        self._clock = clock
        self._kept: dict[str, deque[tuple[float, int]]] = {}
        self._changing = threading.Lock()

    def take(self, party: str, share: int, size: int) -> float:
        """Take room before anything is received; return 0, or the seconds until there is some."""
        size = max(size, _LEAST)
        with self._changing:
            self._expire()
            of_all = [one for each in self._kept.values() for one in each]
            of_party = list(self._kept.get(party, ()))
            wait = max(
                self._until(of_party, self._each * share, size),
                self._until(sorted(of_all), self._each * _ALL, size),
            )
            if not wait:
                self._kept.setdefault(party, deque()).append((self._clock(), size))
        return wait

    def settle(self, party: str, reserved: int, size: int) -> None:
        """Count what came in place of what was reserved for it."""
        reserved = max(reserved, _LEAST)
        with self._changing:
            kept = self._kept.get(party, deque())
            for at, (came, known) in enumerate(kept):
                if known == reserved:
                    kept[at] = (came, max(size, _LEAST))
                    return

    def _until(self, kept: list[tuple[float, int]], most: int, size: int) -> float:
        """Return in how many seconds so much of what is kept has expired that `size` has room."""
        over = sum(bytes_ for _, bytes_ in kept) + size - most
        if over <= 0:
            return 0.0
        for came, bytes_ in kept:
            over -= bytes_
            if over <= 0:
                return max(1.0, came + KEPT_S - self._clock())
        return KEPT_S

    def _expire(self) -> None:
        before = self._clock() - KEPT_S
        for party, kept in list(self._kept.items()):
            while kept and kept[0][0] <= before:
                kept.popleft()
            if not kept:
                del self._kept[party]


class Uploads:
    """Refuses an upload for which its caller has no room; to be put behind the gate."""

    def __init__(self, app: ASGIApp, parties: Parties, *, most_mb: int, each_mb: int) -> None:
        """Prepare; one upload has `most_mb` at most, those of one user in an hour `each_mb`."""
        self._app = app
        self._parties = parties
        self._most = most_mb * _MB
        self._each_mb = each_mb
        self._quota = Quota(max(most_mb, each_mb) * _MB)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or not is_upload(scope):
            await self._app(scope, receive, send)
            return
        name = scope["state"]["caller"].name
        party = self._parties.of(name)
        reserved = _length(scope) or self._most
        wait = self._quota.take(party, self._parties.share(name), reserved)
        if wait:
            response = refusal(
                429, f"{self._each_mb} MB are taken of one user in an hour. Upload more in "
                f"{round(wait / 60) or 1} min, or have who runs the page raise "
                "RESIDENCY_UPLOADS_MB_PER_HOUR", wait_s=wait,
            )  # fmt: skip
            await response(scope, receive, send)
            return
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            return message

        try:
            await self._app(scope, counting, send)
        finally:
            self._quota.settle(party, reserved, received)


def is_upload(scope: Mapping[str, object]) -> bool:
    """Tell whether a request brings files."""
    path = str(scope["path"]).rstrip("/")
    # "…/gradio_api/call/upload" is a call by that name, and brings none.
    return scope["method"] == "POST" and path.endswith(_PATH)


def delete_left(folder: Path, now: Callable[[], float] = time.time) -> int:
    """Delete what was uploaded and nobody took, and what was half sent; return how many files.

    Gradio deletes what arrived whole, and leaves what was cut off.
    """
    before, gone = now() - KEPT_S, 0
    for path in folder.rglob("*"):
        try:
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink()
                gone += 1
        except OSError as error:
            # Somebody took it meanwhile, or it cannot be deleted: then the next look tells again.
            if path.exists():
                note("upload kept", error=error.strerror)
    return gone


def _length(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() and len(length) < 12 else 0
