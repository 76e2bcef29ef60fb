"""Whether the server lives, and whether it can answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from fastapi import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.app import Assistant
from assistant.settings import database_of
from index.errors import IndexingError, StoreUnusable
from index.home.database_server import DatabaseServer
from ui.shared.logs import dead_threads
from ui.web.serving.home_stores import faults

Faults = Mapping[str, str]
"""What is wrong with stores, by their names."""
_FRESH_S = 1.0
_DATABASE = "database"
_STORES = "stores"
_THREADS = "threads"
_GOES_ON = {_DATABASE, _STORES, _THREADS}
"""What answers go on without."""


def health_routes(
    assistant: Assistant, closing: Callable[[], bool], prefix: str
) -> Sequence[Route]:
    """Return `/healthz` and `/readyz`, at the root and below the prefix."""

    async def alive(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    looked = LastLook(lambda: faults(assistant.settings))

    def ready(request: Request) -> Response:
        checks = readiness(assistant, closing=closing(), stores=looked())
        status = _status(checks)
        code = 503 if status == "unavailable" else 200
        return JSONResponse({"status": status, "checks": checks}, code)

    return [
        Route(f"{base}{path}", what)
        for base in sorted({"", prefix})
        for path, what in (("/healthz", alive), ("/readyz", ready))
    ]


class LastLook:
    """What a look at the stores found, for a second: anybody may ask, and each look opens all."""

    def __init__(self, look: Callable[[], Faults]) -> None:
        self._look = look
        self._looking = threading.Lock()
        self._until = 0.0
        self._found: Faults = {}

    def __call__(self) -> Faults:
        """Return what is wrong; of many who ask at once, one looks."""
        with self._looking:
            if time.monotonic() >= self._until:
                self._found = self._look()
                self._until = time.monotonic() + _FRESH_S
            return self._found


def readiness(
    assistant: Assistant, *, closing: bool, stores: Faults
) -> dict[str, dict[str, object]]:
    """Return what has to hold for a question to be answered, without secrets and paths.

    `stores` are the faults that were found in the stores of the home.
    """
    try:
        manifest = assistant.index.manifest
    except IndexingError as error:
        index: dict[str, object] = {"ok": False, "error": type(error).__name__}
    else:
        age = datetime.now(UTC) - datetime.fromisoformat(manifest.created)
        index = {
            "ok": True,
            "build": manifest.id,
            "documents": len(manifest.documents),
            "age_hours": round(age.total_seconds() / 3600, 1),
        }
    checks: dict[str, dict[str, object]] = {"index": index, "taking_questions": {"ok": not closing}}
    checks[_STORES] = {"ok": not stores, **({"faults": stores} if stores else {})}
    dead = dead_threads()
    checks[_THREADS] = {"ok": not dead, **({"dead": dead} if dead else {})}
    server = database_of(assistant.settings)
    return checks if server is None else {**checks, _DATABASE: _reached(server)}


def _status(checks: Mapping[str, Mapping[str, object]]) -> str:
    """Return what a balancer goes by.

    All replicas have the one database. Were each of them unavailable without it, nobody would be
    told what is away; and what a store of the home does not keep, its answers tell.
    """
    failed = {name for name, check in checks.items() if not check["ok"]}
    if failed - _GOES_ON:
        return "unavailable"
    return "degraded" if failed else "ok"


def _reached(server: DatabaseServer) -> dict[str, object]:
    # Loading SQLAlchemy takes a while, and only who has set a server needs it.
    from ui.shared.replicas.reached import reach

    try:
        reach(server)
    except StoreUnusable as error:
        return {"ok": False, "error": type(error).__name__}
    return {"ok": True}
