"""Slack's methods as far as they are asked before the bot starts, on a port of this machine."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from ui.slack.setup.manifest import scopes

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-1-2-three", "xapp-1-A0APP-4-five", "8f742231b10e"
AUTH = {
    "ok": True, "url": "https://example.slack.com/", "team": "Example", "user": "residency",
    "team_id": "T0TEAM", "user_id": "U0BOT", "bot_id": "B0BOT", "is_enterprise_install": False,
}  # fmt: skip


class Methods:
    """Replies by method, and who asked for what."""

    def __init__(self) -> None:
        self.replies: dict[str, object] = {
            "auth.test": AUTH,
            "apps.connections.open": {"ok": True, "url": "wss://wss.example.com/link"},
            "conversations.info": {"ok": True, "channel": {"id": "C0HELP", "is_member": True}},
        }
        self.status = 200
        self.headers: dict[str, str] = {"X-OAuth-Scopes": ",".join(scopes())}
        self.calls: list[tuple[str, str, str]] = []
        """Method, token, and the channel that was asked for."""

    def refuse(self, method: str, error: str) -> None:
        self.replies[method] = {"ok": False, "error": error}


@contextmanager
def serving(methods: Methods, context: ssl.SSLContext | None = None) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers.get("content-length", 0))).decode())
            method = self.path.rpartition("/")[2]
            token = self.headers["authorization"].removeprefix("Bearer ")
            methods.calls.append((method, token, form.get("channel", [""])[0]))
            reply = methods.replies[method]
            body = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
            self.send_response(methods.status)
            for name, value in methods.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
