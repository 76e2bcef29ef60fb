"""What one caller may have done at once and in a minute, in front of an application."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.shared.bounds.turns import Turns
from ui.web.access.call_names import Named, NamedCalls
from ui.web.access.callers import Caller
from ui.web.access.open_pages import Tabs
from ui.web.access.parties import Parties
from ui.web.bounds.page_calls import _to_its_end
from ui.web.bounds.traffic import FairWork, Traffic
from ui.web.bounds.uploads import is_upload

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


def test_two_tools_of_one_caller_are_called_at_a_time_and_others_come_between() -> None:
    async def several() -> None:
        app = Slow()
        app.begins.set()
        async with guarded(app) as client:
            every = [_get(client, name, "mcp") for name in ("ann", "ann", "ann", "ben")]
            while len(app.order) < 3:
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.05)
            assert app.order == ["ann", "ann", "ben"]
            app.ends.set()
            assert {got.status_code for got in await asyncio.gather(*every)} == {200}
        assert app.order == ["ann", "ann", "ben", "ann"]

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


def test_evidence_packs_have_a_count_of_their_own() -> None:
    async def several() -> None:
        app = Slow()
        app.begins.set()
        app.ends.set()
        async with guarded(app, per_minute=100) as client:
            found = [(await _get(client, "ann", "evidence")).status_code for _ in range(11)]
            assert found == [200] * 10 + [429]
            assert (await _get(client, "ben", "evidence")).status_code == 200
            assert (await _get(client, "ann")).status_code == 200

    run(several)


def test_calls_of_a_page_have_a_count_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.web.bounds.traffic._CALLS", 2)

    async def several() -> None:
        app = Slow()
        app.begins.set()
        app.ends.set()
        async with guarded(app, per_minute=100) as client:
            sent = [
                (await client.post("gradio_api/queue/join", headers={"name": name})).status_code
                for name in ("ann", "ann", "ann", "ben")
            ]
            assert sent == [200, 200, 429, 200]
            assert (await _get(client, "ann")).status_code == 200

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


def test_a_body_is_read_for_those_alone_who_may_send_it() -> None:
    """What a caller names in it is looked at behind what counts requests."""

    async def several() -> None:
        read: list[str] = []
        tabs = Tabs()

        async def inner(scope: Scope, receive: Receive, send: Send) -> None:
            read.append((await receive())["body"].decode())
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"done"})

        async with guarded(NamedCalls(inner, PREFIX, tabs), per_minute=2) as client:
            path, ann = "gradio_api/queue/join", {"name": "ann"}
            assert (await client.post(path, json={"session_hash": "a"}, headers=ann)).is_success
            none = await client.post(path, content=b"no JSON", headers=ann)
            over = await client.post(path, json={"session_hash": "a"}, headers=ann)
            other = await client.post(path, json={"session_hash": "a"}, headers={"name": "ben"})
        assert (none.status_code, over.status_code, other.status_code) == (422, 429, 404)
        assert len(read) == 1

    run(several)


def test_a_call_by_the_name_of_uploads_is_none() -> None:
    assert is_upload({"method": "POST", "path": f"{PREFIX}/gradio_api/upload"})
    assert not is_upload({"method": "POST", "path": f"{PREFIX}/gradio_api/call/upload"})


def test_one_caller_s_pages_push_out_none_of_another_s_and_none_that_is_open() -> None:
    tabs = Tabs()
    assert tabs.claim("ben's", "ben")
    with tabs.opened("ann's first"):
        for number in ("ann's first", *range(500)):
            assert tabs.claim(str(number), "ann")
        assert tabs.owner("ben's") == "ben"
        assert tabs.owner("ann's first") == "ann"
        assert tabs.owner("0") == ""
        assert tabs.owner("499") == "ann"


def test_a_call_names_one_page() -> None:
    assert Named(("a", "b")).are_of("ann", Tabs())
    assert not Named(("a", "b", "c")).are_of("ann", Tabs())


def test_a_call_that_is_cancelled_keeps_its_turn_until_it_has_ended() -> None:
    async def several() -> None:
        turns, ends = Turns(1), asyncio.Event()

        async def work() -> dict[str, object]:
            await ends.wait()
            return {}

        async def called() -> None:
            async with AsyncExitStack() as held:
                await held.enter_async_context(turns.held("ann"))
                await _to_its_end(work(), held)

        first = asyncio.create_task(called())
        await asyncio.sleep(0.01)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        second = asyncio.create_task(called())
        await asyncio.sleep(0.01)
        assert turns.waiting == 1
        ends.set()
        await second
        assert turns.waiting == 0

    run(several)
