"""A process that runs commands one after the other, each over a home of its own.

python -m tests.soak.command_worker

A line of JSON on its input is a command: its words, its home and its environment. A line of JSON
on its output is how it ended. It may have rights taken away that the tests have.
"""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.commands import Done, residency
from tests.paths import ROOT


class Worker:
    """The process, as seen from the tests."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *words: str, home: Path, **environment: str) -> Done:
        """Run a command."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"words": words, "home": str(home), "environment": environment}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return Done(*json.loads(self._process.stdout.readline()))


@contextmanager
def working(before: Sequence[str]) -> Iterator[Worker]:
    """Yield a worker; `before` is what its command begins with."""
    command = [*before, sys.executable, "-m", "tests.soak.command_worker"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Worker(process)
        assert process.stdin is not None
        process.stdin.close()


def _run(line: str) -> Done:
    asked = json.loads(line)
    try:
        return residency(*asked["words"], home=Path(asked["home"]), **asked["environment"])
    except BaseException:  # noqa: BLE001 - whatever a command lets through is what is looked for
        return Done(-1, "", traceback.format_exc())


def main() -> None:
    """Run what comes until there is no more."""
    answers = sys.stdout
    for line in sys.stdin:
        answers.write(json.dumps(_run(line)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
