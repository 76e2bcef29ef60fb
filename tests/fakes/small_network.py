"""A network of this machine: names mean what a test says, and each connection is noted."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread
from typing import Any

import pytest

from corpus.intake import reach

WITHIN = "127.0.0.2"
"""Where something listens that nobody from outside may see."""
OUTSIDE = "127.0.0.1"
"""Counts as an address that the whole world reaches."""

Reply = tuple[int, dict[str, str], bytes]


class Host(ThreadingHTTPServer):
    """A server that keeps what it was asked."""

    def __init__(self, address: str) -> None:
        super().__init__((address, 0), _Handler)
        self.port: int = self.server_address[1]
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, Message]] = []

    def page(self, path: str = "/a") -> None:
        self.replies[path] = (200, {"Content-Type": "text/html"}, b"<h1>Where</h1><p>In Oslo.</p>")

    def moved(self, path: str, target: str, status: int = 302) -> None:
        self.replies[path] = (status, {"Location": target}, b"")

    def handle_error(self, *args: object) -> None:
        """A client that goes away is nobody's fault."""


class _Handler(BaseHTTPRequestHandler):
    server: Host
    # Connections stay open, as those of most servers do.
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers))
        status, headers, body = self.server.replies.get(self.path, (404, {}, b"none"))
        with suppress(OSError):
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def hosting(made: Host) -> Iterator[Host]:
    """Serve until the end."""
    thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        made.daemon_threads = True
        made.block_on_close = False
        made.server_close()
        thread.join()


class SmallNetwork:
    """What names mean, and who was connected to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: dict[str, list[list[str]]] = {}
        """By name, what one lookup after the other says; the last one goes on."""
        self.lookups: list[str] = []
        self.connected: list[str] = []
        self._ask = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self._lookup)
        monkeypatch.setattr(socket, "create_connection", self._noting(socket.create_connection))
        for one in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
            monkeypatch.delenv(one, raising=False)
            monkeypatch.delenv(one.lower(), raising=False)

    def _lookup(self, host: str, port: int, *args: Any, **more: Any) -> Any:
        name = host.removesuffix(".").lower()
        if name not in self.names:
            with suppress(ValueError):
                ip_address(host)
                return self._ask(host, port, *args, **more)
            self.lookups.append(host)
            if any(sign.isalpha() and sign.lower() not in "abcdefx" for sign in host):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return self._ask(host, port, *args, **more)
        self.lookups.append(host)
        said = self.names[name]
        found = said.pop(0) if len(said) > 1 else said[0]
        return [one for address in found for one in self._ask(address, port, *args, **more)]

    def _noting(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        def noted(where: tuple[str, int], *args: Any, **more: Any) -> Any:
            self.connected.append(where[0])
            with suppress(ValueError):
                if not ip_address(where[0]).is_loopback:
                    raise OSError(f"a test would have left the machine for {where[0]}")
            return connect(where, *args, **more)

        return noted


def count_as_public(monkeypatch: pytest.MonkeyPatch, *ports: int) -> None:
    """Let OUTSIDE be a host of the web, on these ports."""
    known = reach.is_public
    monkeypatch.setattr(reach, "is_public", lambda one: one == OUTSIDE or known(one))
    monkeypatch.setattr(reach, "_is_own", lambda one: False)
    monkeypatch.setattr(reach, "_PORTS", frozenset(ports))
