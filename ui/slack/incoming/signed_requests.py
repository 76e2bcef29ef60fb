"""The address at which Slack's requests arrive; who has not signed them is told nothing else."""

from __future__ import annotations

import asyncio

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ui.shared.logs import note

PATH = "/slack/events"
_LARGEST = 2**20
"""Bytes of a request; Slack's own are smaller by far."""
_PATIENCE_S = 30.0
"""How long a body may take; Slack gives up on an answer after three seconds."""
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What comes of a body that is not made as Bolt takes for granted."""


def http_app(app: App, secret: str) -> Starlette:
    """Return the web application that lets signed requests through to Bolt."""
    verifier = SignatureVerifier(secret)

    async def events(request: Request) -> Response:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                body = await _read(request)
        except ClientDisconnect:
            return PlainTextResponse("gone", 400)
        except TimeoutError:
            return PlainTextResponse("too slow", 408, headers={"Connection": "close"})
        if body is None:
            return PlainTextResponse("too large", 413)
        # Looked at before anything is made of it: what nobody signed is not even parsed.
        if not _is_signed(verifier, body, request):
            return PlainTextResponse("not signed by Slack", 401)
        return await run_in_threadpool(dispatched, body, request)

    def dispatched(body: bytes, request: Request) -> Response:
        try:
            bolt = BoltRequest(body=body.decode(), headers=dict(request.headers))
        except _UNREADABLE as error:
            note("not readable", error=type(error).__name__)
            return PlainTextResponse("not readable", 400)
        return to_starlette_response(app.dispatch(bolt))

    async def alive(request: Request) -> Response:  # noqa: ARG001
        return PlainTextResponse("ok")

    return Starlette(
        routes=[Route(PATH, events, methods=["POST"]), Route("/healthz", alive, methods=["GET"])]
    )


def _is_signed(verifier: SignatureVerifier, body: bytes, request: Request) -> bool:
    try:
        return bool(
            verifier.is_valid(
                body,
                request.headers.get("x-slack-request-timestamp", ""),
                request.headers.get("x-slack-signature", ""),
            )
        )
    except (ValueError, TypeError, OverflowError):
        # A time that is no number or beyond all, or a signature of characters that none has.
        return False


async def _read(request: Request) -> bytes | None:
    """Return the body of a request; None for one beyond the limit."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > _LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)
