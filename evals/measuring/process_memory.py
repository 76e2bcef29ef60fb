"""How much memory a process holds (Linux)."""

from __future__ import annotations

from pathlib import Path


def resident_bytes(process: int) -> int:
    """Return the resident bytes of a process, 0 where it is gone."""
    status = Path(f"/proc/{process}/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), 0)
