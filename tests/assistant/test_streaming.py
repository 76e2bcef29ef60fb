"""Work that is heard while it goes on, and what becomes of it where nobody listens any more."""

from __future__ import annotations

import threading
import time

import pytest

from assistant import streaming
from assistant.streaming import Listener, heard_in_thread


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_BEAT_S", 0.01)


@pytest.mark.parametrize("goes_on", [False, True])
def test_steps_come_before_the_result(goes_on: bool) -> None:
    def work(heard: Listener) -> int:
        heard("one")
        heard("two")
        return 3

    said = list(heard_in_thread(work, goes_on=goes_on))
    assert list(dict.fromkeys(said)) == ["one", "two", 3]


def test_work_that_goes_on_keeps_nobody_who_leaves() -> None:
    may_end, ended = threading.Event(), threading.Event()

    def work(heard: Listener) -> str:
        heard("begun")
        may_end.wait(30)
        ended.set()
        return "done"

    steps = heard_in_thread(work, goes_on=True)
    assert next(steps) == "begun"
    started = time.monotonic()
    steps.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 5
    assert not ended.is_set()
    may_end.set()
    assert ended.wait(10)


def test_other_work_is_told_and_waited_for() -> None:
    ended = threading.Event()

    def work(heard: Listener) -> str:
        heard("begun")
        while not heard.has_left():
            time.sleep(0.005)
        ended.set()
        return "stopped"

    steps = heard_in_thread(work)
    assert next(steps) == "begun"
    steps.close()  # type: ignore[attr-defined]
    assert ended.is_set()
