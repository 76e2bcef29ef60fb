"""Calls of what Gradio lays out: done in turn with all other work, and counted for each caller."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import gradio as gr

from ui.errors import LineFull
from ui.web.bounds.traffic import FairWork

_THREADS = 400
"""Calls that Gradio takes up at a time. All but a few wait for their turn, without a thread; with
fewer those of one caller would hold up the others before their turns are looked at.
"""
_NEVER = 10**12
"""Calls after which Gradio makes a table of its calls, which takes the event loop a while."""
_ENDING: set[asyncio.Future[None]] = set()
"""Held here until done: a loop holds its tasks weakly."""
_ASKING = "ask"
"""Questions have turns of their own, which an answer by a model does not hold to its end."""


def take_turns(page: gr.Blocks, work: FairWork) -> None:
    """Have the calls of a page done in the turns of their callers; to be called once for a page.

    What reports while it goes on is for those who change documents, and holds no turn.
    """
    at_once: Callable[..., Awaitable[dict[str, Any]]] = page.process_api

    async def in_turn(**call: Any) -> dict[str, Any]:
        asked = call["block_fn"]
        if asked.api_name == _ASKING or asked.types_generator:
            return await at_once(**call)
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(work.turn(_caller(call["request"])))
            except LineFull as error:
                raise gr.Error(str(error)) from error
            return await _to_its_end(at_once(**call), held)

    page.process_api = in_turn
    page.max_threads = _THREADS
    # The bound is on what each caller has waiting.
    page.queue(default_concurrency_limit=None, max_size=None)
    page._queue.ANALYTICS_MAX_EVENTS = 1
    page._queue.ANAYLTICS_CACHE_FREQUENCY = _NEVER


async def _to_its_end(call: Awaitable[dict[str, Any]], held: AsyncExitStack) -> dict[str, Any]:
    """Return what a call returns. One that is cancelled keeps its turn until it has ended: its
    thread goes on.
    """
    doing = asyncio.ensure_future(call)
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        if not doing.done():
            kept = held.pop_all()
            doing.add_done_callback(lambda done: _ended(done, kept))
        raise


def _ended(done: asyncio.Future[dict[str, Any]], kept: AsyncExitStack) -> None:
    """Hand on the turn of a call that nobody waits for any more; what it raised is of no use."""
    if not done.cancelled():
        done.exception()
    ending = asyncio.ensure_future(kept.aclose())
    _ENDING.add(ending)
    ending.add_done_callback(_ENDING.discard)


def queued(page: gr.Blocks, work: FairWork, party: str) -> int:
    """Return how many calls of a party wait or are done now."""
    # A copy: calls come and go on the event loop while another thread may count.
    every = tuple(page._queue.event_ids_to_events.values())
    return sum(work.parties.of(one.username or "") == party for one in every)


def _caller(request: Any) -> str:
    return str(getattr(request, "username", "") or "")
