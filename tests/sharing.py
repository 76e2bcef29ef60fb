"""What costs much is made once in a run, whichever of its workers needs it first."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock

_LONGEST_S = 240


def _without_network() -> Sequence[str]:
    unshare = shutil.which("unshare")
    permitted = (
        unshare and not subprocess.run([unshare, "-n", "true"], capture_output=True).returncode
    )
    return (unshare, "-n") if unshare and permitted else ()


WITHOUT_NETWORK = _without_network()
"""What a command begins with that is to have no network; empty where that is not permitted."""


def made_once(folder: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Return what `make` made at a name in a folder that all workers see; the first one makes it.

    Who needs it meanwhile waits. What was made halfway is not taken for made.
    """
    made, done = folder / name, folder / f"{name}.made"
    with FileLock(folder / f"{name}.lock", timeout=_LONGEST_S):
        if not done.exists():
            make(made)
            done.touch()
    return made
