"""Leases on builds: a reader holds one while it reads, the collector takes what nobody holds.

A lease is a lock of the operating system on a file within the build, so that it ends with the
process that holds it, however that process ends. Where there are no such locks (Windows), a
folder with open files cannot be renamed, and the collector renames before it deletes.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from index.errors import DamagedIndex
from index.home.faults.kinds import next_step
from index.home.paths import Home

LEASE = "lease"
_TRIES = 50
_PAUSE_S = 0.02


class Lease:
    """A lock on a build folder, shared between readers or held alone; `close` lets go of it."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self.folder = folder
        self._descriptor: int | None = descriptor

    @classmethod
    def of_current(cls, home: Home) -> Lease:
        """Return a lease on the current build; raise MissingIndex or DamagedIndex."""
        for _ in range(_TRIES):
            folder = home.current()
            lease = cls.take(folder)
            if lease is not None:
                return lease
            if not folder.is_dir() and home.current() == folder:
                raise DamagedIndex(f"{folder}: the current build is gone. Run `residency index`")
            # It was replaced and collected between two looks.
            time.sleep(_PAUSE_S)
        raise DamagedIndex(f"{folder}: it cannot be leased. Run `residency index`")

    @classmethod
    def take(cls, folder: Path, *, alone: bool = False) -> Lease | None:
        """Return a lease, or None when the build is gone or held in a way that excludes this.

        Raises DamagedIndex where nobody may look.
        """
        try:
            descriptor = os.open(folder / LEASE, os.O_RDONLY)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DamagedIndex(
                f"{folder / LEASE}: cannot be read ({error.strerror}). {next_step(error)}, or run "
                "`residency index`"
            ) from error
        lease = cls(folder, descriptor)
        if _locked(descriptor, alone=alone) and _is_still(descriptor, folder / LEASE):
            return lease
        lease.close()
        return None

    def close(self) -> None:
        """Let go of the build."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _locked(descriptor: int, *, alone: bool) -> bool:
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(descriptor: int, path: Path) -> bool:
    """Tell whether the file that was locked is the one that stands at the path now."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
