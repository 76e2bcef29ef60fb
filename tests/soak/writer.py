"""A process that changes documents and builds the index of them, again and again.

python -m tests.soak.writer HOME NOTES SECONDS ENOUGH LONGEST SEED

It ends after so many SECONDS, when there is a file ENOUGH too, or after LONGEST whatever happens.

The generations of the ring change together, while no build reads them: whoever changes them holds
a lock alone that every build shares. The other documents change at any time.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.building.build import build_index
from index.building.options import Options
from index.home.paths import Home
from tests.soak import corpus

_WAIT_S = 120.0
_OTHERS = 3
_LEAST = 2
"""Builds that a writer makes, however long they take."""


class _Notes:
    """What all writers note, a line of JSON each."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, **said: object) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(said | {"pid": os.getpid()}) + "\n")


class _Alone:
    """Hears the progress of a build, all of which is told while it holds the lock of its home."""

    def __init__(self, lock: Path, notes: _Notes) -> None:
        self._lock = lock
        self._notes = notes
        self._descriptor: int | None = None
        self._since = 0.0

    def __call__(self, message: str) -> None:
        if self._descriptor is None:
            self._since = time.monotonic()
            self._descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT)
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._notes.add(fault="two builders at once")
        if message.startswith("left out"):
            self._notes.add(left_out=message)
        if message.startswith("index "):
            self._notes.add(
                build=message.split()[1], swapped=message.endswith("ready"),
                since=self._since, until=time.monotonic(),
            )  # fmt: skip
            self.close()

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class _Writer:
    def __init__(self, home: Path, notes: Path, seed: str) -> None:
        self.home = Home(home)
        self.notes = _Notes(notes)
        self.alone = notes.with_suffix(".alone")
        self.ring = notes.with_suffix(".ring")
        self.others = notes.with_suffix(".others")
        self.rng = random.Random(seed)

    def step(self) -> None:
        """Change documents, the ring where nobody builds, and build."""
        with _locked(self.ring, fcntl.LOCK_EX | fcntl.LOCK_NB) as is_free:
            if is_free:
                self._change(list(corpus.RING))
        rest = range(len(corpus.RING), corpus.DOCUMENTS)
        with _locked(self.others, fcntl.LOCK_EX):
            self._change(self.rng.sample(rest, _OTHERS))
        alone = _Alone(self.alone, self.notes)
        with _locked(self.ring, fcntl.LOCK_SH):
            try:
                build_index(self.home.root, options=Options(wait_s=_WAIT_S), progress=alone)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
                self.notes.add(fault=f"{type(error).__name__}: {error}")
            finally:
                alone.close()

    def _change(self, numbers: list[int]) -> None:
        path = self.home.documents / corpus.name(numbers[0])
        known = max(corpus.generations(path.read_text(encoding="utf-8")).values())
        for number in numbers:
            corpus.write_one(self.home.documents, number, known + 1)


@contextmanager
def _locked(path: Path, how: int) -> Iterator[bool]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def main() -> None:
    """Write until the time is over, and the readers have seen enough."""
    home, notes, seconds, enough, longest, seed = sys.argv[1:]
    began = time.monotonic()
    until, latest = began + float(seconds), began + float(longest)
    writer = _Writer(Path(home), Path(notes), seed)
    steps = 0
    while (
        steps < _LEAST
        or time.monotonic() < until
        or (not Path(enough).exists() and time.monotonic() < latest)
    ):
        writer.step()
        steps += 1


if __name__ == "__main__":
    main()
