"""The machine that figures hold for, and whether it was idle while they were taken."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_IDLE_LOAD = 0.5
"""Load average of the last minute up to which a machine is taken to be idle."""
_IDLE_SHARE = 0.05
"""Share of all cores that other programs may take meanwhile."""
_CPU, _STAT, _MEMORY = (Path(f"/proc/{name}") for name in ("cpuinfo", "stat", "meminfo"))


@dataclass(frozen=True, slots=True)
class Machine:
    """What a benchmark ran on."""

    processor: str
    cores: int
    memory_gib: float
    """0 where the system does not tell."""
    python: str
    version: str
    """Of the product, with the commit of the checkout where it is one."""
    before: str
    """The commit of the older checkout; empty without one."""
    load_at_start: float
    """Load average of the minute before; -1 where the system has none."""
    load_at_end: float
    others: float | None
    """Share of all cores' time that other programs took meanwhile; None where it is not told."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Why the figures are to be taken with care; none on an idle machine."""
        found = []
        if self.load_at_start > _IDLE_LOAD:
            found.append(f"the load was {self.load_at_start:.2f} before anything was measured")
        if self.others is not None and self.others > _IDLE_SHARE:
            found.append(f"other programs took {self.others:.0%} of the cores meanwhile")
        return tuple(found)

    def lines(self) -> tuple[str, ...]:
        """Return the machine in words, each warning on a line of its own."""
        memory = f", {self.memory_gib:.0f} GiB" if self.memory_gib else ""
        before = f", before: {self.before}" if self.before else ""
        told = "" if self.others is None else f", {self.others:.0%} of the cores taken by others"
        return (
            f"Measured on {self.cores} cores ({self.processor}{memory}), Python {self.python}, "
            f"version {self.version}{before}; load {self.load_at_start:.2f} at the start, "
            f"{self.load_at_end:.2f} at the end{told}.",
            *(f"**The machine was not idle:** {one}." for one in self.warnings),
        )


class Watch:
    """Looks at the load of the machine, from its making to `machine`."""

    def __init__(self) -> None:
        self._load = _load()
        self._all, self._own = _busy_s(), _own_s()
        self._started = os.times().elapsed

    def machine(self, now: Path, before: Path | None) -> Machine:
        """Return the machine; `now` and `before` are the checkouts that were measured."""
        cores, elapsed = os.cpu_count() or 1, os.times().elapsed - self._started
        others = None
        if self._all is not None and (busy := _busy_s()) is not None:
            foreign = (busy - self._all) - (_own_s() - self._own)
            others = max(0.0, foreign) / (cores * max(elapsed, 0.01))
        return Machine(
            _processor(), cores, _memory_gib(), platform.python_version(), _version(now),
            _commit(before) if before else "", self._load, _load(), others,
        )  # fmt: skip


def _load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else -1.0


def _busy_s() -> float | None:
    """Return the seconds that all cores have worked since the system started."""
    try:
        user, nice, system, _, _, irq, soft = map(int, _STAT.read_text().split()[1:8])
    except (OSError, ValueError):
        return None
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def _own_s() -> float:
    """Return the processor time of this process and of those that it waited for."""
    return sum(os.times()[:4])


def _processor() -> str:
    try:
        lines = _CPU.read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _memory_gib() -> float:
    try:
        return int(_MEMORY.read_text(encoding="utf-8").split()[1]) / 2**20
    except (OSError, ValueError):
        return 0.0


def _version(checkout: Path) -> str:
    commit = _commit(checkout)
    try:
        own = version("residency-assistant")
    except PackageNotFoundError:
        own = "unknown"
    return f"{own} ({commit})" if commit else own


def _commit(checkout: Path) -> str:
    """Return the commit of a checkout, with a plus where files differ; empty for none."""
    try:
        commit = _git(checkout, "rev-parse", "--short=12", "HEAD")
        return commit + ("+" if _git(checkout, "status", "--porcelain", "-uno") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(  # noqa: S603 - fixed words
        ["git", "-C", str(folder), *words],  # noqa: S607
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()
