"""Deletes the builds of a home that nobody needs any more."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from index.errors import DamagedIndex
from index.home.lease import LEASE, Lease
from index.home.paths import Home

_LOG = logging.getLogger(__name__)


def collect_builds(home: Home) -> None:
    """Delete the builds that are not current and that no reader holds; whoever does has the lock
    of the home.
    """
    current = home.current().name
    for folder in sorted(home.builds.iterdir()):
        if folder.name.startswith(".") or folder.name == current:
            continue
        try:
            lease = Lease.take(folder, alone=True)
        except DamagedIndex as error:
            _LOG.warning("%s", error)
            continue
        if lease is None and (folder / LEASE).exists():
            continue
        _delete(folder)
        if lease is not None:
            lease.close()


def _delete(folder: Path) -> None:
    trash = folder.with_name(f".{folder.name}.trash")
    try:
        folder.replace(trash)
    except OSError as error:
        _LOG.warning("%s: left for the next build (%s)", folder, error)
        return
    shutil.rmtree(trash, ignore_errors=True)
