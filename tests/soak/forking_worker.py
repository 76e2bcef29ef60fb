"""A process that has everything loaded, and forks one that does something to a home.

python -m tests.soak.forking_worker

A line on its input is JSON: the name of an action, its home, where it tells what was acknowledged,
seconds until it is killed, and its environment. A line on its output is how it ended.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from tests.paths import ROOT
from tests.soak.home_actions import ACTIONS

_FAILED = 70
_POLL_S = 0.002


class Forks:
    """The process, as seen from the tests."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(
        self, action: str, home: Path, acks: Path, killed_s: float = 0.0, **environment: str
    ) -> int:
        """Run an action, and kill it after so many seconds; 0 lets it come to its end.

        Returns its exit status, negative for a signal.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = [action, str(home), str(acks), killed_s, environment]
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def forking(temporary: Path) -> Iterator[Forks]:
    """Yield a worker; what its processes make for a while lies in a folder."""
    command = [sys.executable, "-m", "tests.soak.forking_worker"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield Forks(process)
        assert process.stdin is not None
        process.stdin.close()


def _run(line: str) -> int:
    action, home, acks, killed_s, environment = json.loads(line)
    number = os.fork()
    if not number:
        _do(action, Path(home), Path(acks), environment)
    if killed_s:
        until = time.monotonic() + killed_s
        while time.monotonic() < until:
            ended, status = os.waitpid(number, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(_POLL_S)
        # Nobody else has its number before it was waited for.
        os.kill(number, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def _do(action: str, home: Path, acks: Path, environment: Mapping[str, str]) -> NoReturn:
    status = 0
    try:
        # What it prints is nobody's answer.
        os.dup2(2, 1)
        os.environ.update(environment)
        ACTIONS[action](home, acks)
    except BaseException:  # noqa: BLE001 - a forked process ends here, whatever it was
        traceback.print_exc()
        status = _FAILED
    os._exit(status)


def main() -> None:
    """Run what comes until there is no more."""
    for line in sys.stdin:
        sys.stdout.write(f"{_run(line)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
