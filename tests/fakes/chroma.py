"""Chroma servers for tests: a real one in a process of its own, and what may be in its place.

with ChromaProcess(folder) as chroma, FakeServer(Behind(chroma.url, {"x-token": "k"})) as proxy:
    ...
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import httpx

_STARTS_S = 60.0
_POLL_S = 0.05
_PROGRAM = """
import sys
if sys.platform == "linux":
    # PR_SET_PDEATHSIG: whoever kills the tests takes the server with them.
    import ctypes
    ctypes.CDLL(None).prctl(1, 9)
from chromadb.cli.cli import app
sys.exit(app())
"""
_COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ChromaProcess:
    """A Chroma server with its data in a folder; may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, folder: Path | None = None) -> None:
        """Start, with the data of another folder if one is given, and wait for the heartbeat."""
        self.folder = folder or self.folder
        self.folder.mkdir(parents=True, exist_ok=True)
        arguments = ("run", "--path", str(self.folder), "--host", "127.0.0.1")
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, *arguments, "--port", str(self.port)],
                cwd=self.folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env=os.environ | {"ANONYMIZED_TELEMETRY": "False"}, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + _STARTS_S
        while time.monotonic() < until:
            assert self._process.poll() is None, (self.folder / "log").read_text()
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/api/v2/heartbeat", timeout=2).is_success:
                    return
            time.sleep(_POLL_S)
        raise AssertionError(f"no heartbeat: {(self.folder / 'log').read_text()}")

    def kill(self) -> None:
        """Kill it, with all that it started."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def collections(self) -> dict[str, str]:
        """Return the id of each collection by its name."""
        reply = httpx.get(self.url + _COLLECTIONS, timeout=10)
        return {row["name"]: row["id"] for row in reply.json()}

    def rows(self, collection: str) -> dict[str, list[object]]:
        """Return all that a collection holds beside vectors."""
        return dict(
            httpx.post(
                f"{self.url}{_COLLECTIONS}/{self.collections()[collection]}/get",
                json={"include": ["documents", "metadatas", "uris"]},
                timeout=30,
            ).json()
        )

    def delete(self, collection: str, ids: list[object]) -> None:
        """Delete vectors behind the back of whoever put them there."""
        url = f"{self.url}{_COLLECTIONS}/{self.collections()[collection]}/delete"
        httpx.post(url, json={"ids": ids}, timeout=30).raise_for_status()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.kill()


class Said(NamedTuple):
    """A reply."""

    status: int
    body: bytes
    kind: str = "text/html"


class Heard(NamedTuple):
    """A request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


Reply = Callable[[Heard], Said | None]
"""What a server replies; None breaks the connection."""


@dataclass
class Behind:
    """Passes requests on to a Chroma server, wants certain headers, goes away on demand."""

    url: str
    wants: Mapping[str, str] = field(default_factory=dict)
    away: bool = False
    """Breaks every connection."""
    most_adds: int | None = None
    """Batches of vectors that it passes on before it goes away; None passes on all."""

    def __post_init__(self) -> None:
        self._client = httpx.Client(timeout=60)

    def __call__(self, heard: Heard) -> Said | None:
        if any(heard.headers.get(name) != value for name, value in self.wants.items()):
            return Said(401, b'{"error": "Unauthorized"}', "application/json")
        if self.most_adds is not None and heard.path.endswith("/add"):
            self.most_adds -= 1
            self.away = self.most_adds < 0
        if self.away:
            return None
        content = {"content-type": "application/json"}
        reply = self._client.request(
            heard.method, self.url + heard.path, content=heard.body, headers=content
        )
        return Said(reply.status_code, reply.content, reply.headers.get("content-type", ""))


class FakeServer:
    """Listens on a port of its own and replies as it is told."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.heard: list[Heard] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def handle_one_request(self) -> None:
                with contextlib.suppress(ConnectionError):
                    super().handle_one_request()

            def _any(self) -> None:
                length = int(self.headers.get("content-length", 0))
                body = self.rfile.read(length)
                headers = {name.lower(): value for name, value in self.headers.items()}
                heard = Heard(self.command, self.path, headers, body)
                outer.heard.append(heard)
                said = outer.reply(heard)
                if said is None:
                    self.close_connection = True
                    return
                self.send_response(said.status)
                self.send_header("content-type", said.kind)
                self.send_header("content-length", str(len(said.body)))
                self.end_headers()
                self.wfile.write(said.body)

            do_GET = do_POST = do_DELETE = do_PUT = _any  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL_S,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
