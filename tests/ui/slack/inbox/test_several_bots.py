"""Several bots on one server: each thing is one bot's, for as long as that one works on it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from index.home.database_server import DatabaseServer
from tests.ui.slack.told import asked
from ui.errors import InboxError
from ui.slack.inbox.claims import Claims
from ui.slack.inbox.event_store import LEASE_S, Inbox
from ui.slack.inbox.types import FILE, Job

Opening = Callable[..., Inbox]


@pytest.fixture
def opening(database_url: str) -> Iterator[Opening]:
    """Open the inbox of another bot on the same server, each time."""
    with ExitStack() as stack:
        yield lambda clock=None, lease_s=LEASE_S: stack.enter_context(
            closing(Inbox(DatabaseServer(database_url), clock, lease_s))
        )


def _taken(inbox: Inbox) -> Job:
    job = inbox.take()
    assert job is not None
    return job


def test_what_one_bot_has_in_work_no_other_takes_nor_what_waits_behind_it(
    opening: Opening,
) -> None:
    one, other = opening(), opening()
    for number in (1, 2):
        one.put(asked(number))
    one.put(asked(3, user="U2"))
    first = _taken(one)
    assert first.arrival == asked(1)
    assert _taken(other).arrival == asked(3, user="U2")
    assert (one.take(), other.take()) == (None, None)
    one.done(first)
    assert _taken(other).arrival == asked(2)


def test_what_is_known_to_one_bot_is_known_to_all(opening: Opening) -> None:
    one, other = opening(), opening()
    assert one.put(asked(1))
    assert not other.put(asked(1))
    other.done(_taken(other))
    assert not one.put(asked(1))
    one.withdraw(asked(2).key)
    assert not other.put(asked(2))


def test_a_bot_that_is_gone_loses_what_it_had_and_can_do_nothing_about_it_later(
    opening: Opening,
) -> None:
    now = [1_000_000.0]
    gone, other = opening(lambda: now[0]), opening(lambda: now[0])
    gone.put(asked(1))
    lost = _taken(gone)
    now[0] += LEASE_S - 1
    assert gone.wanted(lost)
    now[0] += LEASE_S - 1
    assert other.take() is None
    now[0] += 2
    job = _taken(other)
    assert (job.arrival, job.tries) == (asked(1), 2)
    assert not gone.wanted(lost)
    assert gone.is_anothers(lost)
    gone.note_position(lost, 7)
    gone.later(lost, 0)
    gone.renew([lost])
    gone.drop(lost, "done")
    assert other.wanted(job)
    now[0] += LEASE_S
    assert _taken(other).position is None


def test_what_a_bot_works_on_for_long_stays_its_own(opening: Opening) -> None:
    one, other = opening(lease_s=0.6), opening(lease_s=0.6)
    one.put(asked(1))
    claims, job = Claims(one), _taken(one)
    with claims.kept():
        with claims.of(job):
            ends = time.monotonic() + 2.5
            while time.monotonic() < ends:
                assert other.take() is None
                time.sleep(0.05)
        ends = time.monotonic() + 10
        while (again := other.take()) is None:
            assert time.monotonic() < ends
            time.sleep(0.05)
    assert again.arrival == job.arrival


@pytest.mark.parametrize("hours", [1, -1])
def test_the_clock_of_a_machine_does_not_count(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    one, other = opening(), opening()
    true_time = time.time
    with monkeypatch.context() as patched:
        patched.setattr(time, "time", lambda: true_time() + hours * 3600)
        one.put(asked(1))
        one.put(asked(2, user="U2"))
        one.later(_taken(one), 100)
        due = one.next_in()
    job = _taken(other)
    assert job.arrival == asked(2, user="U2")
    assert job.waited_s < 60
    assert due == 0
    waits = other.next_in()
    assert waits is not None
    assert 0 < waits <= 100
    other.later(job, 0)
    assert _taken(one).arrival == job.arrival


def test_several_bots_hold_a_server_and_none_makes_a_file(
    database_url: str, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path, database_url=SecretStr(database_url))
    with ExitStack() as stack:
        one, other = (stack.enter_context(closing(Inbox.of(settings))) for _ in range(2))
        with one.hold(), other.hold():
            assert one.put(asked(1))
            assert other.waiting() == 1
    assert list(tmp_path.iterdir()) == []
    assert Inbox.of(Settings(home=tmp_path))._place == tmp_path / FILE


def test_a_server_that_is_away_is_named_with_what_to_do() -> None:
    inbox = Inbox(DatabaseServer("postgresql://me:hidden@127.0.0.1:1/none"))
    with pytest.raises(InboxError, match=r"none: what the Slack bot was told .*RESIDENCY_DA") as no:
        inbox.put(asked(1))
    assert "hidden" not in str(no.value)


def test_many_bots_that_repeat_and_end_the_same_at_once_handle_it_once(opening: Opening) -> None:
    """Slack tells everything several times, to whichever bot, also while it is being ended."""
    many, lanes = 240, 12
    bots = [opening() for _ in range(4)]
    handled: list[str] = []
    order: dict[str, list[int]] = {}
    busy: set[str] = set()
    crossed: list[str] = []
    watching, told = threading.Lock(), threading.Event()

    def put(bot: Inbox, part: int) -> None:
        chance = random.Random(part)
        for number in range(many):
            arrival = asked(number, thread=f"{number % lanes}.1")
            if chance.random() < 0.8 or part == 0:
                bot.put(arrival)

    def work(bot: Inbox) -> None:
        while not (told.is_set() and bot.waiting() == 0):
            job = bot.take()
            if job is None:
                time.sleep(0.005)
                continue
            lane = job.arrival.lane
            with watching:
                crossed.extend([lane] if lane in busy else [])
                busy.add(lane)
                handled.append(job.arrival.key)
                number = int(job.arrival.key.rpartition(":")[2].partition(".")[0])
                order.setdefault(lane, []).append(number)
            with watching:
                busy.discard(lane)
            bot.done(job)

    with ThreadPoolExecutor(12) as threads:
        working = [threads.submit(work, bot) for bot in (*bots, *bots)]
        putting = [threads.submit(put, bot, part) for part, bot in enumerate(bots)]
        for one in putting:
            one.result()
        told.set()
        for one in working:
            one.result()
    assert len(handled) == len(set(handled)) == many
    assert crossed == []
    assert sum(map(len, order.values())) == many
