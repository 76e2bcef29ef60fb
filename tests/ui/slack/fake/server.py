"""The fake Slack as a web server, in a thread of the test or in a process of its own."""

from __future__ import annotations

import asyncio
import inspect
import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from tests.ui.slack.fake import chat, reading  # noqa: F401  (they enter their methods)
from tests.ui.slack.fake.chat import checked, with_ids
from tests.ui.slack.fake.control import Control, Seen
from tests.ui.slack.fake.methods import METHODS, arguments, fault, unknown
from tests.ui.slack.fake.socket_mode import SEND, Sockets
from tests.ui.slack.fake.trouble import Trouble, Troubles
from tests.ui.slack.fake.world import (
    APP_TOKEN,
    RESPONSES,
    Call,
    Json,
    Posted,
    Refused,
    Shown,
    Workspace,
    World,
)

HOST = "127.0.0.1"
_READY_S = 10.0
_BACKLOG = 2048


@dataclass(slots=True)
class _Outcome:
    """How a call is answered."""

    body: Any
    status: int = 200
    headers: dict[str, str] | None = None


class Server:
    """One fake Slack on one port."""

    def __init__(self, port: int = 0) -> None:
        self._listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listening.bind((HOST, port))
        self._listening.listen(_BACKLOG)
        self.url = f"http://{HOST}:{self._listening.getsockname()[1]}"
        self.world = World()
        self._troubles = Troubles()
        self._sockets = Sockets(self.world)
        self._control = Control(self.world, self._sockets, self._troubles, self.url)
        self._seen = Seen(self.world, self._sockets, self._troubles)
        config = uvicorn.Config(
            _keeping_send(self._app()), log_level="error", http="h11", ws="websockets-sansio",
            lifespan="off", timeout_graceful_shutdown=1, backlog=_BACKLOG, access_log=False,
            # Longer than clients keep one: none finds a connection closed that it is about to use.
            timeout_keep_alive=3600,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self.run, name="fake-slack", daemon=True)

    def run(self) -> None:
        """Serve until it is told to stop."""
        self._server.run(sockets=[self._listening])

    def start(self) -> None:
        """Serve in a thread; return once requests are taken."""
        self._thread.start()
        end = time.monotonic() + _READY_S
        while not self._server.started:
            if time.monotonic() > end:
                raise TimeoutError("the fake Slack did not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """End the thread."""
        self._server.should_exit = True
        self._thread.join(_READY_S)

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/{method}", self._call, methods=["GET", "POST"]),
                Route("/respond/{reply}", self._respond, methods=["POST"]),
                Route("/_fake/{verb}", self._do, methods=["POST"]),
                Route("/_fake/{name}", self._look, methods=["GET"]),
                WebSocketRoute("/link/", self._link),
            ]
        )

    async def _do(self, request: Request) -> Response:
        verb = getattr(self._control, request.path_params["verb"])
        done = verb(**await request.json())
        return JSONResponse(await done if inspect.isawaitable(done) else done)

    async def _look(self, request: Request) -> Response:
        looked = getattr(self._seen, request.path_params["name"])
        return JSONResponse(looked(**request.query_params))

    async def _link(self, websocket: WebSocket) -> None:
        await self._sockets.talk(websocket)

    async def _call(self, request: Request) -> Response:
        """One method of the Web API, with whatever trouble is due."""
        method = request.path_params["method"]
        given = arguments(await _given(request))
        token = str(given.pop("token", "") or "")
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or token
        space = next((one for one in self.world.workspaces.values() if one.token == token), None)
        call = self.world.record(method, space.id if space else "", given)

        def performed() -> _Outcome:
            return self._performed(call, token, space)

        return await self._troubled(request, call, performed)

    def _performed(self, call: Call, token: str, space: Workspace | None) -> _Outcome:
        """Do what a call asks for; the outcome is noted in the call."""
        headers = {"x-slack-req-id": f"fake-{call.number}"}
        try:
            if call.method == "apps.connections.open":
                result: Json = {"url": self._ticket(token, call)}
            elif space is None:
                raise Refused("invalid_auth" if token else "not_authed")
            elif space.gone:
                raise Refused(space.gone)
            elif call.method not in METHODS:
                raise fault(self.world, "unknown_method", call.method)
            else:
                self.world.faults += unknown(call.method, call.arguments)
                headers |= {"x-oauth-scopes": ",".join(space.scopes)}
                result = METHODS[call.method](self.world, space, call.arguments)
        except Refused as refused:
            call.outcome = refused.code
            body: Json = {"ok": False, "error": refused.code}
            if refused.why:
                body["response_metadata"] = {"messages": list(refused.why)}
            return _Outcome(body, headers=headers)
        call.outcome, call.effect, call.result = "ok", True, result
        return _Outcome({"ok": True} | result, headers=headers)

    def _ticket(self, token: str, call: Call) -> str:
        if token != APP_TOKEN:
            raise Refused("invalid_auth" if token else "not_authed")
        return f"ws://{self.url.removeprefix('http://')}/link/?ticket={call.number}&app_id=A0FAKE"

    async def _respond(self, request: Request) -> Response:
        """One use of a response_url."""
        reply = self.world.replies.get(request.path_params["reply"])
        try:
            given = arguments(json.loads(await request.body()))
        except ValueError:
            given = {}
        call = self.world.record("respond", reply.team if reply else "", given)

        def performed() -> _Outcome:
            return self._responded(call, request.path_params["reply"])

        return await self._troubled(request, call, performed)

    def _responded(self, call: Call, name: str) -> _Outcome:
        reply = self.world.replies.get(name)
        given = call.arguments
        try:
            if reply is None or reply.uses >= RESPONSES:
                raise Refused("used_url")
            reply.uses += 1
            space = self.world.workspaces[reply.team]
            if not given.get("delete_original"):
                checked(self.world, space, given, reply.channel, reply.thread, {reply.user})
                self._show(reply.team, reply.channel, reply.user, reply.thread, given, space)
        except Refused as refused:
            call.outcome = refused.code
            return _Outcome(refused.code, status=404 if refused.code == "used_url" else 400)
        call.outcome, call.effect = "ok", True
        return _Outcome("ok")

    def _show(
        self, team: str, channel: str, user: str, thread: str, given: Json, space: Workspace
    ) -> None:
        """Show what came over a response_url: to its user alone, unless all are meant."""
        text, blocks = str(given.get("text") or ""), with_ids(self.world, given.get("blocks"))
        thread = str(given.get("thread_ts") or thread)
        if given.get("response_type") == "in_channel":
            posted = Posted(
                self.world.stamp(), channel, space.bot_user, text, thread, own=True,
                blocks=blocks, metadata=given.get("metadata"), more={"bot_id": space.bot_id},
            )  # fmt: skip
            self.world.channel(team, channel).messages[posted.ts] = posted
        else:
            ts = self.world.stamp()
            shown = Shown(ts, team, channel, user, text, thread, blocks, by="respond")
            self.world.ephemerals.append(shown)

    async def _troubled(
        self, request: Request, call: Call, performed: Callable[[], _Outcome]
    ) -> Response:
        """Answer a call, or make the trouble that is due."""
        call.early = self._troubles.early(call)
        kinds: dict[str, Trouble] = {}
        for rule in self._troubles.struck(call.method):
            kinds[rule.kind] = rule
        if "delay" in kinds:
            await asyncio.sleep(kinds["delay"].seconds)
        if "refused" in kinds:
            call.outcome = "dropped"
            return await _dropped(request)
        if "ratelimited" in kinds:
            call.outcome, wait = "ratelimited", kinds["ratelimited"].retry_after
            self._troubles.told_to_wait(call, wait)
            limited = {"ok": False, "error": "ratelimited"}
            return JSONResponse(limited, status_code=429, headers={"Retry-After": wait})
        if "500" in kinds:
            call.outcome = "500"
            return Response("upstream error", status_code=500)
        try:
            outcome = performed()
        except Exception as error:  # noqa: BLE001  (a crash of the fake is told to the test)
            self.world.faults.append(f"the fake failed at {call.method}: {error!r}")
            call.outcome = "500"
            return Response("internal error", status_code=500)
        if "dropped" in kinds:
            call.outcome = "dropped"
            return await _dropped(request)
        return _response(outcome)


def serve(port: int) -> None:
    """Serve in this process until it is ended; its address is the first line it prints."""
    server = Server(port)
    sys.stdout.write(server.url + "\n")
    sys.stdout.flush()
    server.run()


def _response(outcome: _Outcome) -> Response:
    if isinstance(outcome.body, str):
        return Response(outcome.body, status_code=outcome.status, media_type="text/plain")
    return JSONResponse(outcome.body, status_code=outcome.status, headers=outcome.headers)


async def _given(request: Request) -> Json:
    """Return the arguments of a call, from its query, its form or its JSON."""
    given: Json = dict(request.query_params)
    body = (await request.body()).decode()
    if request.headers.get("content-type", "").startswith("application/json"):
        decoded = json.loads(body or "{}")
        return given | (decoded if isinstance(decoded, dict) else {})
    return given | dict(parse_qsl(body, keep_blank_values=True))


def _keeping_send(app: ASGIApp) -> ASGIApp:
    """Keep the server's own `send`, through which the connection can be reached."""

    async def kept(scope: Scope, receive: Receive, send: Send) -> None:
        scope[SEND] = send
        await app(scope, receive, send)

    return kept


async def _dropped(request: Request) -> Response:
    """End the connection with no answer at all; what is returned reaches nobody."""
    request.scope[SEND].__self__.transport.abort()
    await asyncio.sleep(0.01)
    return Response(status_code=500)
