"""Takes what is stored and does it: several things at a time, one of each conversation."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.errors import AssistantError, store_failed
from ui.errors import InboxError, UiError
from ui.shared.logs import note
from ui.slack.blocks.replies import refused
from ui.slack.core import Core, Postponed
from ui.slack.inbox.claims import Claims
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import Job
from ui.slack.messages.watch_message import watch_messages
from ui.slack.outgoing.outlet import Delivery, SlackOutlet
from ui.slack.outgoing.posting import Slack, TryAgain, Undeliverable
from ui.slack.types import Gone, Opened, Pressed, Question, Watched

_LOG = logging.getLogger("residency.slack")
_PATIENCE_S = 3600.0
"""After so long something is dropped whose calls keep failing; kills and limits do not count."""
_LONGEST_PAUSE_S = 300.0
_LOOK_S = 1.0
"""How often is looked for work of which nobody told."""
_LEAVE_S = 30.0
"""How long what is being answered may take when the bot ends."""
_AWAY_S = 5.0
_AWAY_TRIES = 12
"""How long, and how often, something waits for a store of the server that it needs; after that is
said what is wrong."""
_KNOWN = 1_000
"""Of how many arrivals that wait is known what was said; of others Slack is asked."""


def _can_wait(inbox: Inbox, job: Job) -> bool:
    """Tell whether a job may wait for a store: a server comes back without a restart."""
    return inbox.is_shared and job.tries < _AWAY_TRIES


@dataclass(slots=True)
class JobProgress:
    """How far a stored question has come."""

    inbox: Inbox
    job: Job
    position: int | None

    @property
    def waited_s(self) -> float:
        """Seconds since it arrived."""
        return self.job.waited_s

    def give_position(self, position: int) -> None:
        """Note the place in its conversation."""
        self.inbox.note_position(self.job, position)
        self.position = position

    @property
    def can_wait(self) -> bool:
        """Whether it may be handled again once a store can be used that it needs."""
        return _can_wait(self.inbox, self.job)

    @property
    def forgotten(self) -> bool:
        """Whether all that its asker said was deleted meanwhile."""
        return self.inbox.forgotten(self.job.arrival.key)


class Workers:
    """Threads that do what arrived."""

    def __init__(
        self, core: Core, slack: Slack, inbox: Inbox, *, persons: str = "", many: int = 4
    ) -> None:
        """Prepare; `persons` is the channel where persons help, empty where there is none."""
        self._core = core
        self._slack = slack
        self._inbox = inbox
        self._persons = persons
        self._wake = threading.Condition()
        self._ended = threading.Event()
        self._claims = Claims(inbox)
        # Up to which try each surely said nothing: nothing has to be looked for in the next one.
        # Tries of other bots are not known.
        self._certain: dict[str, int] = {}
        self._threads = [
            threading.Thread(target=self._run, name=f"residency-slack-{number}", daemon=True)
            for number in range(many)
        ]

    @contextmanager
    def running(self) -> Iterator[None]:
        """Work for the time of a block; what is being answered at its end is finished."""
        with self._claims.kept():
            for thread in self._threads:
                thread.start()
            try:
                yield
            finally:
                self._ended.set()
                self.wake()
                for thread in self._threads:
                    thread.join(_LEAVE_S)

    def wake(self) -> None:
        """Tell that something arrived."""
        with self._wake:
            self._wake.notify_all()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._next()
            except UiError as error:
                # What was taken is taken again: from a server once its lease ran out, from a file
                # at the next start.
                note("inbox failed", error=str(error))
                self._ended.wait(_LOOK_S)

    def _next(self) -> None:
        """Do what is next, or wait until something is."""
        job = self._inbox.take()
        if job is None:
            self._wait()
            return
        with self._claims.of(job):
            self._one(job)
        # Another of its conversation may have waited for it.
        self.wake()

    def _wait(self) -> None:
        due = self._inbox.next_in()
        with self._wake:
            self._wake.wait(_LOOK_S if due is None else max(0.01, min(due, _LOOK_S)))

    def _one(self, job: Job) -> None:
        """Do one thing of many; one that fails is recorded, the others go on."""
        key = job.arrival.key
        try:
            if self._inbox.wanted(job):
                self._do(job)
        except InboxError:
            # Nothing can be noted, so that nothing is said either.
            self._note_certain(job, certain=False)
            raise
        except Postponed as wait:
            self._note_certain(job, certain=True)
            self._inbox.later(job, wait.seconds)
        except TryAgain as error:
            self._again(job, error)
        except Undeliverable as error:
            self._drop(job, str(error))
        except Exception as error:  # noqa: BLE001 - one event of many; the failure is recorded
            self._failed(job, error)
        else:
            self._certain.pop(key, None)
            self._inbox.done(job)

    def _failed(self, job: Job, error: Exception) -> None:
        """Let wait what a store failed that comes back; say of all else that it failed."""
        away = isinstance(error, AssistantError) and store_failed(error)
        if away and _can_wait(self._inbox, job):
            note("postponed", key=job.arrival.key, reason=str(error), tries=job.tries)
            self._note_certain(job, certain=False)
            self._inbox.later(job, _AWAY_S)
            return
        _LOG.error("%s: failed", job.arrival.key, exc_info=error)
        self._apologise(job, error)

    def _do(self, job: Job) -> None:
        told = job.arrival.told
        match told:
            case Question():
                self._core.answer(told, JobProgress(self._inbox, job, job.position), self._out(job))
            case Pressed():
                self._core.press(told, self._out(job), can_wait=_can_wait(self._inbox, job))
            case Opened():
                self._core.greet(told, self._out(job))
            case Watched():
                self._out(job).say(watch_messages(told))
            case Gone():
                dropped = self._inbox.gone(told.team, told.channel)
                note("gone", channel=told.channel, reason=told.reason, dropped=dropped)

    def _out(self, job: Job) -> SlackOutlet:
        told = job.arrival.told
        assert not isinstance(told, Gone)
        certain = self._certain.get(job.arrival.key, 0)
        unsure = job.tries > certain + 1
        return SlackOutlet(
            self._slack, self._inbox, Delivery(job, unsure), told.place, self._persons
        )

    def _again(self, job: Job, error: TryAgain) -> None:
        key = job.arrival.key
        if job.waited_s > _PATIENCE_S and not error.certain:
            self._drop(job, f"{error}, {job.tries} times")
            return
        self._note_certain(job, certain=error.certain)
        pause = error.seconds if error.certain else error.seconds * 2 ** min(job.tries - 1, 9)
        note("postponed", key=key, reason=str(error), tries=job.tries)
        self._inbox.later(job, min(pause, _LONGEST_PAUSE_S))

    def _note_certain(self, job: Job, *, certain: bool) -> None:
        """Note whether it is known what was said; once it is not, no later try makes it so."""
        key = job.arrival.key
        if not certain:
            self._certain.pop(key, None)
        elif self._certain.get(key, 0) == job.tries - 1:
            if len(self._certain) >= _KNOWN:
                self._certain.clear()
            self._certain[key] = job.tries

    def _drop(self, job: Job, reason: str) -> None:
        note("undeliverable", key=job.arrival.key, reason=reason)
        self._certain.pop(job.arrival.key, None)
        self._inbox.drop(job, reason)

    def _apologise(self, job: Job, error: Exception) -> None:
        """Say that something failed here, rather than nothing."""
        if isinstance(job.arrival.told, Question):
            told = f"Something failed here. The log tells of it as {job.arrival.key}"
            try:
                self._out(job).say((refused(told),))
            except (TryAgain, Undeliverable, UiError) as again:
                note("no apology", key=job.arrival.key, reason=str(again))
            except Exception:  # noqa: BLE001 - what failed before may fail again; others wait
                _LOG.exception("%s: no apology", job.arrival.key)
        self._drop(job, type(error).__name__)
