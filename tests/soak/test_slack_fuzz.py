"""Requests to a Slack bot that runs: none fails in it, and what is not signed is not heeded.

FUZZ_CASES says how many there are in all, FUZZ_FIRST which is the first; see test_fuzz.py.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.flows.slack.conftest import Bot, local_slack, running
from tests.sizes import size
from tests.soak.slack_rubbish import HUGE, Case, cases, shapes_of
from tests.ui.slack.bodies import BOT, HOOK, every
from tests.ui.slack.fake import FakeSlack, Kind, Payload
from tests.ui.slack.fake.world import APP
from ui.slack.inbox.types import FILE

CASES = size("FUZZ_CASES", 300, 3_000)
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
_UNSIGNED = 0.4
_AT_ONCE = 8
_READ, _REFUSED = (200, 400, 401), (400, 401)
"""What is signed and is no text is not believed to be: its signature cannot be made again."""
_QUESTION = "How long are Intune audit logs kept?"
pytestmark = [pytest.mark.soak, pytest.mark.timeout(max(300, CASES // 2))]
_BROKEN = (
    b"\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"POST /slack/events\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET /slack/events HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /../x HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\n" + b"X-A: b\r\n" * 5_000 + b"\r\n",
)  # fmt: skip
"""What is hardly a request at all; where the connection ends early, nothing may come of it."""


@pytest.fixture
def bot(untouched_home: Path, tmp_path: Path) -> Iterator[Bot]:
    """A bot of a process of its own, which takes requests over HTTP."""
    fake = local_slack()
    with running(untouched_home, tmp_path, fake, "--http", "--port", "0") as started:
        yield started
    fake.stop()


def test_rubbish_is_refused_and_what_nobody_signed_is_not_heeded(bot: Bot) -> None:
    fake, shapes = bot.fake, _shapes(bot.fake)
    unsigned = max(1, int(CASES * _UNSIGNED))
    fake.forget()
    broken = _send_broken(fake.bot_url)
    refused = _send(bot, cases(range(FIRST, FIRST + unsigned), shapes, signed=False), _REFUSED)
    assert fake.calls() == []
    assert _kept(bot.home) == []
    read = _send(bot, cases(range(FIRST + unsigned, FIRST + CASES), shapes, signed=True), _READ)
    told = fake.dm("U0AFTER", _QUESTION)
    assert fake.push(told).status == 200
    fake.wait(lambda: fake.answers("D0AFTER"), 60 + CASES / 10)
    figures = {"unsigned": refused, "signed": read, "broken": broken, "kept": len(_kept(bot.home))}
    sys.stdout.write(f"\n{json.dumps(figures)}\n")
    assert bot.traces() == []
    assert fake.faults == []


def _shapes(fake: FakeSlack) -> list[Payload]:
    """Return everything that is told, by names that the Slack at hand knows."""
    fake.channel("C1")
    fake.channel("D1")
    kinds = {"event_callback": Kind.EVENT, None: Kind.COMMAND}
    payloads = [Payload(kinds.get(body.get("type"), Kind.INTERACTIVE), body) for body in every()]
    names = {"T1": fake.team, BOT: fake.bot_user(), "A0APP": APP, HOOK: f"{fake.url}/respond/none"}
    return shapes_of(payloads, names)


def _send(bot: Bot, every_case: Iterator[Case], expected: tuple[int, ...]) -> dict[str, int]:
    """Send cases, several at a time; return how often which status came back."""
    statuses: Counter[str] = Counter()
    with (
        httpx.Client(trust_env=False, verify=False, timeout=60) as client,
        ThreadPoolExecutor(_AT_ONCE) as senders,
    ):

        def send(case: Case) -> None:
            headers = case.headers(bot.fake.signing_secret)
            try:
                status = client.post(bot.fake.bot_url, content=case.body, headers=headers)
            except httpx.TransportError:
                # A body beyond the limit is not read to its end.
                if len(case.body) <= HUGE:
                    raise
                statuses["cut off"] += 1
                return
            right = (413,) if len(case.body) > HUGE else expected
            assert status.status_code in right, (
                f"case {case.number} ({case.signature}): {status.status_code} {case.body!r:.300}"
            )
            statuses[str(status.status_code)] += 1

        for done in [senders.submit(send, case) for case in every_case]:
            done.result()
    return dict(sorted(statuses.items()))


def _send_broken(url: str) -> int:
    """Send what is no request; return how much of it there was."""
    place = urlsplit(url)
    for text in _BROKEN:
        with socket.create_connection((place.hostname, place.port), 10) as sending:
            sending.sendall(text)
            sending.shutdown(socket.SHUT_WR)
            while sending.recv(4_096):
                pass
    return len(_BROKEN)


def _kept(home: Path) -> list[str]:
    """Return the keys of all that the bot ever took in."""
    query = "SELECT key FROM arrivals UNION SELECT key FROM ended"
    with closing(sqlite3.connect(f"file:{home / FILE}?mode=ro", uri=True, timeout=30)) as inbox:
        return [key for (key,) in inbox.execute(query)]
