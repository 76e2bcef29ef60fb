"""Who is answered next."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from ui.errors import LineFull
from ui.shared.bounds.turns import Turns, holds_turn, turn_lent


def _waits(turns: Turns, name: str, order: list[str]) -> threading.Thread:
    """Have somebody wait for a turn; return when they do."""

    def wait() -> None:
        with turns.of(name):
            order.append(name)

    waiting = turns.waiting
    thread = threading.Thread(target=wait)
    thread.start()
    until = time.monotonic() + 10
    while turns.waiting == waiting:
        assert time.monotonic() < until
        time.sleep(0.001)
    return thread


def test_one_who_asks_much_is_not_answered_twice_before_others_once() -> None:
    turns, order = Turns(), list[str]()
    with turns.of("ann"):
        threads = [_waits(turns, name, order) for name in ("ann", "ann", "ann", "ben", "cy", "ben")]
    for thread in threads:
        thread.join(10)
    assert order == ["ann", "ben", "cy", "ann", "ben", "ann"]


def test_those_of_one_name_are_answered_in_the_order_in_which_they_came() -> None:
    turns = Turns()
    came, answered = list(range(8)), list[int]()

    def wait(number: int) -> None:
        with turns.of("ann"):
            answered.append(number)

    threads = []
    with turns.of("ben"):
        for number in came:
            waiting = turns.waiting
            threads.append(threading.Thread(target=wait, args=(number,)))
            threads[-1].start()
            while turns.waiting == waiting:
                time.sleep(0.001)
    for thread in threads:
        thread.join(10)
    assert answered == came


def test_as_many_are_let_in_as_may_be_at_once() -> None:
    turns, order = Turns(2), list[str]()
    with turns.of("ann"), turns.of("ben"):
        thread = _waits(turns, "cy", order)
        assert order == []
    thread.join(10)
    assert order == ["cy"]


def test_a_turn_is_handed_on_where_its_holder_fails_and_may_be_taken_again() -> None:
    turns = Turns()
    turn = turns.of("ann")
    for _ in range(3):
        try:
            with turn:
                raise ValueError
        except ValueError:
            pass
    with turn:
        assert turns.waiting == 0


def test_one_name_has_no_more_turns_at_once_than_each_may() -> None:
    turns, order = Turns(3, each=1), list[str]()
    with turns.of("ann"):
        waiting = _waits(turns, "ann", order)
        with turns.of("ben"):
            assert order == []
    waiting.join(10)
    assert order == ["ann"]
    assert turns.waiting == 0


def test_a_line_has_an_end_for_each_name() -> None:
    turns, order = Turns(line=1), list[str]()
    with turns.of("ann"):
        threads = [_waits(turns, "ann", order), _waits(turns, "ben", order)]
        with pytest.raises(LineFull, match="waits as may"):
            turns.take("ann")
    for thread in threads:
        thread.join(10)
    assert order == ["ann", "ben"]


async def _in_turn(turns: Turns, name: str, order: list[str]) -> None:
    async with turns.held(name):
        order.append(name)


def test_who_waits_without_a_thread_stands_in_the_same_line() -> None:
    turns, order = Turns(), list[str]()

    async def several() -> None:
        async with turns.held("ann"):
            tasks = [asyncio.create_task(_in_turn(turns, name, order)) for name in "aab"]
            await asyncio.sleep(0)
            thread = await asyncio.to_thread(_waits, turns, "c", order)
        await asyncio.gather(*tasks)
        await asyncio.to_thread(thread.join, 10)

    asyncio.run(several())
    assert order == ["a", "b", "c", "a"]
    with turns.of("ann"):
        assert turns.waiting == 0


@pytest.mark.parametrize("is_called", [False, True])
def test_who_leaves_the_line_keeps_nobody_waiting(is_called: bool) -> None:
    turns, order = Turns(), list[str]()

    async def leaving() -> None:
        held = turns.held("ann")
        await held.__aenter__()
        task = asyncio.create_task(_in_turn(turns, "gone", order))
        await asyncio.sleep(0)
        if is_called:
            # The turn is handed on, and its new holder does not get to know of it.
            await held.__aexit__(None, None, None)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        if not is_called:
            await held.__aexit__(None, None, None)
        await asyncio.wait_for(_in_turn(turns, "next", order), 10)

    asyncio.run(leaving())
    assert order == ["next"]


async def _worked(turns: Turns, name: str, work: Callable[[], None]) -> None:
    async with turns.held(name):
        await asyncio.to_thread(work)


def test_who_waits_for_another_process_lets_others_work_meanwhile() -> None:
    turns, order = Turns(), list[str]()
    reads, is_read = threading.Event(), threading.Event()

    def reading() -> None:
        assert holds_turn()
        with turn_lent():
            order.append("ann reads")
            reads.set()
            assert is_read.wait(10)
        order.append("ann goes on")

    def asking() -> None:
        order.append("ben asks")
        is_read.set()
        time.sleep(0.05)
        order.append("ben is answered")

    async def both() -> None:
        first = asyncio.create_task(_worked(turns, "ann", reading))
        await asyncio.to_thread(reads.wait, 10)
        second = asyncio.create_task(_worked(turns, "ben", asking))
        await asyncio.gather(first, second)

    asyncio.run(both())
    assert order == ["ann reads", "ben asks", "ben is answered", "ann goes on"]
    turns.take("cy")
    assert turns.waiting == 0


def test_who_lent_a_turn_begins_nothing_else_meanwhile_and_goes_on_before_the_next() -> None:
    turns, order = Turns(), list[str]()
    reads, is_read = threading.Event(), threading.Event()

    def reading() -> None:
        with turn_lent():
            reads.set()
            assert is_read.wait(10)
        order.append("ann goes on")

    def asking(name: str) -> None:
        order.append(name)
        if name == "ben":
            is_read.set()
            time.sleep(0.05)

    async def all_of_them() -> None:
        tasks = [asyncio.create_task(_worked(turns, "ann", reading))]
        await asyncio.to_thread(reads.wait, 10)
        for name in ("ann", "ben", "cy"):
            tasks.append(asyncio.create_task(_worked(turns, name, partial(asking, name))))
            await asyncio.sleep(0.01)
        await asyncio.gather(*tasks)

    asyncio.run(all_of_them())
    assert order == ["ben", "ann goes on", "ann", "cy"]


def test_without_a_turn_there_is_nothing_to_lend() -> None:
    with turn_lent():
        assert not holds_turn()
