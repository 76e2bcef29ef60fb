"""Hosts are asked politely: one request at a time, pauses between them, robots.txt kept to."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import Protocol
from urllib.parse import urlsplit

from corpus.errors import ComeLater, FetchError, NotYet, WatchEnded
from corpus.intake.download import Deadline, download_rules
from corpus.intake.reach import Reach
from corpus.intake.refetching.robots import LIMIT, Robots, read_robots

PAUSE_S = 1.0
"""Seconds between two requests to a host that asks for no more."""
_LONGEST_WAIT_S = 120.0
"""A host that wants longer pauses is asked for its next page in a later round."""
_RULES_S = 15.0
"""Seconds within which a robots.txt is read."""


class Clock(Protocol):
    """The time as a watch sees it."""

    def now(self) -> datetime:
        """Return the time of day, in UTC; it may be set back or forward meanwhile."""
        ...

    def ticks(self) -> float:
        """Return seconds that only rise, from any beginning."""
        ...

    def wait(self, seconds: float) -> bool:
        """Wait; return False where the wait was ended before its time."""
        ...


class RealClock:
    """The machine's own time; waits end when `stop` is set."""

    def __init__(self, stop: Event | None = None) -> None:
        self._stop = stop or Event()

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def ticks(self) -> float:
        """Return seconds that only rise."""
        return time.monotonic()

    def wait(self, seconds: float) -> bool:
        """Wait until the time is over or the watch is told to stop."""
        return not self._stop.wait(max(0.0, seconds))


@dataclass(slots=True)
class _Host:
    robots: dict[Reach, Robots | FetchError] = field(default_factory=dict)
    """What it allows, or why that is not known, as those may know it who reach so far; empty before
    it was asked in this round.
    """
    asked: float | None = None
    """When it was asked for anything last, in ticks."""
    asked_page: float | None = None
    """When it was asked for a page last: the pause that it wants is one between pages."""


@dataclass(slots=True)
class Politeness:
    """What is known of the hosts of one watch; not for use by several threads."""

    clock: Clock
    pause_s: float = PAUSE_S
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def begin_round(self) -> None:
        """Ask for every robots.txt anew, each when its host is first asked for a page."""
        for host in self._hosts.values():
            host.robots.clear()

    def ready_in(self, address: str) -> float:
        """Return the seconds until the host of an address may be asked."""
        host = self._hosts.get(origin(address), _Host())
        now = self.clock.ticks()
        since_any = self.pause_s if host.asked is None else now - host.asked
        known = (one for one in host.robots.values() if isinstance(one, Robots))
        delay_s = max((one.delay_s for one in known), default=0.0)
        since_page = delay_s if host.asked_page is None else now - host.asked_page
        return max(0.0, self.pause_s - since_any, delay_s - since_page)

    def enter(self, address: str, reach: Reach = Reach.ANY) -> None:
        """Wait until an address may be asked for; raise FetchError where it must not be.

        Raises NotYet where the wait would be long, WatchEnded where it was ended.
        """
        host = self._hosts.setdefault(origin(address), _Host())
        if reach not in host.robots:
            self._wait(address)
            host.robots[reach] = _robots(origin(address), reach)
            host.asked = self.clock.ticks()
        robots = host.robots[reach]
        if isinstance(robots, FetchError):
            raise _unknown(address, robots)
        if not robots.allows(address):
            raise FetchError(
                address, "the robots.txt of its host keeps programs from it",
                "Ask its owner for leave, or save the page yourself and give the file",
            )  # fmt: skip
        self._wait(address)
        host.asked = host.asked_page = self.clock.ticks()

    def _wait(self, address: str) -> None:
        left = self.ready_in(address)
        if left > _LONGEST_WAIT_S:
            raise NotYet(
                address, "its host wants a long pause between two pages",
                "It is asked for in a later round", left,
            )  # fmt: skip
        if left and not self.clock.wait(left):
            raise WatchEnded("the watch was told to end")


def origin(address: str) -> str:
    """Return scheme, host and port of an address."""
    split = urlsplit(address)
    return f"{split.scheme}://{split.netloc.lower()}"


def _robots(host: str, reach: Reach) -> Robots | FetchError:
    try:
        with Deadline(f"{host}/robots.txt", _RULES_S) as deadline:
            return read_robots(download_rules(host, deadline, LIMIT, reach))
    except FetchError as error:
        return error


def _unknown(address: str, error: FetchError) -> FetchError:
    """Return why a page is not asked for whose host does not tell what may be asked for."""
    cause = f"the robots.txt of its host cannot be read: it {error.cause}"
    if isinstance(error, ComeLater):
        return ComeLater(address, cause, error.next_step, error.wait_s)
    return FetchError(address, cause, error.next_step)
