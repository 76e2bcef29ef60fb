"""Processes that measure, each of one checkout of the project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from evals.errors import RunError
from evals.measuring.bench.bench_worker import Taken
from evals.measuring.process_memory import peak_bytes

_WORKER = Path(__file__).parent / "bench_worker.py"
_OWN = Path(__file__).parents[3]
_MAIN = Path("ui/command_line/main.py")
_TOLD = 2000
"""Characters of what a process printed that an error repeats."""
_LOOK_S = 0.01
"""Between two looks at how much memory a program holds."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A state of the project's sources that is measured."""

    root: Path
    name: str
    """A word for folders and errors."""

    @classmethod
    def own(cls) -> Checkout:
        """Return the one that is running."""
        return cls(_OWN, "now")

    @classmethod
    def older(cls, root: Path) -> Checkout:
        """Return another one; raise RunError where there is none."""
        if not (root / _MAIN).is_file():
            raise RunError(
                f"{root}: no checkout of the project ({_MAIN} is missing). Make one with "
                "`git worktree add FOLDER COMMIT`"
            )
        return cls(root.absolute(), "before")

    def environment(self) -> dict[str, str]:
        """Return the environment in which its own modules are imported."""
        return {**os.environ, "PYTHONPATH": str(self.root)}


class Worker:
    """A process that measures one thing; use it in a `with` statement."""

    def __init__(self, checkout: Checkout, folder: Path) -> None:
        """Start a process that works in a folder."""
        self._checkout = checkout
        # A file, since nobody reads it meanwhile: a pipe that is full would stop the process.
        self._told = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        # -P: what lies beside the worker's file is not found as a module.
        self._process = subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-P", str(_WORKER)],
            cwd=folder, env=checkout.environment(), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._told,
        )  # fmt: skip

    def call(self, name: str, *arguments: str | int | Path) -> Any:
        """Return what a method of `Measured` gives; raise RunError when it fails."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        plain = [str(one) if isinstance(one, Path) else one for one in arguments]
        try:
            self._process.stdin.write(json.dumps([name, *plain]) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise RunError(
                f"{self._checkout.root}: “{name.replace('_', ' ')}” cannot be measured (exit "
                f"status {self._process.wait()}). It printed: …{self._last_words()}"
            )
        return json.loads(line)

    def timed(self, name: str, *arguments: str | int | Path) -> Taken:
        """Return how long a method of `Measured` took."""
        return Taken(*self.call(name, *arguments))

    def peak_mib(self) -> float:
        """Return the most memory that the process has held."""
        return peak_bytes(self._process.pid) / 2**20

    def _last_words(self) -> str:
        self._told.seek(0)
        return self._told.read().decode(errors="replace")[-_TOLD:].strip()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *raised: object) -> None:
        self._process.terminate()
        self._process.communicate()
        self._told.close()


class Once(NamedTuple):
    """What one call in a process of its own took."""

    taken: Taken
    peak_mib: float


def once(checkout: Checkout, folder: Path, name: str, *arguments: str | int | Path) -> Once:
    """Return how long a method of `Measured` takes in a new process, and its memory."""
    with Worker(checkout, folder) as worker:
        return Once(worker.timed(name, *arguments), worker.peak_mib())


@contextmanager
def _started(
    words: Sequence[str], checkout: Checkout, folder: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, *words],
        cwd=folder, env={**checkout.environment(), **environment}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield process


def program(
    words: Sequence[str], checkout: Checkout, folder: Path, **environment: str
) -> tuple[Taken, str]:
    """Run Python with some words; return how long all of it took, and what it printed."""
    started, before = time.perf_counter(), os.times()
    with _started(words, checkout, folder, environment) as process:
        printed, told = process.communicate()
    after = os.times()
    wall = time.perf_counter() - started
    if process.returncode:
        raise RunError(
            f"{checkout.root}: `{' '.join(words)[:200]}` ended with status {process.returncode}: "
            f"…{told[-_TOLD:].strip()}"
        )
    user = after.children_user - before.children_user
    return Taken(wall, user + after.children_system - before.children_system), printed


def program_peak_mib(
    words: Sequence[str], checkout: Checkout, folder: Path, **environment: str
) -> float:
    """Run Python with some words; return the most memory that it was seen to hold."""
    most = 0
    with _started(words, checkout, folder, environment) as process:
        while process.poll() is None:
            most = max(most, peak_bytes(process.pid))
            time.sleep(_LOOK_S)
        process.communicate()
    return most / 2**20
