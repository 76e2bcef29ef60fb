"""Many users at once on a served page.

`python -m evals.measuring.load URL --users 32 --seconds 300`

Each user is a page of its own: it asks as the page does, reads the answer for a while and asks
again. Of this build that is the answer stream that the page's script calls; of one from before it,
Gradio's queue: the question, and what the page calls by itself once it is answered. The figures say
which. An answer has to carry the user's own word back; the word of another user in it is a leak.
Those that do not name what they should are counted apart: that is how well is answered, not how.

`--beside URL` drives a second page in turn, `--runs` times each, and prints the ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import secrets
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple, Protocol

import httpx

from evals.measuring.process_memory import resident_bytes


class _Asked(NamedTuple):
    """A question, and what its answer names."""

    question: str
    names: str


_ASKED = (
    _Asked("How long are Intune audit logs kept?", "Intune"),
    _Asked("Which regions does Intune store data in?", "Intune"),
    _Asked("How is a mailbox moved to another geo location?", "Exchange Online mailbox"),
    _Asked("Where does multi-factor authentication data of Japanese customers go?", "Japan"),
)
_PATIENCE_S = 120.0


@dataclass(slots=True)
class Tally:
    """What the users of one run met."""

    drives: str = ""
    """What of the page is driven."""
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    astray: int = 0
    """Answers that do not name what their question is about."""
    memory: list[int] = field(default_factory=list)
    """Resident bytes of the server, sampled once a second."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of a run."""

    drives: str
    """What of the page was driven."""
    users: int
    answers: int
    answers_a_second: float
    errors: int
    leaks: int
    astray: int
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
    return _outcome(users, seconds, tally), tally


async def _user(
    url: str, number: int, words: Sequence[str], ends: float, read_s: float, tally: Tally, auth: Any
) -> None:
    """Open a page, ask, read and ask again."""
    # Not all at the same moment: people do not arrive so.
    await asyncio.sleep(read_s * number / len(words))
    async with httpx.AsyncClient(base_url=url, auth=auth, timeout=_PATIENCE_S) as client:
        page = await _opened(client)
        tally.drives = page.drives
        staying = asyncio.create_task(_stay(client, page.tab))
        turn = number
        while time.monotonic() < ends:
            asked = _ASKED[turn % len(_ASKED)]
            turn += 1
            started = time.monotonic()
            try:
                answer = await page.answer(client, f"{words[number]}: {asked.question}")
                tally.seconds.append(time.monotonic() - started)
                _check(answer, asked.names, number, words, tally)
                await page.follow(client)
            except (httpx.HTTPError, LookupError, ValueError) as error:
                tally.errors.append(f"{type(error).__name__}: {error}"[:300])
            await asyncio.sleep(read_s)
        staying.cancel()


class _Page(Protocol):
    """An open page, which asks as its build does."""

    @property
    def drives(self) -> str:
        """What is driven, in words."""
        ...

    @property
    def tab(self) -> str:
        """What the page calls itself."""
        ...

    async def answer(self, client: httpx.AsyncClient, question: str) -> str:
        """Return what the page shows at the end of an answer."""
        ...

    async def follow(self, client: httpx.AsyncClient) -> None:
        """Call what the page calls by itself once it has its answer."""
        ...


async def _opened(client: httpx.AsyncClient) -> _Page:
    """Return a page; the cookie that it is given stays with the client."""
    page = (await client.get("")).raise_for_status().text
    config = (await client.get("config")).raise_for_status().json()
    tab = f"load{secrets.token_hex(6)}"
    return _Streamed(tab) if _STREAM in page else _queued(tab, config)


async def _stay(client: httpx.AsyncClient, tab: str) -> None:
    """Hold the stream that tells the server of a page that is open."""
    async with client.stream("GET", f"gradio_api/heartbeat/{tab}", timeout=None) as stream:
        async for _ in stream.aiter_bytes():
            pass


_STREAM = "window.residency"
"""Stands in the script of a page that has an answer stream of its own."""


@dataclass(slots=True)
class _Streamed:
    """A page whose script asks past Gradio."""

    tab: str
    thread: str = ""
    after: str = ""
    drives: str = "the page's answer stream"

    async def answer(self, client: httpx.AsyncClient, question: str) -> str:
        """Return the last state of the stream, and go on with its conversation."""
        body = {"question": question, "thread": self.thread, "after": self.after}
        last = ""
        async with client.stream("POST", "answers", json=body) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                last = line
        if not last:
            raise LookupError("the stream ended without an answer")
        state = json.loads(last)
        self.thread, self.after = state["thread"], state["answer"]
        return str(state["latest"])

    async def follow(self, client: httpx.AsyncClient) -> None:
        """Call nothing: the list of conversations is asked for where it is open."""


@dataclass(frozen=True, slots=True)
class _Queued:
    """A page that asks by Gradio's queue."""

    tab: str
    config: Mapping[str, Any]
    call: int
    """What its button calls."""
    drives: str = "Gradio's queue, with the calls that follow an answer"

    async def answer(self, client: httpx.AsyncClient, question: str) -> str:
        """Return what the question's call puts out."""
        output = await self._called(client, self.call, question)
        return str(output["data"][2])

    async def follow(self, client: httpx.AsyncClient) -> None:
        """Make the calls that wait for the question's, and those for the states they change."""
        every = self.config["dependencies"]
        for after in (one for one in every if one["trigger_after"] == self.call):
            output = await self._called(client, after["id"])
            changed = [[state, "change"] for state in output.get("changed_state_ids") or ()]
            for call in every:
                if any(one in call["targets"] for one in changed):
                    await self._called(client, call["id"])

    async def _called(self, client: httpx.AsyncClient, call: int, first: str | None = None) -> Any:
        """Return the output of a call; the server knows all values but the first by itself."""
        inputs = next(one for one in self.config["dependencies"] if one["id"] == call)["inputs"]
        data = [first, *[None] * len(inputs)][: len(inputs)]
        body = {"data": data, "fn_index": call, "session_hash": self.tab}
        (await client.post("gradio_api/queue/join", json=body)).raise_for_status()
        return await self._heard(client)

    async def _heard(self, client: httpx.AsyncClient) -> Any:
        query = {"session_hash": self.tab}
        output: Any = None
        async with client.stream("GET", "gradio_api/queue/data", params=query) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if not line.startswith("data:"):
                    continue
                message = json.loads(line.removeprefix("data:"))
                if message["msg"] == "process_completed":
                    output = message["output"]
                    if not message["success"]:
                        raise ValueError(f"the page failed: {output}")
                elif message["msg"] in ("unexpected_error", "server_stopped"):
                    raise ValueError(str(message.get("message")))
        if output is None:
            raise LookupError("the stream ended without an answer")
        return output


def _queued(tab: str, config: Mapping[str, Any]) -> _Queued:
    """Return a page of a build that asks by Gradio's queue."""
    button = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "ask")
    call = next(one for one in config["dependencies"] if [button, "click"] in one["targets"])
    return _Queued(tab, config, call["id"])


def _check(answer: str, names: str, number: int, words: Sequence[str], tally: Tally) -> None:
    if 'role="alert"' in answer:
        tally.errors.append(f"refused: {answer[-400:]}")
    tally.astray += names not in answer
    if words[number] not in answer:
        tally.leaks.append(f"user {number} got an answer to something else: {answer[:300]}")
    for other, word in enumerate(words):
        if other != number and word in answer:
            tally.leaks.append(f"user {number} got the word of user {other}")


async def _watch(pid: int, tally: Tally) -> None:
    while True:
        tally.memory.append(resident_bytes(pid))
        await asyncio.sleep(1)


def _outcome(users: int, seconds: float, tally: Tally) -> Outcome:
    times = sorted(tally.seconds) or [0.0]
    tenth = max(1, len(tally.memory) // 10)
    return Outcome(
        drives=tally.drives,
        users=users,
        answers=len(tally.seconds),
        answers_a_second=round(len(tally.seconds) / seconds, 2),
        errors=len(tally.errors),
        leaks=len(tally.leaks),
        astray=tally.astray,
        p50_s=round(statistics.median(times), 3),
        p95_s=round(times[int(0.95 * (len(times) - 1))], 3),
        memory_first_mb=_mb(tally.memory[tenth : 2 * tenth]),
        memory_last_mb=_mb(tally.memory[-tenth:]),
    )


def _mb(samples: Sequence[int]) -> float:
    return round(statistics.fmean(samples) / 1e6, 1) if samples else 0.0


class _Served(NamedTuple):
    """A page to be driven."""

    url: str
    pid: int | None
    """The server's process, to watch its memory."""


class _Crowd(NamedTuple):
    """How a page is driven."""

    users: int
    seconds: float
    alone_s: float
    """Seconds for the single user, for the measure."""
    read_s: float
    auth: Any


def _driven(page: _Served, crowd: _Crowd) -> tuple[dict[str, object], bool]:
    """Drive a page, by one user and by all; return the figures, and whether all went well."""
    try:
        alone, _ = asyncio.run(run(page.url, 1, crowd.alone_s, 0.5, None, crowd.auth))
    except httpx.HTTPError as error:
        sys.exit(f"{page.url}: the page does not answer ({error}). Start it, or correct the URL")
    outcome, tally = asyncio.run(
        run(page.url, crowd.users, crowd.seconds, crowd.read_s, page.pid, crowd.auth)
    )
    for line in (*tally.errors[:5], *tally.leaks[:5]):
        sys.stderr.write(f"{line}\n")
    ratio = outcome.p95_s / alone.p50_s if alone.p50_s else 0.0
    figures = {**asdict(outcome), "alone_p50_s": alone.p50_s, "p95_to_alone": round(ratio, 1)}
    return figures, not outcome.errors and not outcome.leaks


_COMPARED = ("answers_a_second", "p50_s", "p95_s", "memory_last_mb", "alone_p50_s")


def _beside(page: dict[str, object], other: dict[str, object]) -> dict[str, float]:
    """Return each figure of a page as a share of the other page's."""
    pairs = {name: (float(str(page[name])), float(str(other[name]))) for name in _COMPARED}
    return {name: round(one / two, 3) for name, (one, two) in pairs.items() if two}


def main() -> None:
    """Run from the command line: one user first, for the measure, then all."""
    given = _arguments()
    auth = tuple(given.user.split(":", 1)) if given.user else None
    crowd = _Crowd(given.users, given.seconds, given.alone, given.read, auth)
    went_well = True
    for _ in range(given.runs):
        figures, well = _driven(_Served(given.url, given.pid), crowd)
        printed: dict[str, object] = {"load_average": os.getloadavg()[0], "page": figures}
        if given.beside:
            other, other_well = _driven(_Served(given.beside, given.beside_pid), crowd)
            printed |= {"beside": other, "page_to_beside": _beside(figures, other)}
            well = well and other_well
        sys.stdout.write(json.dumps(printed, indent=1) + "\n")
        went_well = went_well and well
    if not went_well:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evals.measuring.load", description=__doc__)
    parser.add_argument("url", help="address of the page, with a slash at the end")
    parser.add_argument("--users", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--alone", type=float, default=20, help="seconds for the single user")
    parser.add_argument("--read", type=float, default=5, help="seconds between two questions")
    parser.add_argument("--pid", type=int, help="the server's process, to watch its memory")
    parser.add_argument("--user", help="name and password, as NAME:PASSWORD")
    parser.add_argument("--beside", help="address of another page, driven in turn")
    parser.add_argument("--beside-pid", type=int, help="the process of that other page")
    parser.add_argument("--runs", type=int, default=1, help="how often each is driven")
    return parser.parse_args()


if __name__ == "__main__":
    main()
