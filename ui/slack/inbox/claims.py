"""Keeps what a bot works on for it, for as long as it does: on a server other bots wait for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ui.errors import InboxError
from ui.shared.logs import note
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import Job

_RENEWALS = 6
"""How often a lease is renewed before it would run out."""


class Claims:
    """The jobs that a bot works on; safe between threads."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._using = threading.Lock()
        self._jobs: set[Job] = set()
        self._ended = threading.Event()

    @contextmanager
    def of(self, job: Job) -> Iterator[None]:
        """Work on a job for the time of a block; what comes of it is nobody else's meanwhile."""
        with self._using:
            self._jobs.add(job)
        try:
            yield
        finally:
            with self._using:
                self._jobs.discard(job)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew leases for the time of a block; a file has none."""
        if not self._inbox.is_shared:
            yield
            return
        thread = threading.Thread(target=self._run, name="residency-slack-leases", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join(self._inbox.lease_s)

    def _run(self) -> None:
        while not self._ended.wait(self._inbox.lease_s / _RENEWALS):
            with self._using:
                jobs = tuple(self._jobs)
            try:
                self._inbox.renew(jobs)
            except InboxError as error:
                # Before it says anything a bot asks whether it still may.
                note("leases not renewed", error=str(error))
