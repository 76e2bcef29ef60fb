"""A server of OpenAI's protocol on this machine whose model follows a script."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from evals.measuring.scripted_models import Given, Script

_PIECE = 200


@contextmanager
def served(script: Script) -> Iterator[str]:
    """Serve a script and yield its address."""
    server = _Server(script)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer a request for a chat completion as a stream."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told = {row["role"]: row["content"] for row in body["messages"]}
        said = self.server.script(Given(told.get("system", ""), told.get("user", "")))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for start in range(0, len(said), _PIECE):
            self._event({"content": said[start : start + _PIECE]})
        self._event({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, Any], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
        event = {
            "id": "scripted", "object": "chat.completion.chunk", "created": 0, "model": "scripted",
            "choices": [choice],
        }  # fmt: skip
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
