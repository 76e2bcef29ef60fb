"""How much memory a process holds, and held at most (Linux)."""

from __future__ import annotations

from pathlib import Path


def resident_bytes(process: int) -> int:
    """Return the resident bytes of a process, 0 where it is gone."""
    return _stated(process, "VmRSS")


def peak_bytes(process: int) -> int:
    """Return the most bytes that a process was resident with so far, 0 where it is gone.

    Other than the operating system's `ru_maxrss` it counts from the program's start: a process
    that a large one started is not taken to be as large.
    """
    return _stated(process, "VmHWM")


def _stated(process: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)
