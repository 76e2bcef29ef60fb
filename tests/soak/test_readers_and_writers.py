"""Readers that ask without a pause while writers contend: no answer is of two builds.

`SOAK_SECONDS=3600 pytest tests/soak/test_readers_and_writers.py -s` is the long run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from index.building.build import build_index
from index.home.paths import Home
from index.upkeep.doctor import inspect
from tests.paths import ROOT
from tests.sizes import size
from tests.soak import corpus
from tests.soak.conftest import Built
from tests.soak.reader import ENOUGH

SECONDS = size("SOAK_SECONDS", 2, 300)
_THREADS = (1, 1, 1, 2) if corpus.LONG else (1, 2)
"""Of each reader."""
_WRITERS = 2
_LATE_S = 180
"""How long after its time a process may still be busy with its last build or answer."""
_MORE_FILES = 10
"""Fewer than those of one build, so that a build that is never let go of shows."""
_MORE_MEMORY = 1.2

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc, and uses flock")


@pytest.mark.soak
@pytest.mark.timeout(3 * SECONDS + 900)
def test_no_answer_is_of_two_builds(
    corpus_home: Built, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    root, notes = corpus_home.root, tmp_path / "notes.jsonl"
    first = build_index(root)
    outputs = [tmp_path / f"reader-{number}.json" for number in range(len(_THREADS))]
    stop, enough = tmp_path / "stop", tmp_path / "enough"
    longest = 2 * (SECONDS + _LATE_S)
    reads = [
        ["reader", root, output, stop, longest, threads]
        for output, threads in zip(outputs, _THREADS, strict=True)
    ]
    writes = [
        ["writer", root, notes, SECONDS, enough, SECONDS + _LATE_S, seed]
        for seed in range(_WRITERS)
    ]
    with _started(reads) as reading:
        _await([output.with_name(f"{output.name}.ready") for output in outputs], _LATE_S)
        with _started(writes) as writing:
            _await([output.with_name(f"{output.name}.moved") for output in outputs], longest)
            enough.touch()
            left = _ended(writing, SECONDS + _LATE_S)
        stop.touch()
        left += _ended(reading, _LATE_S)
    assert left == [0] * len(reads + writes)

    noted = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    readers = [json.loads(output.read_text(encoding="utf-8")) for output in outputs]
    swaps = [first, *(row["build"] for row in noted if row.get("swapped"))]
    summary = _summary(readers, noted, swaps)
    record_property("summary", summary)
    sys.stdout.write(f"\n{json.dumps(summary)}\n")

    # One that waited in vain was told so, which is no fault: somebody else was building.
    faults = [row["fault"] for row in noted if "fault" in row]
    assert [fault for fault in faults if not fault.startswith("BuildLocked")] == []
    assert [fault for reader in readers for fault in reader["faults"]] == []
    assert all(reader["several"] > reader["answers"] / 2 for reader in readers)
    _assert_alone(noted)
    _assert_in_order(readers, swaps)
    assert summary["swaps seen"] >= ENOUGH
    _assert_steady(readers)
    _assert_collected(root)


def _await(paths: Sequence[Path], seconds: float) -> None:
    until = time.monotonic() + seconds
    while left := [path.name for path in paths if not path.exists()]:
        assert time.monotonic() < until, f"not within {seconds} s: {left}"
        time.sleep(0.1)


def _ended(processes: Sequence[subprocess.Popen[bytes]], seconds: float) -> list[int]:
    until = time.monotonic() + seconds
    return [process.wait(max(1, until - time.monotonic())) for process in processes]


def _assert_alone(noted: Sequence[dict[str, Any]]) -> None:
    held = sorted((row["since"], row["until"]) for row in noted if "build" in row)
    assert all(before[1] <= after[0] for before, after in pairwise(held))


def _assert_in_order(readers: Sequence[dict[str, Any]], swaps: Sequence[str]) -> None:
    """Every build that answered was made, and none came back after another had answered."""
    order = {build: number for number, build in enumerate(swaps)}
    assert len(order) == len(swaps)
    for builds in (builds for reader in readers for builds in reader["builds"]):
        assert set(builds) <= set(order)
        assert [order[build] for build in builds] == sorted(order[build] for build in builds)


def _assert_steady(readers: Sequence[dict[str, Any]]) -> None:
    """After they warmed up, readers need no more files and hardly more memory."""
    for reader in readers:
        warm, late = _rests(reader["files"])
        assert late <= warm + _MORE_FILES, reader["files"]
        warm, late = _rests(reader["memory"])
        assert late <= warm * _MORE_MEMORY, reader["memory"]


def _rests(samples: Sequence[int]) -> tuple[int, int]:
    """Return the least of the third after the first, and the least of the last.

    While a reader moves on it holds the build before and the next one, and on a busy machine it
    does so for long: what it never lets go of is what it has even when it has least.
    """
    third = len(samples) // 3
    return min(samples[third : 2 * third]), min(samples[2 * third :])


def _assert_collected(root: Path) -> None:
    home = Home(root)
    corpus.write_one(home.documents, corpus.DOCUMENTS - 1, 9_999)
    build_index(root)
    assert [path.name for path in home.builds.iterdir()] == [home.current().name]
    # A file that changed while it was read is left out of that build, and read by the next.
    assert [check for check in inspect(root) if not check.ok] == []


def _summary(
    readers: Sequence[dict[str, Any]], noted: Sequence[dict[str, Any]], swaps: Sequence[str]
) -> dict[str, object]:
    return {
        "answers": sum(reader["answers"] for reader in readers),
        "of several documents": sum(reader["several"] for reader in readers),
        "builds": sum("build" in row for row in noted),
        "swaps": len(swaps) - 1,
        "swaps seen": min(len(b) - 1 for reader in readers for b in reader["builds"]),
        "left out for a while": sum("left_out" in row for row in noted),
        "files": [_rests(reader["files"]) for reader in readers],
        "MB": [[part // 2**20 for part in _rests(reader["memory"])] for reader in readers],
    }


@contextmanager
def _started(commands: Sequence[Sequence[object]]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run modules of this package; none of them outlives the test."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for module, *words in commands:
            command = [sys.executable, "-m", f"tests.soak.{module}", *map(str, words)]
            processes.append(subprocess.Popen(command, cwd=ROOT, env=environment))
        yield processes
    finally:
        for process in processes:
            if process.poll() is None:
                process.kill()
            process.wait(60)
