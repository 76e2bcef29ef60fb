"""Whether the server lives, and whether it can answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from fastapi import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.app import Assistant
from index.errors import IndexingError


def health_routes(
    assistant: Assistant, closing: Callable[[], bool], prefix: str
) -> Sequence[Route]:
    """Return `/healthz` and `/readyz`, at the root and below the prefix."""

    async def alive(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    def ready(request: Request) -> Response:
        checks = readiness(assistant, closing=closing())
        is_ready = all(check["ok"] for check in checks.values())
        said = {"status": "ok" if is_ready else "unavailable", "checks": checks}
        return JSONResponse(said, 200 if is_ready else 503)

    return [
        Route(f"{base}{path}", what)
        for base in sorted({"", prefix})
        for path, what in (("/healthz", alive), ("/readyz", ready))
    ]


def readiness(assistant: Assistant, *, closing: bool) -> dict[str, dict[str, object]]:
    """Return what has to hold for a question to be answered, without secrets and paths."""
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
    return {"index": index, "taking_questions": {"ok": not closing}}
