"""One bot for a home: two would answer the same twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from index.home.faults.kinds import next_step
from index.home.paths import OWN_FILE, claim_private, make_private
from ui.errors import BotRuns, InboxError


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold an inbox for this process until it ends, in whatever way; raise BotRuns, InboxError."""
    # The lock's own file is emptied by whoever tries; the process is named in another.
    named = path.with_suffix(".pid")
    lock = FileLock(path.with_suffix(".lock"), timeout=0, mode=OWN_FILE, thread_local=False)
    try:
        make_private(path.parent)
        lock.acquire()
        claim_private(named)
        named.write_text(f"{os.getpid()}\n", encoding="ascii")
    except Timeout:
        raise BotRuns(
            f"{path.parent}: a Slack bot works on this home already (process {_pid(named)}). "
            "End that one, or set RESIDENCY_HOME to another folder"
        ) from None
    except OSError as error:
        lock.release()
        raise InboxError(
            f"{path.parent}: it cannot be held for one bot ({error.strerror}). {next_step(error)}"
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):
            named.unlink(missing_ok=True)
        lock.release()


def _pid(path: Path) -> str:
    try:
        text = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return "unknown"
    return text if text.isdecimal() else "unknown"
