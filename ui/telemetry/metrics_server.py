"""Metrics over HTTP, on a port of their own: whoever reaches that may read them, and nothing else.

A fetcher of metrics has no login at the page, and the bot over Socket Mode has no server. On an
address of this machine only the names of this machine are answered to, so that no other site can
read them through a browser.
"""

from __future__ import annotations

import ipaddress
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET6
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from assistant.settings import MetricsAddress
from ui.errors import PortBusy
from ui.shared.logs import note

_PATH = "/metrics"
_IDLE_S = 10.0
_STOP_S = 5.0


class MetricsServer:
    """Answers at one address until it is closed."""

    def __init__(self, address: MetricsAddress, registry: CollectorRegistry) -> None:
        """Begin to listen; raise PortBusy where that cannot be."""
        is_local = _is_local(address.host)

        class Handler(_Handler):
            metrics = registry
            only_local = is_local

        try:
            self._server = _server_class(address.host)((address.host, address.port), Handler)
        except OSError as error:
            raise PortBusy(
                f"{address.host}:{address.port}: metrics cannot be told there "
                f"({error.strerror or error}). Stop the other program or correct RESIDENCY_METRICS"
            ) from error
        host = f"[{address.host}]" if ":" in address.host else address.host
        self.url = f"http://{host}:{self._server.server_address[1]}{_PATH}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="residency-metrics", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(_STOP_S)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """Log that metrics could not be told; whoever fetches them comes again."""
        error = sys.exc_info()[0]
        note("metrics not told", error=error.__name__ if error else None)


class _Server6(_Server):
    address_family = AF_INET6


def _server_class(host: str) -> type[_Server]:
    return _Server6 if ":" in host else _Server


class _Handler(BaseHTTPRequestHandler):
    """Answers `/metrics` and nothing else."""

    metrics: CollectorRegistry
    only_local: bool
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_S

    def do_GET(self) -> None:
        """Answer with the metrics in the form that is asked for."""
        if self.only_local and not _is_local(self._host()):
            self._say(403, "Ask for it by the address localhost of the machine itself\n")
        elif urlsplit(self.path).path != _PATH:
            self._say(404, f"There is nothing at this address but {_PATH}\n")
        else:
            written, form = choose_encoder(self.headers.get("Accept", ""))
            self._send(200, form, written(self.metrics))

    def _host(self) -> str:
        try:
            return urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        except ValueError:
            return ""

    def _say(self, status: int, text: str) -> None:
        self._send(status, "text/plain; charset=utf-8", text.encode())

    def _send(self, status: int, form: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", form)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(content)

    def version_string(self) -> str:
        """Name the program without its version."""
        return "residency"

    def log_message(self, *_: object) -> None:
        """Write nothing for each time that metrics are fetched."""


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
