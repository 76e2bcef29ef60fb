"""What was acknowledged is handled once, in its order; what is forgotten is in no file."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.history.feedback import Rating
from index.home.database_server import Place as StorePlace
from index.upkeep.backup import backup, restore
from tests.ui.slack.told import asked
from ui.errors import BotRuns, InboxError
from ui.slack.buttons.feedback import Rated
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE, Engagement, Job, Posted
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
def inbox(place: StorePlace, clock: Clock) -> Iterator[Inbox]:
    """An inbox on either engine."""
    with closing(Inbox(place, clock)) as inbox:
        yield inbox


@pytest.fixture
def in_file(tmp_path: Path, clock: Clock) -> Iterator[Inbox]:
    with closing(Inbox(tmp_path / FILE, clock)) as inbox:
        yield inbox


def _take(inbox: Inbox) -> Job:
    job = inbox.take()
    assert job is not None
    return job


def _key(inbox: Inbox) -> str:
    return _take(inbox).arrival.key


def _restarted(inbox: Inbox, clock: Clock) -> Inbox:
    """Return the inbox as the next bot finds it, at once or when the leases ran out."""
    inbox.close()
    again = Inbox(inbox._place, clock)
    clock.now += again.lease_s if again.is_shared else 0
    again.recover()
    return again


def test_an_arrival_comes_out_as_it_went_in_once(inbox: Inbox) -> None:
    arrival = asked(1, text="Wo? \x00 ü 🇳🇴 'quoted'", respond_to="https://x.example")
    assert inbox.put(arrival)
    assert not inbox.put(arrival)
    job = _take(inbox)
    assert job == Job(arrival, 1, None, ())
    assert inbox.take() is None
    assert not inbox.put(arrival)
    inbox.done(job)
    assert not inbox.put(arrival)
    assert (inbox.take(), inbox.waiting()) == (None, 0)


def test_a_lane_is_handled_in_order_one_at_a_time(inbox: Inbox) -> None:
    arrivals = [asked(number) for number in (3, 1, 2)]
    for arrival in arrivals:
        inbox.put(arrival)
    for arrival in arrivals:
        job = _take(inbox)
        assert job.arrival == arrival
        assert inbox.take() is None
        inbox.done(job)
    assert inbox.take() is None


def test_what_is_put_off_holds_its_lane_and_no_other(inbox: Inbox, clock: Clock) -> None:
    first, second, other = asked(1), asked(2), asked(3, user="U2")
    for arrival in (first, second, other):
        inbox.put(arrival)
    inbox.later(_take(inbox), 30)
    working = _take(inbox)
    assert working.arrival == other
    assert inbox.take() is None
    assert inbox.next_in() == 30
    clock.now += 31
    inbox.renew([working])
    assert inbox.next_in() == 0
    again = _take(inbox)
    assert (again.arrival, again.tries) == (first, 2)
    assert inbox.next_in() is None
    inbox.done(again)
    assert _key(inbox) == second.key


def test_a_full_lane_does_not_keep_others_waiting(inbox: Inbox) -> None:
    for number in range(20):
        inbox.put(asked(number))
    inbox.done(_take(inbox))
    inbox.put(asked(100, user="U2"))
    order = []
    for number in range(6):
        order.append((job := _take(inbox)).arrival.key)
        inbox.put(asked(200 + number, user=f"U{number + 3}"))
        inbox.done(job)
    assert order[:2] == [asked(1).key, asked(100).key]
    # It comes to its turn again although newcomers never cease.
    assert asked(2).key in order


def test_one_with_many_threads_is_not_before_another_who_asks_once(inbox: Inbox) -> None:
    """The bot works on several things; those of one user leave room for another's."""
    for number in range(6):
        inbox.put(asked(number, thread=f"17000000{number}.0001"))
    for _ in range(2):
        _take(inbox)
    inbox.put(asked(100, user="U2"))
    assert _key(inbox) == asked(100).key
    # Whoever has as many in work comes in the order of arrival.
    inbox.put(asked(101, user="U3"))
    assert _key(inbox) == asked(101).key
    assert _key(inbox) == asked(2, thread="170000002.0001").key


def test_what_was_in_work_waits_again_with_what_is_known_of_it(inbox: Inbox, clock: Clock) -> None:
    inbox.put(asked(1))
    job = _take(inbox)
    inbox.note_position(job, 4)
    inbox.note_posted(job, 2, "7.2")
    inbox.note_posted(job, 1, "7.1")
    inbox.note_posted(job, 1, "7.1")
    began = clock.now
    again = _restarted(inbox, clock)
    parts = (Posted(1, "7.1"), Posted(2, "7.2"))
    assert _take(again) == Job(asked(1), 2, 4, parts, clock.now - began)
    assert again.recover() == (0 if again.is_shared else 1)
    again.close()


def test_notes_on_what_is_done_with_are_no_fault(inbox: Inbox) -> None:
    inbox.put(asked(1))
    job = _take(inbox)
    inbox.done(job)
    inbox.note_posted(job, 1, "7.1")
    inbox.note_position(job, 1)
    inbox.later(job, 5)
    inbox.renew([job])
    inbox.drop(job, "again")
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
    job = _take(inbox)
    assert job.arrival == working
    inbox.put(waiting)
    assert inbox.wanted(job)
    assert inbox.withdraw(working.key)
    assert inbox.withdraw(waiting.key)
    assert not inbox.withdraw(late.key)
    assert not inbox.wanted(job)
    assert not inbox.is_anothers(job)
    inbox.later(job, 0)
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


def test_forgetting_deletes_what_is_somebodys_and_no_more(inbox: Inbox) -> None:
    inbox.put(asked(0, user="U2", thread="9.1"))
    for number in range(1, 40):
        inbox.put(asked(number, thread=f"{number % 3}.1"))
    job = _take(inbox)
    assert inbox.forget("slack:T1:U1", "slack:T1:C1:1.1") == 13
    assert inbox.engaged(Place("T1", "C1", "1.1", "U1")) is Engagement.NONE
    assert inbox.engaged(Place("T1", "C1", "2.1", "U1")) is Engagement.MINE
    assert inbox.forget("slack:T1:U1") == 26
    assert inbox.forgotten(asked(3).key)
    assert not inbox.forgotten(job.arrival.key)
    assert inbox.waiting() == 1
    assert not inbox.put(asked(3))
    assert inbox.put(asked(40))


def test_forgetting_leaves_nothing_in_any_file(in_file: Inbox, tmp_path: Path) -> None:
    secret = "Kirkenes-4711"
    in_file.put(asked(0, user="U2", thread="9.1", text="something else"))
    for number in range(1, 40):
        in_file.put(asked(number, thread=f"{number % 3}.1", text=secret * 40 * number))
    working = _take(in_file)
    in_file.note_posted(working, 1, "999.777")
    assert secret in _content(tmp_path)
    assert in_file.forget("slack:T1:U1", "slack:T1:C1:1.1") == 13
    assert in_file.engaged(Place("T1", "C1", "1.1", "U1")) is Engagement.NONE
    assert in_file.engaged(Place("T1", "C1", "2.1", "U1")) is Engagement.MINE
    assert in_file.forget("slack:T1:U1") == 26
    assert secret not in _content(tmp_path)
    assert in_file.waiting() == 1
    in_file.close()
    assert secret not in _content(tmp_path)
    assert not in_file.put(asked(3))


def test_what_is_handled_is_in_no_file_once_it_is_tidied(
    in_file: Inbox, tmp_path: Path, clock: Clock
) -> None:
    secret = "Kirkenes-4711"
    in_file.put(asked(1, text=secret * 2_000))
    in_file.put(asked(2, text=secret, user="U2"))
    in_file.done(_take(in_file))
    in_file.drop(_take(in_file), "too many")
    assert in_file.prune(datetime.fromtimestamp(clock.now - 1, UTC)) == 0
    assert secret not in _content(tmp_path)
    assert not in_file.put(asked(1))
    clock.now += 10
    later = datetime.fromtimestamp(clock.now, UTC)
    assert in_file.prune(later) == 2
    assert in_file.engaged(Place("T1", "C1", "1.1", "U1")) is Engagement.MINE
    in_file.prune(later, engaged_before=later)
    assert in_file.engaged(Place("T1", "C1", "1.1", "U1")) is Engagement.NONE


def _content(folder: Path) -> str:
    return "".join(path.read_bytes().decode("latin-1") for path in folder.iterdir())


def test_forgetting_makes_no_file(in_file: Inbox, tmp_path: Path) -> None:
    assert in_file.forget("slack:T1:U1") == 0
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_dropped_and_the_rest_goes_on(inbox: Inbox) -> None:
    inbox.put(asked(1))
    inbox.put(asked(2))
    with inbox._tables.writing() as other:
        other.exec_driver_sql("UPDATE arrivals SET told = '{\"place\": 1}' WHERE number = 1")
    assert _key(inbox) == asked(2).key
    assert not inbox.put(asked(1))


def test_one_bot_works_on_a_home(in_file: Inbox, tmp_path: Path) -> None:
    other = Inbox(tmp_path / FILE)
    told = f"process {os.getpid()}.*RESIDENCY_HOME"
    with in_file.hold(), pytest.raises(BotRuns, match=told), other.hold():
        pass
    with other.hold():
        pass


def test_another_file_in_its_place_is_taken_up(in_file: Inbox, tmp_path: Path) -> None:
    in_file.put(asked(1))
    before = tmp_path / "before"
    before.mkdir()
    for path in tmp_path.glob(f"{FILE}*"):
        path.rename(before / path.name)
    assert in_file.put(asked(1))
    assert (tmp_path / FILE).exists()
    assert in_file.waiting() == 1


@pytest.mark.parametrize("content", [b"no database" * 1_000, None])
def test_a_file_that_cannot_be_used_is_named_with_the_next_step(
    content: bytes | None, in_file: Inbox, tmp_path: Path
) -> None:
    path = tmp_path / FILE
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(InboxError, match=r"slack\.sqlite: what .* told.*\. (Move|Correct)"):
        in_file.put(asked(1))


def test_a_backup_brings_back_what_waits(tmp_path: Path) -> None:
    home, place = tmp_path / "home", tmp_path / "other"
    with Inbox(home / FILE).hold():
        inbox = Inbox(home / FILE)
        inbox.put(asked(1))
        inbox.put(asked(2))
        inbox.done(_take(inbox))
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
            inbox.done(job)

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


def test_a_folder_that_cannot_be_made_is_named_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    with pytest.raises(InboxError, match=r"slack\.sqlite: what .* told.*Move the file away"):
        Inbox(tmp_path / "home" / FILE).put(asked(1))
