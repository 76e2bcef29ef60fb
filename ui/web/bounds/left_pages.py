"""What is kept of pages that nobody has open any more, and when it is given back.

Gradio keeps the values of up to 10,000 pages, and what was answered to those that did not wait.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gradio.routes import file_upload_statuses
from starlette.concurrency import run_in_threadpool

from ui.web.access.open_pages import Tabs
from ui.web.access.parties import Parties
from ui.web.bounds.uploads import delete_left

_EVERY_S = 15.0
_GRACE_S = 45.0
"""How long a page may be away: its browser is loading it, or has lost the network."""
_KEPT = 40
"""Pages that were left and whose values are kept for who comes back, a sleeping laptop say."""
_KEPT_EACH = 4
"""Of one user."""
_UPLOAD_S = 600.0
"""How long somebody may be told how far an upload is."""


def _return_memory() -> None:
    """Have what was given back go to the system, where the C library keeps it for later.

    Other systems than Linux with glibc have no such call, and need none.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


class LeftPages:
    """Gives back what is kept of pages that were left."""

    def __init__(
        self, page: Any, tabs: Tabs, parties: Parties, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Prepare for a `gradio.Blocks` that is served."""
        self._page = page
        self._tabs = tabs
        self._parties = parties
        self._clock = clock
        self._unread: dict[str, float] = {}
        """Since when something is kept for which nobody listens."""
        self._uploading: dict[str, float] = {}

    async def keep_giving_back(self) -> None:
        """Look from time to time, until cancelled."""
        while True:
            await asyncio.sleep(_EVERY_S)
            held = len(self._page.state_holder.session_data)
            self.give_back()
            await run_in_threadpool(delete_left, Path(os.environ["GRADIO_TEMP_DIR"]))
            if len(self._page.state_holder.session_data) < held:
                await run_in_threadpool(_return_memory)

    def give_back(self) -> None:
        """Look once, on the event loop, where nothing of Gradio's changes meanwhile."""
        self._drop_unread()
        self._drop_values()
        self._drop_progress()

    def _drop_unread(self) -> None:
        """Drop what was answered to pages that were left; what is still done is waited for."""
        queue = self._page._queue
        busy = {event.session_hash for event in queue.event_ids_to_events.values()}
        kept = {*queue.pending_event_ids_session, *queue.pending_messages_per_session}
        now = self._clock()
        left = {one for one in kept - busy if self._tabs.is_left(one, _GRACE_S)}
        self._unread = {one: self._unread.get(one, now) for one in left}
        for one, since in list(self._unread.items()):
            if now - since >= _GRACE_S:
                queue.pending_event_ids_session.pop(one, None)
                queue.pending_messages_per_session.pop(one, None)

    def _drop_values(self) -> None:
        """Drop the values of pages that were left, but for the last few of each user."""
        states, of_each, kept = self._page.state_holder, Counter[str](), 0
        for tab in reversed(self._tabs.left(_GRACE_S)):
            owner = self._tabs.owner(tab)
            party, most = self._parties.of(owner), _KEPT_EACH * self._parties.share(owner)
            if tab in states.session_data and of_each[party] < most and kept < _KEPT:
                of_each[party] += 1
                kept += 1
            elif not self._is_busy(tab):
                self._drop(tab)
                # Nothing may be there that the next one to take this name could read.
                self._page._queue.pending_event_ids_session.pop(tab, None)
                self._page._queue.pending_messages_per_session.pop(tab, None)
                self._tabs.forget(tab)
        # Programs that call without a page have values for each call, and no use for them.
        for tab in [one for one in states.session_data if not self._tabs.owner(one)]:
            if not self._is_busy(tab):
                self._drop(tab)

    def _is_busy(self, tab: str) -> bool:
        every = self._page._queue.event_ids_to_events.values()
        return any(event.session_hash == tab for event in every)

    def _drop(self, tab: str) -> None:
        states = self._page.state_holder
        states.delete_state(tab)
        with states.lock:
            states.session_data.pop(tab, None)
            states.time_last_used.pop(tab, None)

    def _drop_progress(self) -> None:
        """Drop how far uploads were of which nobody wanted to know it."""
        now, told = self._clock(), file_upload_statuses
        known = {*told._statuses, *told._signals}
        self._uploading = {one: self._uploading.get(one, now) for one in known}
        for one, since in list(self._uploading.items()):
            if now - since >= _UPLOAD_S:
                told.stop_tracking(one)
                told._signals.pop(one, None)
