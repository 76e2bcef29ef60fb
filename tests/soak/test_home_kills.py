"""Processes killed while they use a home: nothing lost, nothing twice, and no folder left.

`SOAK=1 HOME_KILLS=300 pytest tests/soak/test_home_kills.py -s` is the long run.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from index.upkeep.backup import backup
from tests.sharing import made_once
from tests.sizes import LONG, size
from tests.soak import whole_home
from tests.soak.forking_worker import Forks, forking
from tests.soak.home_actions import ask_page

KILLS = size("HOME_KILLS", 9, 300)
_SEED = int(os.environ.get("SOAK_SEED", "1"))
_WITHIN_S = {
    "index": 3.0, "add_documents": 1.0, "answer": 2.5, "back_up": 1.5, "bring_back": 1.0,
    "questionnaire": 3.0, "approve": 2.5, "serve": 9.0,
}  # fmt: skip
"""Seconds after which each is killed at the latest, on a machine with nothing else to do."""
_CHECK_S = 2.0
"""Seconds that a look at the home takes there."""


@pytest.mark.soak
@pytest.mark.timeout(180 + KILLS * 30)
def test_kills_lose_nothing_double_nothing_and_leave_no_folder(
    run_folder: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    whole = made_once(run_folder, "whole", whole_home.make)
    home, acks = tmp_path / "place" / "home", tmp_path / "acknowledged"
    shutil.copytree(whole, home)
    # The same home once more, for restores: what they bring back is what it has.
    other = tmp_path / "restored" / "home"
    shutil.copytree(whole, other)
    backup(other, other.parent / "kept.tar.gz")
    (tmp_path / "temporary").mkdir()
    rng, seen, begun = random.Random(_SEED), Counter[str](), time.monotonic()
    with forking(tmp_path / "temporary") as forks:
        started = time.monotonic()
        assert forks.run("check", home, acks) == 0
        # Where the cores are busy, everything takes longer, and is killed as late in its work.
        slower = max(1.0, (time.monotonic() - started) / _CHECK_S)
        for number in range(KILLS):
            action = list(_WITHIN_S)[number % len(_WITHIN_S)]
            root = other if action == "bring_back" else home
            told = tmp_path / "nothing" if action == "bring_back" else acks
            seen[f"{action}: {_kill(forks, action, root, told, rng.uniform(0.0, slower))}"] += 1
            check = "check_page" if action == "serve" else "check"
            assert forks.run(check, root, told) == 0, f"after {action}, kill {number}"
            if LONG:
                sys.stdout.write(f"{number + 1}: {dict(seen)}\n")
                sys.stdout.flush()
    told = Counter(line.partition(",")[0].strip('["') for line in acks.read_text().splitlines())
    record_property("kills", KILLS)
    record_property("outcomes", dict(seen))
    sys.stdout.write(
        f"\n{KILLS} kills in {time.monotonic() - begun:.0f} s: {dict(sorted(seen.items()))}\n"
        f"acknowledged and there once: {dict(told)}\n"
    )


def _kill(forks: Forks, action: str, root: Path, acks: Path, share: float) -> str:
    port = _free_port() if action == "serve" else 0
    ended = threading.Event()
    asking = threading.Thread(target=ask_page, args=(port, acks, lambda: not ended.is_set()))
    if port:
        asking.start()
    after_s = max(0.001, share * _WITHIN_S[action])
    status = forks.run(action, root, acks, after_s, KILLED_PORT=str(port))
    ended.set()
    if port:
        asking.join(60)
    assert status in (0, -signal.SIGKILL), f"{action} ended with {status}"
    return "killed" if status else "was done"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
