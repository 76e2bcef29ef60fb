"""Connections that keep a server waiting, on a real one."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ui.shared.bounds import connections
from ui.shared.bounds.connections import PatientProtocol

_WAIT_S = 0.6
_LARGE = 64_000_000
_QUICK = b"GET /quick HTTP/1.1\r\nHost: here\r\n\r\n"


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server that waits half a second."""
    monkeypatch.setattr(connections, "HEAD_S", _WAIT_S)
    monkeypatch.setattr(connections, "STUCK_S", _WAIT_S)

    def quick(request: Request) -> Response:
        return PlainTextResponse("ok")

    def slow(request: Request) -> Response:
        time.sleep(3 * _WAIT_S)
        return PlainTextResponse("ok")

    def large(request: Request) -> Response:
        return PlainTextResponse("x" * _LARGE)

    app = Starlette(routes=[Route("/quick", quick), Route("/slow", slow), Route("/large", large)])
    config = uvicorn.Config(
        app, port=0, http=PatientProtocol, log_config=None, timeout_keep_alive=3, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = server.force_exit = True
    thread.join(10)


def _ended(connection: socket.socket) -> bool:
    """Tell whether the other side has ended a connection, reading what it says until then."""
    connection.settimeout(10)
    try:
        while connection.recv(1_000_000):
            pass
    except ConnectionError:
        return True
    return True


@pytest.mark.parametrize("said", [b"", b"GET /qui", _QUICK[:-2], _QUICK + b"GET /qu"])
def test_what_says_half_of_something_is_dropped(port: int, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(said)
        started = time.monotonic()
        assert _ended(connection)
        assert 0.5 * _WAIT_S < time.monotonic() - started < 8 * _WAIT_S


def _trickle(connection: socket.socket) -> None:
    for byte in _QUICK * 20:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def _received(connection: socket.socket) -> int:
    """Return how many bytes come before the other side ends a connection."""
    received = 0
    connection.settimeout(10)
    with suppress(ConnectionError):
        while part := connection.recv(1_000_000):
            received += len(part)
    return received


def test_a_trickle_of_a_head_does_not_keep_it_open(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        started = time.monotonic()
        with pytest.raises(ConnectionError):
            _trickle(connection)
        assert time.monotonic() - started < 8 * _WAIT_S


def test_who_waits_for_an_answer_or_asks_again_is_not_dropped(port: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for path in ("slow", "quick", "slow"):
            assert client.get(path).text == "ok"
            time.sleep(2 * _WAIT_S)


def test_who_takes_in_nothing_is_dropped_and_who_takes_in_slowly_is_not(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: here\r\n\r\n")
        time.sleep(3 * _WAIT_S)
        assert _received(connection) < _LARGE
    with httpx.stream("GET", f"http://127.0.0.1:{port}/large") as answer:
        received = 0
        for part in answer.iter_raw(8_000_000):
            received += len(part)
            time.sleep(_WAIT_S / 3)
        assert received == _LARGE
