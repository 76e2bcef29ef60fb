"""Serves the page, its API and MCP on one address, and nothing but that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from index.home.paths import Home
from index.upkeep.settled_clock import SettledClock
from ui.errors import PrefixError
from ui.mcp import mcp_server
from ui.shared import logs
from ui.shared.logs import dead_told, note
from ui.shared.opened import say
from ui.shared.retention import retained
from ui.telemetry.incoming import Door as CameBy
from ui.telemetry.incoming import Doors
from ui.telemetry.observed import Lengths, observed
from ui.web.access.call_names import NamedCalls
from ui.web.access.callers import Guests, Members, Proxied, access_of
from ui.web.access.gate import Door, Gate
from ui.web.access.limits import Guarded
from ui.web.access.login import login_routes
from ui.web.access.open_pages import Tabs
from ui.web.access.peer import Peer
from ui.web.bounds.bodies import Bodies
from ui.web.bounds.traffic import FairWork, Traffic, fair_work
from ui.web.bounds.uploads import Uploads
from ui.web.opening import gradio_style, style
from ui.web.serving.api import api_router, tell_errors
from ui.web.serving.closed import closed
from ui.web.serving.conversation_routes import conversation_routes
from ui.web.serving.ending import Ending, Server
from ui.web.serving.health import health_routes
from ui.web.serving.opening_routes import gradio_route, opening_routes
from ui.web.serving.response_log import Watch
from ui.web.serving.routes import page_routes
from ui.web.site import Site, owner_of_caller

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context
    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp

    from ui.telemetry.observer import Telemetry

_PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page is served."""

    host: str
    port: int
    """0 takes one that is free."""
    prefix: str = ""
    """Path below which everything lies, such as `/residency`; empty for none."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a served page is made of."""

    assistant: Guarded
    page: Any
    """A `gradio.Blocks`."""
    access: Guests | Members | Proxied
    ending: Ending
    tabs: Tabs
    work: FairWork
    """Whose turn it is."""
    routes: Sequence[BaseRoute] = ()
    """Further ones, with the prefix in their paths."""


def prefix_of(text: str) -> str:
    """Return a path prefix with a slash before and none after; raise PrefixError."""
    parts = [part for part in text.split("/") if part]
    if not set(text) <= _PLAIN or any(part.startswith(".") for part in parts):
        raise PrefixError(f"{text}: no path for a page. Give one such as --prefix /residency")
    return "".join(f"/{part}" for part in parts)


def serve_page(assistant: Guarded, address: Address, *, announce: Callable[[str], None]) -> None:
    """Serve until told to stop; announce the URL once the page answers.

    Raises AccessError and UsersError where it cannot be told who may come.
    """
    access = access_of(assistant.settings, address.host)
    if isinstance(access, Guests) and not access.is_alone:
        say("anybody who reaches this address may ask; RESIDENCY_USERS_FILE has them log in")
    logs.configure()
    with ExitStack() as stack:
        stack.enter_context(dead_told())
        stack.enter_context(closed())
        clock = SettledClock(Home(assistant.settings.home).clock)
        stack.enter_context(retained(lambda: {"deleted": assistant.expire()}, clock))
        stack.enter_context(assistant.following(lambda text: note("builds", said=text)))
        parts = made(assistant, access, address.prefix)
        telemetry = stack.enter_context(observed(assistant, CameBy.PAGE, queues(parts)))

        def listening(port: int) -> None:
            host = f"[{address.host}]" if ":" in address.host else address.host
            url = f"http://{host}:{port}{address.prefix}/"
            announce(f"Residency Assistant is at {url}")

        Server(
            application(parts, address, telemetry), address.host, address.port, announce=listening,
            busy=partial(_due, parts), ending=parts.ending,
        ).run()  # fmt: skip


def made(assistant: Guarded, access: Guests | Members | Proxied, prefix: str) -> Parts:
    """Return the parts of a page for an assistant; to be called within `closed`."""
    # Gradio must not be imported before `closed` is entered.
    from ui.web.bounds.page_calls import take_turns
    from ui.web.page import build_page

    site = Site(
        assistant, access.may_manage, access.may_approve, access.people,
        has_names=not isinstance(access, Guests), has_login=isinstance(access, Members),
        work=fair_work(assistant.parties, assistant.work_turns()),
    )  # fmt: skip
    routes = (
        *opening_routes(site, prefix),
        *page_routes(site, style, prefix),
        *conversation_routes(site, prefix),
    )
    page = build_page(site)
    take_turns(page, site.work)
    return Parts(assistant, page, access, Ending(), Tabs(), site.work, routes)


def application(parts: Parts, address: Address, telemetry: Telemetry | None = None) -> ASGIApp:
    """Return the whole application: the page, its API and MCP behind the one gate."""
    from ui.web.bounds.page_calls import queued

    settings, parties = parts.assistant.settings, parts.assistant.parties
    is_local = isinstance(parts.access, Guests) and parts.access.is_alone
    door = Door(address.prefix, is_local, parts.ending)
    uploads = Uploads(
        _inner(parts, address.prefix), parties,
        most_mb=settings.max_upload_mb, each_mb=settings.uploads_mb_per_hour,
    )  # fmt: skip
    traffic = Traffic(
        NamedCalls(uploads, address.prefix, parts.tabs), address.prefix, parts.work, parts.tabs,
        per_minute=settings.requests_per_minute, queued=partial(queued, parts.page, parts.work),
    )  # fmt: skip
    gate = Gate(traffic, parts.access, door, parts.tabs, parties)
    watched: ASGIApp = Watch(Bodies(gate, settings.max_upload_mb), address.prefix)
    if telemetry is not None:
        watched = Doors(watched, address.prefix, telemetry.responded)
    return Peer(watched, settings.proxy_addresses)


def _inner(parts: Parts, prefix: str) -> FastAPI:
    def owner_of(call: Context[Any, Request]) -> str:
        request = call.request_context.request
        if request is None:
            raise RuntimeError("a call of a tool came without a request")
        return owner_of_caller(request.state.caller)

    tools = mcp_server(parts.assistant, owner_of, parts.work.turn)
    mcp_routes = _mcp_routes(tools, prefix)

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:  # noqa: ARG001
        _allow_waiting(parts.assistant.settings.queue)
        async with tools.session_manager.run(), _giving_back(parts):
            yield

    app = FastAPI(
        title="Residency Assistant", docs_url=None, redoc_url=None,
        openapi_url=f"{prefix}/api/openapi.json", lifespan=running,
        # What is told of requests is told by `ui.telemetry`, without what is asked in them.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )  # fmt: skip
    tell_errors(app)
    app.routes.extend(health_routes(parts.assistant, parts.ending, prefix))
    if isinstance(parts.access, Members):
        app.routes.extend(login_routes(parts.access, prefix))
    app.include_router(api_router(parts.assistant, prefix))
    app.routes.extend((*mcp_routes, *parts.routes))
    return _with_page(app, parts, prefix)


@asynccontextmanager
async def _giving_back(parts: Parts) -> AsyncIterator[None]:
    """Give back what is kept of pages that were left, for the time of a block."""
    from ui.web.bounds.left_pages import LeftPages

    left = LeftPages(parts.page, parts.tabs, parts.assistant.parties)
    task = asyncio.create_task(left.keep_giving_back())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _mcp_routes(tools: Any, prefix: str) -> Sequence[BaseRoute]:
    from mcp.server.transport_security import TransportSecuritySettings

    # The gate has looked at hosts and origins; a session here would outlive a login.
    return tuple(
        tools.streamable_http_app(
            streamable_http_path=f"{prefix}/mcp", stateless_http=True, json_response=True,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        ).routes
    )  # fmt: skip


def _with_page(app: FastAPI, parts: Parts, prefix: str) -> FastAPI:
    import gradio as gr

    from ui.web.bounds.page_sessions import begin_from_copies
    from ui.web.theme import theme

    async def user_of(request: Request) -> str:
        """Tell Gradio who asks; the gate has looked at whose page and work the request names."""
        return str(request.state.caller.name)

    _note_events(parts.page, parts.tabs)
    app.routes.append(gradio_route(app, prefix))
    mounted: FastAPI = gr.mount_gradio_app(
        app, parts.page, path=prefix or "/", auth_dependency=user_of,
        theme=theme(), css=gradio_style(), ssr_mode=False, footer_links=[],
        enable_monitoring=False, run_history=False, pwa=False, mcp_server=False,
        max_file_size=f"{parts.assistant.settings.max_upload_mb}mb",
    )  # fmt: skip
    begin_from_copies(parts.page)
    return mounted


def _note_events(page: Any, tabs: Tabs) -> None:
    """Have whoever asks a page for work be known as its owner, also when it is done."""
    queue = page._queue
    push = queue.push

    async def noting(body: Any, request: Request, username: str) -> Any:
        done, event, state = await push(body=body, request=request, username=username)
        if done:
            tabs.note_event(event, username)
        return done, event, state

    queue.push = noting


def _allow_waiting(questions: int) -> None:
    """Have threads for all questions that may wait, beside those that serve the page."""
    from anyio.to_thread import current_default_thread_limiter

    current_default_thread_limiter().total_tokens += questions


def _due(parts: Parts) -> int:
    """Return how many answers are due, counting those that wait in Gradio's queue."""
    return parts.assistant.inside + _queued(parts)


def queues(parts: Parts) -> Lengths:
    """Return what questions of a page wait in, with how many there are."""
    return (
        ("questions", lambda: parts.assistant.inside),
        ("turns", lambda: parts.assistant.waiting),
        ("page", lambda: _queued(parts)),
        ("records", lambda: parts.assistant.kept.waiting),
    )


def _queued(parts: Parts) -> int:
    """Return how many calls are in Gradio's own queue."""
    return len(parts.page._queue.event_ids_to_events)
