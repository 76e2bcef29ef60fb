"""Who is answered next."""

from __future__ import annotations

import threading
import time

from ui.web.access.turns import Turns


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
