"""What was acknowledged is handled once, in its order; what is forgotten is in no file."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.history.feedback import Rating
from index.upkeep.backup import backup, restore
from tests.ui.slack.told import asked
from ui.errors import BotRuns, InboxError
from ui.slack.buttons.feedback import Rated
from ui.slack.inbox.event_store import FILE, Engagement, Inbox, Job, Posted
from ui.slack.types import Arrival, Gone, Place, Surface


class Clock:
    """A time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(tmp_path: Path, clock: Clock) -> Iterator[Inbox]:
    inbox = Inbox(tmp_path / FILE, clock)
    yield inbox
    inbox.close()


def _take(inbox: Inbox) -> Job:
    job = inbox.take()
    assert job is not None
    return job


def _key(inbox: Inbox) -> str:
    return _take(inbox).arrival.key


def _restarted(inbox: Inbox, tmp_path: Path, clock: Clock) -> Inbox:
    inbox.close()
    again = Inbox(tmp_path / FILE, clock)
    again.recover()
    return again


def test_an_arrival_comes_out_as_it_went_in_once(inbox: Inbox) -> None:
    arrival = asked(1, text="Wo? \x00 ü 🇳🇴 'quoted'", respond_to="https://x.example")
    assert inbox.put(arrival)
    assert not inbox.put(arrival)
    assert _take(inbox) == Job(arrival, 1, None, ())
    assert inbox.take() is None
    assert not inbox.put(arrival)
    inbox.done(arrival.key)
    assert not inbox.put(arrival)
    assert (inbox.take(), inbox.waiting()) == (None, 0)


def test_a_lane_is_handled_in_order_one_at_a_time(inbox: Inbox) -> None:
    arrivals = [asked(number) for number in (3, 1, 2)]
    for arrival in arrivals:
        inbox.put(arrival)
    for arrival in arrivals:
        assert _key(inbox) == arrival.key
        assert inbox.take() is None
        inbox.done(arrival.key)
    assert inbox.take() is None


def test_what_is_put_off_holds_its_lane_and_no_other(inbox: Inbox, clock: Clock) -> None:
    first, second, other = asked(1), asked(2), asked(3, user="U2")
    for arrival in (first, second, other):
        inbox.put(arrival)
    inbox.later(_key(inbox), 30)
    assert _key(inbox) == other.key
    assert inbox.take() is None
    assert inbox.next_in() == 30
    clock.now += 31
    assert inbox.next_in() == 0
    again = _take(inbox)
    assert (again.arrival, again.tries) == (first, 2)
    assert inbox.next_in() is None
    inbox.done(first.key)
    assert _key(inbox) == second.key


def test_a_full_lane_does_not_keep_others_waiting(inbox: Inbox) -> None:
    for number in range(20):
        inbox.put(asked(number))
    inbox.done(_key(inbox))
    inbox.put(asked(100, user="U2"))
    order = []
    for number in range(6):
        order.append(key := _key(inbox))
        inbox.put(asked(200 + number, user=f"U{number + 3}"))
        inbox.done(key)
    assert order[:2] == [asked(1).key, asked(100).key]
    # It comes to its turn again although newcomers never cease.
    assert asked(2).key in order


def test_what_was_in_work_waits_again_with_what_is_known_of_it(
    inbox: Inbox, tmp_path: Path, clock: Clock
) -> None:
    inbox.put(asked(1))
    key = _key(inbox)
    inbox.note_position(key, 4)
    inbox.note_posted(key, 2, "7.2")
    inbox.note_posted(key, 1, "7.1")
    inbox.note_posted(key, 1, "7.1")
    again = _restarted(inbox, tmp_path, clock)
    assert _take(again) == Job(asked(1), 2, 4, (Posted(1, "7.1"), Posted(2, "7.2")))
    assert again.recover() == 1
    again.close()


def test_notes_on_what_is_done_with_are_no_fault(inbox: Inbox) -> None:
    inbox.put(asked(1))
    inbox.done(_key(inbox))
    inbox.note_posted(asked(1).key, 1, "7.1")
    inbox.later(asked(1).key, 5)
    assert (inbox.take(), inbox.next_in()) == (None, None)


def test_a_question_that_names_the_bot_gives_it_a_part_in_the_thread(inbox: Inbox) -> None:
    place = Place("T1", "C1", "1.1", "U1")
    inbox.put(asked(1, surface=Surface.THREAD))
    assert inbox.engaged(place) is Engagement.NONE
    inbox.put(asked(2))
    assert inbox.engaged(place) is Engagement.MINE
    assert inbox.engaged(Place("T1", "C1", "1.1", "U2")) is Engagement.OTHER
    assert inbox.engaged(Place("T1", "C1", "2.1", "U1")) is Engagement.NONE
    assert inbox.engaged(Place("T2", "C1", "1.1", "U1")) is Engagement.NONE
    inbox.put(asked(3, user="U2"))
    assert inbox.engaged(Place("T1", "C1", "1.1", "U2")) is Engagement.MINE


def test_a_deleted_question_is_not_answered_wherever_it_is(inbox: Inbox) -> None:
    waiting, working, late = asked(1, user="U1"), asked(2, user="U2"), asked(3)
    inbox.put(working)
    assert _key(inbox) == working.key
    inbox.put(waiting)
    assert inbox.wanted(working.key)
    assert inbox.withdraw(working.key)
    assert inbox.withdraw(waiting.key)
    assert not inbox.withdraw(late.key)
    assert not inbox.wanted(working.key)
    inbox.later(working.key, 0)
    assert not inbox.put(late)
    assert (inbox.take(), inbox.recover()) == (None, 0)


def test_a_place_that_is_gone_has_no_more_answers_but_keeps_feedback(inbox: Inbox) -> None:
    place = Place("T1", "C1", "1.1", "U1")
    rated = Arrival("press:1", "lane", Rated(place, "abc", Rating.UP))
    gone = Arrival("event:1", "gone", Gone("T1", "C1", "archived"))
    for arrival in (asked(1), asked(2, channel="C2"), rated, gone):
        inbox.put(arrival)
    assert inbox.gone("T1", "C1") == 1
    assert inbox.engaged(place) is Engagement.NONE
    assert not inbox.put(asked(1))
    assert inbox.gone("T2", "") == 0
    assert inbox.gone("T1", "") == 1
    assert {_take(inbox).arrival, _take(inbox).arrival} == {rated, gone}


def test_forgetting_leaves_nothing_in_any_file(inbox: Inbox, tmp_path: Path, clock: Clock) -> None:
    secret = "Kirkenes-4711"
    inbox.put(asked(0, user="U2", thread="9.1", text="something else"))
    for number in range(1, 40):
        inbox.put(asked(number, thread=f"{number % 3}.1", text=secret * 40 * number))
    working = _take(inbox)
    inbox.note_posted(working.arrival.key, 1, "999.777")
    assert secret in _content(tmp_path)
    assert inbox.forget("slack:T1:U1", "slack:T1:C1:1.1") == 13
    assert inbox.engaged(Place("T1", "C1", "1.1", "U1")) is Engagement.NONE
    assert inbox.engaged(Place("T1", "C1", "2.1", "U1")) is Engagement.MINE
    assert inbox.forget("slack:T1:U1") == 26
    assert secret not in _content(tmp_path)
    assert inbox.waiting() == 1
    inbox.close()
    assert secret not in _content(tmp_path)
    assert not _restarted(inbox, tmp_path, clock).put(asked(3))


def test_what_is_handled_is_in_no_file_once_it_is_tidied(
    inbox: Inbox, tmp_path: Path, clock: Clock
) -> None:
    secret = "Kirkenes-4711"
    inbox.put(asked(1, text=secret * 2_000))
    inbox.put(asked(2, text=secret, user="U2"))
    inbox.done(_key(inbox))
    inbox.drop(_key(inbox), "too many")
    assert inbox.prune(datetime.fromtimestamp(clock.now - 1, UTC)) == 0
    assert secret not in _content(tmp_path)
    assert not inbox.put(asked(1))
    clock.now += 10
    later = datetime.fromtimestamp(clock.now, UTC)
    assert inbox.prune(later) == 2
    assert inbox.engaged(Place("T1", "C1", "1.1", "U1")) is Engagement.MINE
    inbox.prune(later, engaged_before=later)
    assert inbox.engaged(Place("T1", "C1", "1.1", "U1")) is Engagement.NONE


def _content(folder: Path) -> str:
    return "".join(path.read_bytes().decode("latin-1") for path in folder.iterdir())


def test_forgetting_makes_no_file(inbox: Inbox, tmp_path: Path) -> None:
    assert inbox.forget("slack:T1:U1") == 0
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_dropped_and_the_rest_goes_on(inbox: Inbox, tmp_path: Path) -> None:
    inbox.put(asked(1))
    inbox.put(asked(2))
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("UPDATE arrivals SET told = '{\"place\": 1}' WHERE number = 1")
    other.close()
    assert _key(inbox) == asked(2).key
    assert not inbox.put(asked(1))


def test_one_bot_works_on_a_home(inbox: Inbox, tmp_path: Path) -> None:
    other = Inbox(tmp_path / FILE)
    told = f"process {os.getpid()}.*RESIDENCY_HOME"
    with inbox.hold(), pytest.raises(BotRuns, match=told), other.hold():
        pass
    with other.hold():
        pass


def test_another_file_in_its_place_is_taken_up(inbox: Inbox, tmp_path: Path) -> None:
    inbox.put(asked(1))
    before = tmp_path / "before"
    before.mkdir()
    for path in tmp_path.glob(f"{FILE}*"):
        path.rename(before / path.name)
    assert inbox.put(asked(1))
    assert (tmp_path / FILE).exists()
    assert inbox.waiting() == 1


@pytest.mark.parametrize("content", [b"no database" * 1_000, None])
def test_a_file_that_cannot_be_used_is_named_with_the_next_step(
    content: bytes | None, inbox: Inbox, tmp_path: Path
) -> None:
    path = tmp_path / FILE
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(InboxError, match=r"slack\.sqlite: what .* told.*\. (Move|Correct)"):
        inbox.put(asked(1))


def test_a_backup_brings_back_what_waits(tmp_path: Path) -> None:
    home, place = tmp_path / "home", tmp_path / "other"
    with Inbox(home / FILE).hold():
        inbox = Inbox(home / FILE)
        inbox.put(asked(1))
        inbox.put(asked(2))
        inbox.done(_key(inbox))
        backup(home, tmp_path / "kept.tar.gz")
        inbox.close()
    restore(tmp_path / "kept.tar.gz", place)
    assert [path.name for path in place.glob("slack*")] == [FILE]
    again = Inbox(place / FILE)
    assert not again.put(asked(1))
    assert _key(again) == asked(2).key
    again.close()


def test_many_threads_lose_nothing_and_cross_nothing(inbox: Inbox) -> None:
    handled: dict[str, list[str]] = {}
    busy: set[str] = set()
    crossed: list[str] = []
    watching, over = threading.Lock(), threading.Event()

    def put(part: int) -> None:
        for number in range(60):
            arrival = asked(part * 1_000 + number, thread=f"{part}.1", user=f"U{number % 3}")
            inbox.put(arrival)
            inbox.put(arrival)

    def work() -> None:
        while not (over.is_set() and inbox.waiting() == 0):
            job = inbox.take()
            if job is None:
                over.wait(0.001)
                continue
            lane, key = job.arrival.lane, job.arrival.key
            with watching:
                crossed.extend([lane] if lane in busy else [])
                busy.add(lane)
                handled.setdefault(lane, []).append(key)
            with watching:
                busy.discard(lane)
            inbox.done(key)

    putting = [threading.Thread(target=put, args=(part,)) for part in range(6)]
    working = [threading.Thread(target=work) for _ in range(4)]
    for thread in (*putting, *working):
        thread.start()
    for thread in putting:
        thread.join()
    over.set()
    for thread in working:
        thread.join()
    assert crossed == []
    assert len(handled) == 18
    for lane, keys in handled.items():
        numbers = [int(key.rpartition(":")[2].partition(".")[0]) for key in keys]
        assert numbers == sorted(set(numbers)), lane
        assert len(numbers) == 20
