"""A host with pages that change, move, fail, ask for a pause and lie about dates, as it is told.

It keeps what it delivered whole, when it was asked, and what it was asked for against its wishes.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Lock, Thread

_BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
LOGIN = b"""<html><head><title>Sign in</title></head><body><h1>Sign in</h1>
<form><input name=u><input type="password" name=p></form></body></html>"""
ERROR = b"<html><body><h1>Something went wrong</h1><p>Please try again.</p></body></html>"
MANNERS = ("etag", "modified", "constant", "future", "none")
"""How pages are marked: by their content, by when they changed, by a date that never changes, by
one that is to come, not at all."""


@dataclass(slots=True)
class Faults:
    """How often what goes wrong, 0 to 1."""

    failing: float = 0.0
    throttling: float = 0.0
    cutting: float = 0.0
    posing: float = 0.0
    """Sends a page to sign in, or an error, with status 200."""
    rules: float = 0.0
    """The robots.txt cannot be read."""


@dataclass(slots=True)
class Page:
    """A page of a host."""

    name: str
    manner: str
    edition: int = 1
    changed: float = 0.0
    dated: bool = True
    moved: bool = False
    """It has moved for good."""
    delivered: list[bytes] = field(default_factory=list)
    """What was sent whole, one after the other, without repeats of the one before."""

    @property
    def text(self) -> bytes:
        """What it says now."""
        day = f"Last updated: {_BEGIN.date() + timedelta(days=self.edition)}" if self.dated else ""
        return f"""# Where {self.name} keeps data

{day}

Customer data is stored in Germany. Backups are retained for {10 + self.edition} days.

Log files are replicated to France. Support tickets are processed in Ireland. Audit records are
stored in Norway. Metrics are stored in Sweden. Invoices are stored in Austria.
""".encode()


class WatchedHost(ThreadingHTTPServer):
    """The host; `ticks` is its own time, in seconds."""

    daemon_threads = True

    def __init__(self, ticks: Callable[[], float], seed: int = 0, delay_s: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.ticks = ticks
        self.random = Random(seed)
        self.faults = Faults()
        self.pages: dict[str, Page] = {}
        self.delay_s = delay_s
        self.alone_until = 0.0
        """Until when it wants to be left alone, in ticks."""
        self.asked: list[float] = []
        self.forbidden: list[str] = []
        """Paths that it was asked for against its robots.txt."""
        self.too_early = 0
        self.at_once = 0
        self._working = 0
        self.lock = Lock()

    def handle_error(self, *args: object) -> None:
        """A client that goes away is no matter."""

    def add(self, name: str, manner: str = "etag") -> Page:
        """Add a page; return it."""
        self.pages[name] = Page(name, manner, changed=self.ticks())
        return self.pages[name]

    def url(self, name: str) -> str:
        """Return the address of a page."""
        return f"http://127.0.0.1:{self.server_address[1]}/{name}.md"

    def change(self, name: str) -> None:
        """Let a page say something else."""
        page = self.pages[name]
        page.edition += 1
        page.changed = self.ticks()

    def begin(self) -> None:
        """Count a request that has come."""
        with self.lock:
            self._working += 1
            self.at_once = max(self.at_once, self._working)

    def end(self) -> None:
        """Count no more what is about to be answered: its asker may go on at the last byte."""
        with self.lock:
            self._working -= 1


@contextmanager
def hosting(*hosts: WatchedHost) -> Iterator[None]:
    """Let hosts answer for the time of a block."""
    threads = [
        Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        for one in hosts
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for one, thread in zip(hosts, threads, strict=True):
            one.shutdown()
            one.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: WatchedHost

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        host = self.server
        host.begin()
        with suppress(OSError):
            host.asked.append(host.ticks())
            host.too_early += host.ticks() < host.alone_until
            if self.path == "/robots.txt":
                self._rules()
            elif self.path.startswith("/private/"):
                host.forbidden.append(self.path)
                self._send(200, b"# Private\n\nNothing to see.\n")
            else:
                self._page()

    def _rules(self) -> None:
        host = self.server
        if host.random.random() < host.faults.rules:
            self._send(500, b"")
            return
        delay = f"Crawl-delay: {host.delay_s:g}\n" if host.delay_s else ""
        self._send(200, f"User-agent: *\nDisallow: /private/\n{delay}".encode())

    def _page(self) -> None:
        host = self.server
        path = self.path.removesuffix(".md").strip("/")
        page = host.pages.get(path.removeprefix("new/"))
        if page is None:
            self._send(404, b"no such page")
        elif self._goes_wrong():
            return
        elif page.moved and not path.startswith("new/"):
            self._send(308, b"", Location=f"/new/{page.name}.md")
        elif self._is_known(page):
            self._send(304, b"", **self._marks(page))
        else:
            text = page.text  # it may change while it is sent
            self._send(200, text, **self._marks(page))
            if not page.delivered or page.delivered[-1] != text:
                page.delivered.append(text)

    def _goes_wrong(self) -> bool:
        host, faults = self.server, self.server.faults
        dice = host.random.random()
        if (dice := dice - faults.failing) < 0:
            self._send(host.random.choice((500, 502, 404)), b"")
        elif (dice := dice - faults.throttling) < 0:
            self._throttle()
        elif (dice := dice - faults.cutting) < 0:
            self._cut()
        elif dice - faults.posing < 0:
            self._send(200, host.random.choice((LOGIN, ERROR)), kind="text/html")
        else:
            return False
        return True

    def _throttle(self) -> None:
        host = self.server
        wait_s = host.random.choice((30, 600, 7_200))
        host.alone_until = host.ticks() + wait_s
        # Its clock is a year behind; it means a time by that clock.
        wrong = _BEGIN - timedelta(days=365) + timedelta(seconds=int(host.ticks()))
        if host.random.random() < 0.5:
            self._send(429, b"", Retry_After=str(wait_s))
        else:
            until = format_datetime(wrong + timedelta(seconds=wait_s), usegmt=True)
            self._send(503, b"", date=wrong, Retry_After=until)

    def _cut(self) -> None:
        if self.server.random.random() < 0.5:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b"# Half of a page\n")
            self.wfile.flush()
        self.server.end()
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _marks(self, page: Page) -> dict[str, str]:
        if page.manner == "etag":
            return {"ETag": _etag(page)}
        if page.manner == "none":
            return {}
        return {"Last_Modified": format_datetime(_modified(page), usegmt=True)}

    def _is_known(self, page: Page) -> bool:
        if page.manner == "etag":
            return bool(self.headers["If-None-Match"] == _etag(page))
        since = self.headers["If-Modified-Since"]
        return since is not None and since == self._marks(page).get("Last_Modified")

    def _send(
        self, status: int, body: bytes, kind: str = "text/plain", date: datetime | None = None,
        **headers: str,
    ) -> None:  # fmt: skip
        self.send_response_only(status)
        if date is not None:
            self.send_header("Date", format_datetime(date, usegmt=True))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.server.end()
        self.end_headers()
        self.wfile.write(body)


def _etag(page: Page) -> str:
    return f'"{sha256(page.text).hexdigest()[:12]}"'


def _modified(page: Page) -> datetime:
    if page.manner == "constant":
        return _BEGIN
    if page.manner == "future":
        return _BEGIN + timedelta(days=3_650 - page.edition)
    return _BEGIN + timedelta(seconds=int(page.changed))
