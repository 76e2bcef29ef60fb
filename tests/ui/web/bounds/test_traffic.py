"""What one caller may have done at once and in a minute, in front of an application."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.shared.bounds.turns import Turns
from ui.web.access.callers import Caller
from ui.web.access.open_pages import Tabs
from ui.web.access.parties import Parties
from ui.web.bounds.traffic import FairWork, Traffic

PREFIX = "/residency"


class Slow:
    """An application whose responses begin, and end, when they are told to."""

    def __init__(self) -> None:
        self.begins = asyncio.Event()
        self.ends = asyncio.Event()
        self.order: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.order.append(scope["state"]["caller"].name)
        await self.begins.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await self.ends.wait()
        await send({"type": "http.response.body", "body": b"done"})


def as_callers(app: ASGIApp) -> ASGIApp:
    """Let a request pass as the caller that its header names, as the gate does."""

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        names = dict(scope["headers"])
        scope["state"] = {"caller": Caller(names[b"name"].decode())}
        await app(scope, receive, send)

    return gate


def guarded(
    app: ASGIApp, *, per_minute: int = 0, work: FairWork | None = None, queued: int = 0
) -> httpx.AsyncClient:
    work = work or FairWork()
    traffic = Traffic(app, PREFIX, work, Tabs(), per_minute=per_minute, queued=lambda party: queued)
    transport = httpx.ASGITransport(as_callers(traffic))
    return httpx.AsyncClient(transport=transport, base_url=f"http://here{PREFIX}/")


async def at_once(app: ASGIApp, *rest: object) -> None:
    """Answer at once."""


def run(work: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(work(), 30))  # type: ignore[arg-type]


async def _waiting(work: FairWork, many: int) -> None:
    while work.turns.waiting < many:
        await asyncio.sleep(0.001)


def _get(
    client: httpx.AsyncClient, name: str, path: str = "api/facts"
) -> asyncio.Task[httpx.Response]:
    return asyncio.create_task(client.get(path, headers={"name": name}))


def test_work_of_one_caller_is_done_one_after_the_other_and_others_come_between() -> None:
    async def several() -> None:
        app, work = Slow(), FairWork(turns=Turns(1, each=1, line=10))
        app.ends.set()
        async with guarded(app, work=work) as client:
            every = [_get(client, name) for name in ("ann", "ann", "ann", "ben")]
            await _waiting(work, 3)
            app.begins.set()
            assert {got.status_code for got in await asyncio.gather(*every)} == {200}
        assert app.order == ["ann", "ann", "ben", "ann"]

    run(several)


def test_one_who_reads_slowly_holds_up_nobody() -> None:
    async def several() -> None:
        app, work = Slow(), FairWork(turns=Turns(1, each=1, line=10))
        app.begins.set()
        async with guarded(app, work=work) as client:
            every = [_get(client, "ann"), _get(client, "ben")]
            while len(app.order) < 2:
                await asyncio.sleep(0.001)
            app.ends.set()
            await asyncio.gather(*every)

    run(several)


@pytest.mark.parametrize("path", ["page.css", "assets/index.js", "mcp", "gradio_api/heartbeat/a"])
def test_what_is_no_work_waits_for_no_turn(path: str) -> None:
    async def several() -> None:
        app, work = Slow(), FairWork()
        app.begins.set()
        app.ends.set()
        async with work.turn("ann"), guarded(app, work=work) as client:
            assert (await _get(client, "ann", path)).status_code == 200

    run(several)


def test_more_than_may_wait_is_refused_and_nothing_of_others() -> None:
    async def several() -> None:
        app, work = Slow(), FairWork(turns=Turns(2, each=1, line=1))
        app.ends.set()
        async with guarded(app, work=work) as client:
            held = [_get(client, "ann"), _get(client, "ann")]
            await _waiting(work, 1)
            over = await _get(client, "ann")
            assert over.status_code == 429
            assert "waits as may" in over.json()["error"]["message"]
            assert over.headers["retry-after"]
            app.begins.set()
            assert (await _get(client, "ben")).status_code == 200
            assert {got.status_code for got in await asyncio.gather(*held)} == {200}

    run(several)


def test_requests_are_counted_by_the_minute_for_each_caller() -> None:
    async def several() -> None:
        app = Slow()
        app.begins.set()
        app.ends.set()
        async with guarded(app, per_minute=3) as client:
            found = [(await _get(client, "ann")).status_code for _ in range(4)]
            assert found == [200, 200, 200, 429]
            assert (await _get(client, "ben")).status_code == 200
            # The files of a page are not what it asks for.
            assert (await _get(client, "ann", "page.css")).status_code == 200

    run(several)


def test_new_browsers_of_one_address_are_counted_together() -> None:
    async def several() -> None:
        app, parties = Slow(), Parties()
        app.begins.set()
        app.ends.set()
        names = [f"guest:{number}" for number in range(20)]
        for name in names:
            parties.note(name, "at 10.0.0.9")
        async with guarded(app, per_minute=3, work=FairWork(parties)) as client:
            found = [(await _get(client, name)).status_code for name in names]
            assert found == [200] * 12 + [429] * 8
            assert (await _get(client, "guest:elsewhere")).status_code == 200

    run(several)


@pytest.mark.parametrize("path", ["gradio_api/heartbeat/a", "gradio_api/queue/data"])
def test_one_user_has_so_many_pages_open(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.web.bounds.traffic._STREAMS", 2)

    async def several() -> None:
        app = Slow()
        async with guarded(app) as client:
            held = [_get(client, "ann", path), _get(client, "ann", path)]
            while len(app.order) < 2:
                await asyncio.sleep(0.001)
            assert (await _get(client, "ann", path)).status_code == 429
            app.begins.set()
            app.ends.set()
            assert (await _get(client, "ben", path)).status_code == 200
            await asyncio.gather(*held)
            assert (await _get(client, "ann", path)).status_code == 200

    run(several)


@pytest.mark.parametrize(("queued", "status"), [(31, 200), (32, 429)])
@pytest.mark.parametrize("path", ["queue/join", "call/ask"])
def test_so_many_calls_of_a_page_wait(path: str, queued: int, status: int) -> None:
    async def several() -> None:
        app = Slow()
        app.begins.set()
        app.ends.set()
        async with guarded(app, queued=queued) as client:
            got = await client.post(f"gradio_api/{path}", headers={"name": "ann"})
            assert got.status_code == status

    run(several)
