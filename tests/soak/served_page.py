"""A page in a process of its own, and those who send it as much as they may."""

from __future__ import annotations

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.paths import ROOT

QUESTION = "How long does Intune keep audit logs?"
_RESIDENT = re.compile(r"VmRSS:\s+(\d+) kB")
Sending = Callable[[httpx.Client, int], httpx.Response]


@dataclass(frozen=True)
class Served:
    """A page that is served."""

    url: str
    process: subprocess.Popen[str]
    log: Path

    @property
    def memory_mb(self) -> float:
        """What the process has in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = _RESIDENT.search(status)
        assert found is not None
        return int(found[1]) / 1024

    def client(self, user: tuple[str, str] | None) -> httpx.Client:
        """Return a client of a user, or of a new browser."""
        auth = httpx.BasicAuth(*user) if user else None
        return httpx.Client(base_url=self.url, auth=auth, timeout=120)


@contextmanager
def served(home: Path, log: Path, settings: Mapping[str, str]) -> Iterator[Served]:
    """Serve the page of a home, for the time of a block."""
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.command_line.main", "serve", "--port", "0"],
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=errors,
            env={**os.environ, "RESIDENCY_HOME": str(home), **settings},
        )  # fmt: skip
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line, log.read_text()
            yield Served(line.split()[-1], process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@dataclass
class Flood:
    """One user who sends as much as one connection after the other takes."""

    statuses: Counter[int] = field(default_factory=Counter)
    longest_s: float = 0.0


@contextmanager
def flooding(page: Served, user: tuple[str, str], sending: Sending, many: int) -> Iterator[Flood]:
    """Send the same without pause over many connections, for the time of a block."""
    flood, ended = Flood(), threading.Event()

    def send(number: int) -> None:
        with page.client(user) as client:
            while not ended.is_set():
                started = time.monotonic()
                got = sending(client, number)
                flood.statuses[got.status_code] += 1
                flood.longest_s = max(flood.longest_s, time.monotonic() - started)
                if got.status_code == 429:
                    # Whoever is told to wait and does not has the connection for nothing.
                    ended.wait(0.25)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    try:
        yield flood
    finally:
        ended.set()
        for thread in threads:
            thread.join(120)


def times_asked(client: httpx.Client, seconds: float, every_s: float) -> list[float]:
    """Ask every so often; return how long each answer took."""
    times: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(times) < 4:
        started = time.monotonic()
        got = client.post("api/ask", json={"question": QUESTION})
        assert got.status_code == 200, got.text
        times.append(time.monotonic() - started)
        time.sleep(max(0.0, every_s - times[-1]))
    return times


def p95(times: list[float]) -> float:
    """Return what nineteen of twenty took at most."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


@contextmanager
def silent_connections(url: str, many: int, said: bytes) -> Iterator[list[socket.socket]]:
    """Open connections that say something, and nothing more."""
    address = httpx.URL(url)
    with ExitStack() as stack:
        opened = []
        for _ in range(many):
            made = socket.create_connection((address.host, address.port or 80), timeout=60)
            stack.enter_context(made)
            made.sendall(said)
            opened.append(made)
        yield opened
