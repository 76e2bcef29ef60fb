"""Old conversations go by themselves while the page is served, by a clock that is believed."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.app import Assistant
from assistant.settings import Settings
from index.upkeep.settled_clock import Running, SettledClock
from ui.shared.retention import retained

DAY = timedelta(days=1)


class Machine:
    """A machine whose clock and running time a test sets."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC) - 2 * DAY
        self.ran = 0.0

    def settled(self, path: Path) -> SettledClock:
        """Return its clock, after a day in which it went on evenly."""
        clock = SettledClock(path, lambda: self.at, lambda: Running("one", self.ran))
        clock.doubted_since()
        self.pass_by(DAY)
        return clock

    def pass_by(self, time_: timedelta) -> None:
        self.at += time_
        self.ran += time_.total_seconds()


def test_what_is_older_than_the_period_goes_while_the_page_is_served(
    untouched_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(untouched_home, home)
    long_ago = datetime.now(UTC) - timedelta(days=40)
    before = Assistant.open(Settings(home=home), now=lambda: long_ago)
    before.ask("How long are Intune audit logs kept?", thread="old", owner="web:ann")
    before.close()
    assistant = Assistant.open(Settings(home=home, retention_days=30))
    assistant.ask("How long are Intune audit logs kept?", thread="new", owner="web:ann")
    clock = Machine().settled(tmp_path / "clock.json")
    with retained(lambda: {"deleted": assistant.expire()}, clock, every_s=0.05):
        ends = time.monotonic() + 10
        while assistant.kept.threads.messages("web:ann", "old") and time.monotonic() < ends:
            time.sleep(0.02)
    assert assistant.kept.threads.messages("web:ann", "old") == ()
    assert len(assistant.kept.threads.messages("web:ann", "new")) == 1
    assistant.close()


def test_a_clock_that_jumps_deletes_nothing_until_it_has_gone_on_for_a_day(tmp_path: Path) -> None:
    machine = Machine()
    clock = machine.settled(tmp_path / "clock.json")
    deleted: list[datetime] = []
    looks = threading.Semaphore(0)

    def delete() -> Mapping[str, int]:
        deleted.append(machine.at)
        return {"deleted": 1}

    class Looking(SettledClock):
        def doubted_since(self) -> datetime | None:
            looks.release()
            return clock.doubted_since()

    def look() -> None:
        """Have the clock looked at, once at least after now."""
        while looks.acquire(blocking=False):
            pass
        for _ in range(2):
            assert looks.acquire(timeout=10)

    with retained(delete, Looking(tmp_path / "unused.json"), every_s=0.01):
        look()
        assert deleted
        machine.at += timedelta(days=3650)
        look()
        count = len(deleted)
        machine.pass_by(DAY / 2)
        look()
        assert len(deleted) == count
        machine.pass_by(DAY / 2)
        look()
        assert len(deleted) > count
