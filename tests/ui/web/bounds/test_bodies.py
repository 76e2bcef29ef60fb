"""How much a request may carry and how long that may take; on a real server."""

from __future__ import annotations

import socket
import time

import httpx
import pytest

from tests.ui.conftest import ANN, PREFIX
from ui.web.bounds import bodies


def _said(url: str, head: str, part: bytes, every_s: float) -> tuple[str, float]:
    """Send a head, then a part of its body again and again; return the answer, and when it came."""
    at = httpx.URL(url)
    with socket.create_connection((at.host, at.port or 80), timeout=20) as connection:
        started = time.monotonic()
        connection.sendall(head.encode())
        connection.settimeout(every_s)
        while time.monotonic() - started < 15:
            try:
                return connection.recv(100_000).decode(), time.monotonic() - started
            except TimeoutError:
                connection.sendall(part)
        return "", time.monotonic() - started


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("login", b""),
        ("login", b"u"),
        ("gradio_api/upload", b""),
        ("api/ask", b""),
        ("answers", b"{"),
    ],
)
def test_a_body_that_does_not_come_is_waited_for_no_longer_than_the_bound(
    with_users: str, monkeypatch: pytest.MonkeyPatch, path: str, part: bytes
) -> None:
    monkeypatch.setattr(bodies, "_PATIENCE_S", 0.5)
    auth = next(httpx.BasicAuth(*ANN).auth_flow(httpx.Request("GET", with_users)))
    kind = "multipart/form-data; boundary=b" if "upload" in path else "application/json"
    if path == "login":
        kind = "application/x-www-form-urlencoded"
    head = (
        f"POST {PREFIX}/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
        f"Content-Type: {kind}\r\nAuthorization: {auth.headers['authorization']}\r\n\r\n"
    )
    answer, took = _said(with_users, head, part, 0.1)
    assert answer.startswith("HTTP/1.1 408")
    assert "connection: close" in answer.lower()
    assert 0.4 < took < 10


def test_a_body_that_comes_steadily_may_take_its_time(
    with_users: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_PATIENCE_S", 0.5)

    def parts() -> list[bytes]:
        return [b'{"question": "', *[b" " * 4_000] * 8, b'Where is it?"}']

    def slowly():  # type: ignore[no-untyped-def]
        for part in parts():
            yield part
            time.sleep(0.15)

    with httpx.Client(base_url=with_users, auth=httpx.BasicAuth(*ANN), timeout=60) as ann:
        got = ann.post("api/ask", content=slowly(), headers={"Content-Type": "application/json"})
    assert got.status_code in (200, 422)


@pytest.mark.parametrize(
    ("path", "size", "told"),
    [("login", 17_000, "16 kB"), ("api/ask", 2_100_000, "2 MB"), ("answers", 2_100_000, "2 MB")],
)
def test_what_is_too_large_is_refused_in_words(
    with_users: str, path: str, size: int, told: str
) -> None:
    with httpx.Client(base_url=with_users, auth=httpx.BasicAuth(*ANN), timeout=60) as ann:
        got = ann.post(path, content=b"x" * size)
        assert got.status_code == 413
        assert f"{told} are taken at most" in got.json()["error"]["message"]
