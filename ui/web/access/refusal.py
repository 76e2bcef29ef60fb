"""A request that is turned away, told as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse

from ui.shared.telling.without_paths import told

_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    408: "too_slow",
    413: "too_large",
    422: "invalid",
    429: "too_many",
    503: "unavailable",
}


def refusal(
    status: int, message: str, *, wait_s: float = 0, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return the response for a request that is turned away."""
    known = dict(headers or {})
    if wait_s:
        known["Retry-After"] = str(max(1, round(wait_s)))
    message = told(message)
    error = {"code": _CODES.get(status, "error"), "message": message}
    # Gradio's page and client show what is under `detail`.
    return JSONResponse({"error": error, "detail": message}, status, headers=known)
