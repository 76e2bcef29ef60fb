"""Many users at once on a served page.

`python -m evals.measuring.load URL --users 32 --seconds 300`

Each user is a page of its own: it asks as the page does, reads the answer for a while and asks
again. An answer has to quote the document of its own question and carry the user's own word back;
the word of another user in it is a leak.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import httpx

from evals.measuring.process_memory import resident_bytes


class _Asked(NamedTuple):
    """A question, and what its answer names."""

    question: str
    names: str


_ASKED = (
    _Asked("How long are Intune audit logs kept?", "Intune"),
    _Asked("Which regions does Intune store data in?", "Intune"),
    _Asked("Are public folders supported in a Multi-Geo organization?", "Exchange"),
    _Asked("Where does multi-factor authentication data of Japanese customers go?", "Japan"),
)
_PATIENCE_S = 120.0


@dataclass(slots=True)
class Tally:
    """What the users of one run met."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    """Resident bytes of the server, sampled once a second."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of a run."""

    users: int
    answers: int
    errors: int
    leaks: int
    p50_s: float
    p95_s: float
    memory_first_mb: float
    """Mean of the second tenth of the samples: the first is spent warming up."""
    memory_last_mb: float
    """Mean of the last tenth."""


async def run(
    url: str, users: int, seconds: float, read_s: float, pid: int | None, auth: Any = None
) -> tuple[Outcome, Tally]:
    """Let users ask until the time is over; return the figures and all that was met."""
    tally = Tally()
    words = [f"w{secrets.token_hex(6)}" for _ in range(users)]
    ends = time.monotonic() + seconds
    watching = asyncio.create_task(_watch(pid, tally)) if pid else None
    await asyncio.gather(
        *(_user(url, number, words, ends, read_s, tally, auth) for number in range(users))
    )
    if watching:
        watching.cancel()
    return _outcome(users, tally), tally


async def _user(
    url: str, number: int, words: Sequence[str], ends: float, read_s: float, tally: Tally, auth: Any
) -> None:
    """Open a page, ask, read and ask again."""
    # Not all at the same moment: people do not arrive so.
    await asyncio.sleep(read_s * number / len(words))
    async with httpx.AsyncClient(base_url=url, auth=auth, timeout=_PATIENCE_S) as client:
        page = await _opened(client)
        staying = asyncio.create_task(_stay(client, page.tab))
        turn = number
        while time.monotonic() < ends:
            asked = _ASKED[turn % len(_ASKED)]
            turn += 1
            started = time.monotonic()
            try:
                answer = await _answer(client, page, f"{asked.question} {words[number]}")
            except (httpx.HTTPError, LookupError, ValueError) as error:
                tally.errors.append(f"{type(error).__name__}: {error}"[:300])
            else:
                tally.seconds.append(time.monotonic() - started)
                _check(answer, asked.names, number, words, tally)
            await asyncio.sleep(read_s)
        staying.cancel()


@dataclass(frozen=True, slots=True)
class _Page:
    """An open page."""

    tab: str
    call: int
    """What its button calls."""
    inputs: int
    """How many values it sends with the question; the server knows the others by itself."""


async def _opened(client: httpx.AsyncClient) -> _Page:
    """Return a page; the cookie that it is given stays with the client."""
    config = (await client.get("config")).raise_for_status().json()
    button = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "ask")
    call = next(one for one in config["dependencies"] if [button, "click"] in one["targets"])
    return _Page(f"load{secrets.token_hex(6)}", call["id"], len(call["inputs"]))


async def _stay(client: httpx.AsyncClient, tab: str) -> None:
    """Hold the stream that tells the server of a page that is open."""
    async with client.stream("GET", f"gradio_api/heartbeat/{tab}", timeout=None) as stream:
        async for _ in stream.aiter_bytes():
            pass


async def _answer(client: httpx.AsyncClient, page: _Page, question: str) -> str:
    """Return what the page shows at the end of an answer, as JSON."""
    rest = [None] * (page.inputs - 1)
    body = {"data": [question, *rest], "fn_index": page.call, "session_hash": page.tab}
    (await client.post("gradio_api/queue/join", json=body)).raise_for_status()
    query = {"session_hash": page.tab}
    last = ""
    async with client.stream("GET", "gradio_api/queue/data", params=query) as stream:
        stream.raise_for_status()
        async for line in stream.aiter_lines():
            if not line.startswith("data:"):
                continue
            message = json.loads(line.removeprefix("data:"))
            if message["msg"] == "process_completed":
                if not message["success"]:
                    raise ValueError(f"the page failed: {message['output']}")
                last = json.dumps(message["output"]["data"])
            elif message["msg"] in ("unexpected_error", "server_stopped"):
                raise ValueError(str(message.get("message")))
    if not last:
        raise LookupError("the stream ended without an answer")
    return last


def _check(answer: str, names: str, number: int, words: Sequence[str], tally: Tally) -> None:
    if 'role=\\"alert\\"' in answer:
        tally.errors.append(f"refused: {answer[-400:]}")
    elif names not in answer or words[number] not in answer:
        tally.leaks.append(f"user {number} got an answer to something else: {answer[:300]}")
    for other, word in enumerate(words):
        if other != number and word in answer:
            tally.leaks.append(f"user {number} got the word of user {other}")


async def _watch(pid: int, tally: Tally) -> None:
    while True:
        tally.memory.append(resident_bytes(pid))
        await asyncio.sleep(1)


def _outcome(users: int, tally: Tally) -> Outcome:
    times = sorted(tally.seconds) or [0.0]
    tenth = max(1, len(tally.memory) // 10)
    return Outcome(
        users=users,
        answers=len(tally.seconds),
        errors=len(tally.errors),
        leaks=len(tally.leaks),
        p50_s=round(statistics.median(times), 3),
        p95_s=round(times[int(0.95 * (len(times) - 1))], 3),
        memory_first_mb=_mb(tally.memory[tenth : 2 * tenth]),
        memory_last_mb=_mb(tally.memory[-tenth:]),
    )


def _mb(samples: Sequence[int]) -> float:
    return round(statistics.fmean(samples) / 1e6, 1) if samples else 0.0


def main() -> None:
    """Run from the command line: one user first, for the measure, then all."""
    parser = argparse.ArgumentParser(prog="evals.measuring.load", description=__doc__)
    parser.add_argument("url", help="address of the page, with a slash at the end")
    parser.add_argument("--users", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--alone", type=float, default=20, help="seconds for the single user")
    parser.add_argument("--read", type=float, default=5, help="seconds between two questions")
    parser.add_argument("--pid", type=int, help="the server's process, to watch its memory")
    parser.add_argument("--user", help="name and password, as NAME:PASSWORD")
    given = parser.parse_args()
    auth = tuple(given.user.split(":", 1)) if given.user else None
    try:
        alone, _ = asyncio.run(run(given.url, 1, given.alone, 0.5, None, auth))
    except httpx.HTTPError as error:
        sys.exit(f"{given.url}: the page does not answer ({error}). Start it, or correct the URL")
    outcome, tally = asyncio.run(
        run(given.url, given.users, given.seconds, given.read, given.pid, auth)
    )
    ratio = outcome.p95_s / alone.p50_s if alone.p50_s else 0.0
    figures = {**asdict(outcome), "alone_p50_s": alone.p50_s, "p95_to_alone": round(ratio, 1)}
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    for line in (*tally.errors[:5], *tally.leaks[:5]):
        sys.stderr.write(f"{line}\n")
    if outcome.errors or outcome.leaks:
        sys.exit(1)


if __name__ == "__main__":
    main()
