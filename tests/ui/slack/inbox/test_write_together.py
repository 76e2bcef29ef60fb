"""Arrivals that come at the same time are kept in one write, and a failed write fails for all."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from ui.slack.inbox.write_together import Intake
from ui.slack.types import Arrival, Opened, Place


def _arrival(key: str) -> Arrival:
    return Arrival(key, "lane", Opened(Place("T1", "D1", "", "U1")))


class _Store:
    """Keeps keys; the first write waits until it is let go, and may fail."""

    def __init__(self, *, fails: bool = False) -> None:
        self.writes: list[list[str]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()
        self._fails = fails
        self._kept: set[str] = set()

    def __call__(self, arrivals: Sequence[Arrival]) -> list[bool]:
        self.writes.append([one.key for one in arrivals])
        if len(self.writes) == 1:
            self.begun.set()
            assert self.go_on.wait(10)
        elif self._fails and len(self.writes) == 2:
            raise OSError("the disk is full")
        new = [one.key not in self._kept | set(self.writes[-1][:at])
               for at, one in enumerate(arrivals)]  # fmt: skip
        self._kept |= set(self.writes[-1])
        return new


def _put(store: _Store, *keys: str) -> list[bool | type[BaseException]]:
    """Put a first arrival, and during its write all others; return what became of each."""
    intake = Intake(store)
    with ThreadPoolExecutor(len(keys)) as threads:
        puts = [threads.submit(intake.put, _arrival(keys[0]))]
        assert store.begun.wait(10)
        puts += [threads.submit(intake.put, _arrival(key)) for key in keys[1:]]
        while len(intake._waiting) < len(keys) - 1:
            pass
        store.go_on.set()
        return [type(error) if (error := put.exception(10)) else put.result() for put in puts]


def test_what_came_during_a_write_is_kept_in_the_next_one() -> None:
    store = _Store()
    assert _put(store, "a", "b", "c", "d") == [True, True, True, True]
    assert [sorted(keys) for keys in store.writes] == [["a"], ["b", "c", "d"]]


def test_of_the_same_told_twice_at_once_one_is_new() -> None:
    assert sorted(map(str, _put(_Store(), "a", "b", "b", "a"))) == [
        "False",
        "False",
        "True",
        "True",
    ]


def test_after_a_failed_write_each_other_tries_for_itself() -> None:
    store = _Store(fails=True)
    outcomes = _put(store, "a", "b", "c")
    assert outcomes.count(OSError) == 1
    assert outcomes.count(True) == 2
    assert len(store.writes) == 3


def test_a_failure_is_told_to_the_one_who_waits() -> None:
    def failing(arrivals: Sequence[Arrival]) -> list[bool]:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        Intake(failing).put(_arrival("a"))
