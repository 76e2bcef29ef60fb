"""What the page's own script calls: answers as they come, conversations, judgements; each caller's
own alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ui.web.ask_tab.answering import Asked, Judgement, Shown, judged, opened, reply
from ui.web.ask_tab.history_drawer import LONGEST_WORDS, Change, change, listed
from ui.web.serving.answer_stream import Steps
from ui.web.site import Site, owner_of_caller

Body = TypeVar("Body")
_ASKED = TypeAdapter(Asked)
_JUDGED = TypeAdapter(Judgement)
_CHANGED = TypeAdapter(Change)
_SHOWN = TypeAdapter(Shown)


class Malformed(Exception):
    """The body of a request is not what the page sends; its text says what of it."""


def conversation_routes(site: Site, prefix: str) -> Sequence[Route]:
    """Return the routes; they raise AssistantError and Malformed for the application to tell."""

    async def answers(request: Request) -> Response:
        asked = await _body(request, _ASKED)
        return Steps(reply(site, asked, _owner(request)), Shown)

    def exchanges(request: Request) -> Response:
        shown = opened(site, _owner(request), _short(request.query_params, "thread"))
        return Response(_SHOWN.dump_json(shown), media_type="application/json")

    def conversations(request: Request) -> Response:
        asked = request.query_params
        words, current = (_short(asked, name) for name in ("words", "thread"))
        return HTMLResponse(listed(site, _owner(request), words, current))

    async def changed(request: Request) -> Response:
        wanted = await _body(request, _CHANGED)
        await run_in_threadpool(change, site, _owner(request), wanted)
        return Response(status_code=204)

    async def judgements(request: Request) -> Response:
        judgement = await _body(request, _JUDGED)
        return HTMLResponse(await run_in_threadpool(judged, site, judgement, _owner(request)))

    return (
        Route(f"{prefix}/answers", answers, methods=["POST"]),
        Route(f"{prefix}/exchanges", exchanges),
        Route(f"{prefix}/conversations", conversations, methods=["GET"]),
        Route(f"{prefix}/conversations", changed, methods=["POST"]),
        Route(f"{prefix}/judgements", judgements, methods=["POST"]),
    )


def _owner(request: Request) -> str:
    return owner_of_caller(request.state.caller)


def _short(given: Mapping[str, str], name: str) -> str:
    """Return a word of an address. Raises Malformed."""
    words = given.get(name, "")
    if len(words) > LONGEST_WORDS:
        raise Malformed(f"{name}: it has more than {LONGEST_WORDS} characters. Shorten it")
    return words


async def _body(request: Request, kind: TypeAdapter[Body]) -> Body:
    """Return what a request carries. Raises Malformed."""
    try:
        return kind.validate_json(await request.body())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the request"
        raise Malformed(f"{place}: {first['msg']}. Load the page again") from error
