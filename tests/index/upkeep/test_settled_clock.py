"""When the time of the machine is believed."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.upkeep.settled_clock import Look, Running, SettledClock, looked

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def believed(at: datetime = START, ran: float = 0.0, start: str = "one") -> Look:
    return Look(at, Running(start, ran), None)


def after(look: Look, clock: timedelta, machine: timedelta, start: str = "one") -> Look:
    """Return a look after the clock and the machine went on by so much each."""
    ran = look.running.seconds + machine.total_seconds()
    return looked(look, look.at + clock, Running(start, ran))


@pytest.mark.parametrize("went_on", [HOUR, DAY, 30 * DAY])
def test_a_clock_that_goes_on_as_the_machine_does_is_believed(went_on: timedelta) -> None:
    assert after(believed(), went_on, went_on).doubted is None


@pytest.mark.parametrize("jump", [HOUR, -HOUR, 2 * DAY, 3650 * DAY, -3650 * DAY])
def test_one_that_jumps_is_doubted_from_then_on(jump: timedelta) -> None:
    look = after(believed(), HOUR + jump, HOUR)
    assert look.doubted == START + HOUR + jump


def test_one_that_was_never_looked_at_is_doubted() -> None:
    assert looked(None, START, Running("one", 9.0)).doubted == START


def test_it_is_believed_again_after_a_day_in_which_it_went_on_evenly() -> None:
    look = after(believed(), 3650 * DAY, HOUR)
    for _ in range(23):
        look = after(look, HOUR, HOUR)
        assert look.doubted is not None
    assert after(look, HOUR, HOUR).doubted is None


def test_each_further_jump_begins_the_day_anew() -> None:
    look = after(believed(), 3650 * DAY, HOUR)
    for _ in range(3):
        look = after(look, 20 * HOUR, 20 * HOUR)
        look = after(look, -HOUR, HOUR)
        assert look.doubted == look.at


def test_a_little_setting_right_is_no_jump() -> None:
    assert after(believed(), HOUR + timedelta(minutes=2), HOUR).doubted is None


@pytest.mark.parametrize(
    ("away", "is_believed"), [(3 * DAY, True), (5 * DAY, False), (-HOUR, False), (HOUR, True)]
)
def test_over_a_start_of_the_machine_a_long_weekend_is_believed(
    away: timedelta, is_believed: bool
) -> None:
    look = looked(believed(ran=9e5), START + away, Running("two", 5.0))
    assert (look.doubted is None) == is_believed


def test_the_next_process_goes_on_with_what_the_last_one_saw(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    times = itertools.count()

    def clock(jump: timedelta = 0 * DAY) -> SettledClock:
        step = next(times) * DAY
        running = Running("one", step.total_seconds())
        return SettledClock(path, lambda: START + step + jump, lambda: running)

    assert clock().doubted_since() == START
    assert clock().doubted_since() is None
    assert clock().doubted_since() is None
    assert clock(3650 * DAY).doubted_since() is not None
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"at": 1}'])
def test_a_damaged_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clock.json"
    path.write_bytes(content)
    assert SettledClock(path).doubted_since() is not None
    assert SettledClock(path).doubted_since() is not None


def test_what_cannot_be_kept_is_known_to_the_process(tmp_path: Path) -> None:
    at, path = START, tmp_path / "gone" / "clock.json"
    clock = SettledClock(path, lambda: at, lambda: Running("one", (at - START).total_seconds()))
    assert clock.doubted_since() == START
    at += DAY
    assert clock.doubted_since() is None
