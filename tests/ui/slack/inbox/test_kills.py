"""A bot killed at any moment: what it acknowledged is handled once, in order, by the next one.

INBOX_KILLS says how many kills there are.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.sizes import size
from tests.ui.slack.inbox.inbox_worker import handle
from ui.slack.inbox.event_store import FILE, Inbox

KILLS = size("INBOX_KILLS", 5, 50)
_MANY = 100_000


@pytest.mark.soak
@pytest.mark.timeout(60 + KILLS * 30)
def test_kills_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    chance = random.Random(1)
    acknowledged: list[str] = []
    for _ in range(KILLS):
        # Slack tells again of the last ones, which may not have been acknowledged in time.
        first = max(0, len(set(acknowledged)) - 5)
        acknowledged += _run_and_kill(tmp_path, first, chance.uniform(0.02, 0.5))
    inbox = Inbox(tmp_path / FILE)
    inbox.recover()
    while job := inbox.take():
        handle(inbox, job, tmp_path)
    assert inbox.waiting() == 0
    inbox.close()
    by_lane = [path.read_text().splitlines() for path in tmp_path.glob("posted-*")]
    posted = [line.split()[0] for lines in by_lane for line in lines]
    assert len(posted) == len(set(posted))
    assert set(acknowledged) <= set(posted)
    assert len(posted) > KILLS
    for lines in by_lane:
        numbers = [int(line.split()[0].rpartition(":")[2].partition(".")[0]) for line in lines]
        assert numbers == sorted(numbers)
        assert len({line.split()[1] for line in lines}) == 1


def _run_and_kill(home: Path, first: int, seconds: float) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "tests.ui.slack.inbox.inbox_worker",
        str(home),
        str(first),
        str(_MANY),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        begun = worker.stdout.readline()
        time.sleep(seconds)
        os.kill(worker.pid, signal.SIGKILL)
        rest = worker.stdout.read()
    # A line that was cut short was not acknowledged.
    return (begun + rest).decode().rpartition("\n")[0].split("\n")
