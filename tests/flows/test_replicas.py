"""Replicas behind HAProxy, on one database: some are killed and the database is started anew while
people ask, and no conversation loses, doubles or mixes anything.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from pydantic import SecretStr

from assistant import wording
from assistant.history.store import Kept
from assistant.settings import Settings
from tests.paths import ROOT
from tests.postgresql_server import PostgresqlServer, running_server
from tests.sizes import LONG, size

REPLICAS = size("REPLICAS", 2, 3)
USERS = size("REPLICA_USERS", 6, 64)
BUILDS = size("REPLICA_BUILDS", 1, 2)
SECONDS = size("REPLICA_S", 30, 300)
_KILLED_EVERY_S = 20
_STARTS_S = 180
_TRIES = 5
_NOT_RECORDED = wording.NOT_RECORDED.partition(",")[0]
_PAUSES_S = (0.5, 2.0, 4.0, 8.0, 16.0)
"""As the page waits before it asks again, and longer: most replicas share two cores here."""
_QUESTIONS = (
    "How long does Intune keep audit logs?",
    "Are public folders supported in a Multi-Geo organization?",
    "Which regions does Intune store data in?",
    "Where is Customer Lockbox data stored?",
)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass
class Replica:
    """One process that serves, which may be killed and started again at its place."""

    home: Path
    settings: Mapping[str, str]
    port: int = field(default_factory=_free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it is not waited for."""
        log = self.home.with_suffix(".log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ui.command_line.main", "serve", "--port", str(self.port)],
            cwd=ROOT, stdout=log, stderr=log,
            env={**os.environ, "RESIDENCY_HOME": str(self.home), **self.settings},
        )  # fmt: skip

    @property
    def build(self) -> str:
        """The index that it answers from; empty while it takes no questions."""
        try:
            ready = httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5)
        except httpx.HTTPError:
            return ""
        return str(ready.json()["checks"]["index"]["build"]) if ready.status_code == 200 else ""

    @property
    def is_ready(self) -> bool:
        """Tell whether it takes questions."""
        return self.build != ""

    def end(self, how: signal.Signals) -> None:
        """End it and wait until it is gone."""
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(60)


def _wait_for(replica: Replica, build: str = "") -> None:
    """Wait until it answers, from a certain index where one is named: a question moves it on."""
    until = time.monotonic() + _STARTS_S
    while not replica.is_ready or (build and replica.build != build):
        assert time.monotonic() < until, replica.home.with_suffix(".log").read_text()[-2000:]
        time.sleep(0.2)
        if build and replica.is_ready:
            asked = {"question": _QUESTIONS[0]}
            httpx.post(f"http://127.0.0.1:{replica.port}/api/ask", json=asked, timeout=60)


@contextmanager
def _balancer(replicas: list[Replica], folder: Path) -> Iterator[str]:
    """Run HAProxy as it is deployed, over replicas of this machine; yield its address."""
    program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
    if program is None:
        pytest.skip("HAProxy is not installed (apt-get install haproxy)")
    port = _free_port()
    text = (ROOT / "deploy" / "haproxy.cfg").read_text(encoding="utf-8")
    text = text.replace("bind :8080", f"bind 127.0.0.1:{port}")
    text = "\n".join(one for line in text.splitlines() for one in _here(line, replicas)) + "\n"
    file = folder / "haproxy.cfg"
    file.write_text(text, encoding="utf-8")
    process = subprocess.Popen([program, "-f", file], stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(30)


def _here(line: str, replicas: list[Replica]) -> Iterator[str]:
    """Yield the lines for all replicas where a line is that of the first one."""
    if not line.lstrip().startswith("server "):
        yield line
    elif " replica-1 " in line:
        for number, one in enumerate(replicas, 1):
            at = line.replace("replica-1:7860", f"127.0.0.1:{one.port}")
            yield at.replace("replica-1", f"replica-{number}")


class Asked(NamedTuple):
    """A question that was answered."""

    question: str
    is_recorded: bool
    """Whether its answer said nothing else; else it is recorded unless its replica is killed."""


def _agree(kept: Sequence[str], asked: Sequence[Asked]) -> bool:
    """Tell whether a conversation has what was asked, in order, but for what may be missing."""
    if not asked:
        return not kept
    first, rest = asked[0], asked[1:]
    if kept and kept[0] == first.question and _agree(kept[1:], rest):
        return True
    return not first.is_recorded and _agree(kept, rest)


@dataclass
class User:
    """Somebody at a page: asks, waits for the whole answer, asks again where it is lost."""

    number: int
    url: str
    until: float
    asked: list[Asked] = field(default_factory=list)
    """What was answered, in order."""
    took_s: list[float] = field(default_factory=list)
    lost: int = 0
    """Requests that came to nothing."""
    given_up: list[str] = field(default_factory=list)
    _is_unrecorded: bool = False
    _answer: str = ""

    @property
    def thread(self) -> str:
        """The conversation."""
        return f"conversation-{self.number}"

    def run(self) -> None:
        """Ask until the time is over."""
        with httpx.Client(base_url=self.url, timeout=120) as client:
            while not self._greeted(client):
                time.sleep(0.5)
            self.cookie = client.cookies["residency"]
            while time.monotonic() < self.until:
                question = _QUESTIONS[(self.number + len(self.asked)) % len(_QUESTIONS)]
                started = time.monotonic()
                if self._ask(client, question):
                    self.asked.append(Asked(question, not self._is_unrecorded))
                    self.took_s.append(time.monotonic() - started)
                else:
                    self.given_up.append(question)

    def _greeted(self, client: httpx.Client) -> bool:
        try:
            return client.get("").status_code == 200
        except httpx.HTTPError:
            return False

    def _ask(self, client: httpx.Client, question: str) -> bool:
        for pause in (*_PAUSES_S, None):
            if self._is_answered(client, question):
                return True
            self.lost += 1
            if pause is not None:
                time.sleep(pause)
                if self._was_answered(client, question):
                    return True
        return False

    def _is_answered(self, client: httpx.Client, question: str) -> bool:
        asked = {"question": question, "thread": self.thread, "after": self._answer}
        try:
            with client.stream("POST", "answers", json=asked) as reply:
                reply.raise_for_status()
                last = [json.loads(line) for line in reply.iter_lines()][-1]
        except (httpx.HTTPError, IndexError, ValueError):
            return False
        return self._note(last)

    def _was_answered(self, client: httpx.Client, question: str) -> bool:
        """Look whether the answer is there, though the connection was lost."""
        try:
            reply = client.get("exchanges", params={"thread": self.thread})
            reply.raise_for_status()
        except httpx.HTTPError:
            return False
        shown = reply.json()
        return question in html.unescape(shown["latest"]) and self._note(shown)

    def _note(self, shown: dict[str, str]) -> bool:
        if not shown["answer"] or shown["answer"] == self._answer:
            return False
        self._answer = shown["answer"]
        self._is_unrecorded = _NOT_RECORDED in html.unescape(shown["latest"])
        return True

    @property
    def owner(self) -> str:
        """The name that conversations of this browser are kept by."""
        return "web:guest:" + hashlib.sha256(self.cookie.encode()).hexdigest()[:32]


@pytest.fixture
def database() -> Iterator[PostgresqlServer]:
    """A server of this test, which is started anew in it."""
    with running_server() as server:
        yield server


@dataclass
class Builder:
    """The machine that builds, from a home of its own."""

    home: Path
    settings: Mapping[str, str]
    published: list[str] = field(default_factory=list)

    def publish(self) -> None:
        """Publish what is built, with a further document from the second time on."""
        if not self.published:
            self._run("build", "publish")
        else:
            page = self.home.with_name(f"page-{len(self.published)}.md")
            number = len(self.published)
            page.write_text(f"# Acme {number}\n\nAcme {number} keeps its data in Norway.\n")
            self._run("corpus", "add", str(page))
        self.published.append((self.home / "current").read_text(encoding="utf-8").strip())

    def _run(self, *command: str) -> None:
        """Run a command; where the database was just started anew, build again, as one is told."""
        for _ in range(_TRIES):
            done = subprocess.run(
                [sys.executable, "-m", "ui.command_line.main", *command], cwd=ROOT,
                env={**os.environ, "RESIDENCY_HOME": str(self.home), **self.settings},
                capture_output=True, text=True, timeout=240,
            )  # fmt: skip
            if done.returncode == 0 or "postgresql://" not in done.stderr:
                break
            time.sleep(2)
            command = ("index",)
        assert done.returncode == 0, done.stderr

    def publish_meanwhile(self, until: float) -> None:
        """Publish so many, one after the other, in a time."""
        step = (until - time.monotonic()) / (BUILDS + 1)
        for _ in range(BUILDS):
            time.sleep(step)
            self.publish()


def _disturb(replicas: list[Replica], database: PostgresqlServer, until: float) -> tuple[int, int]:
    """Kill a replica every so often, and start the database anew twice; return how often."""
    began, killed, restarts = time.monotonic(), 0, 0
    chance = random.Random(7)
    while (rest := until - time.monotonic()) > 0:
        time.sleep(min(rest, _KILLED_EVERY_S / 2))
        if (time.monotonic() - began) / (until - began) > (restarts + 1) / 3 and restarts < 2:
            restarts += 1
            database.stop()
            time.sleep(2)
            database.start()
        if (time.monotonic() - began) // _KILLED_EVERY_S > killed:
            one = chance.choice(replicas)
            if all(other.is_ready for other in replicas if other is not one):
                one.end(signal.SIGKILL)
                one.start()
            killed += 1
    return killed, restarts


@pytest.mark.soak
@pytest.mark.skipif(not LONG, reason="three replicas, a balancer and kills: make soak")
@pytest.mark.timeout(SECONDS + 900)
def test_no_conversation_loses_doubles_or_mixes_anything(
    untouched_home: Path, tmp_path: Path, database: PostgresqlServer,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    url = database.new_database()
    settings = {
        "RESIDENCY_DATABASE_URL": url, "RESIDENCY_BUILD_STORE": (tmp_path / "builds").as_uri(),
        "RESIDENCY_BUILD_POLL_SECONDS": "2", "RESIDENCY_PROXY_ADDRESSES": "127.0.0.1",
        "RESIDENCY_QUESTIONS_PER_MINUTE": "0",
    }  # fmt: skip
    (tmp_path / "builds").mkdir()
    builder = Builder(Path(shutil.copytree(untouched_home, tmp_path / "builder")), settings)
    builder.publish()
    homes = [
        Path(shutil.copytree(untouched_home, tmp_path / f"replica-{number}"))
        for number in range(REPLICAS)
    ]
    replicas = [Replica(home, settings) for home in homes]
    with ExitStack() as running:
        for one in replicas:
            one.start()
            running.callback(one.end, signal.SIGTERM)
            _wait_for(one)
        balancer = running.enter_context(_balancer(replicas, tmp_path))
        until = time.monotonic() + SECONDS
        users = [User(number, balancer, until) for number in range(USERS)]
        threads = [threading.Thread(target=user.run) for user in users]
        threads.append(threading.Thread(target=builder.publish_meanwhile, args=(until,)))
        for thread in threads:
            thread.start()
        killed, restarts = _disturb(replicas, database, until)
        for thread in threads:
            thread.join(300)
        assert not any(thread.is_alive() for thread in threads)
        assert len(builder.published) == len(set(builder.published)) == BUILDS + 1
        for one in replicas:
            _wait_for(one, builder.published[-1])
    kept = Kept.of(Settings(home=tmp_path / "reader", database_url=SecretStr(url)))
    unrecorded = 0
    for user in users:
        messages = kept.threads.messages(user.owner, user.thread)
        assert _agree([message.question for message in messages], user.asked)
        unrecorded += len(user.asked) - len(messages)
        answers = [message.answer for message in messages if message.answer is not None]
        assert len(answers) == len(messages)
        assert {answer.index for answer in answers} <= set(builder.published)
    asked = sum(len(user.asked) for user in users)
    took = sorted(one for user in users for one in user.took_s)
    record_property("questions", asked)
    record_property("killed", killed)
    record_property("restarts", restarts)
    record_property("lost_and_asked_again", sum(user.lost for user in users))
    record_property(
        "recorded_later",
        sum(not one.is_recorded for user in users for one in user.asked) - unrecorded,
    )
    record_property("unrecorded", unrecorded)
    record_property("p95_s", round(statistics.quantiles(took, n=20)[-1], 2))
    assert killed
    assert restarts == 2
    assert asked >= USERS
    assert [user.given_up for user in users if user.given_up] == []
