"""Whether others on the machine can read what a home keeps; changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from index.types import Check

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_NAMED = 5
"""Files and folders that are named one by one."""


def private_files(root: Path) -> Check:
    """Return whether the owner of a home alone can read what is in it.

    A folder that keeps others out keeps them from all that it holds.
    """
    open_ones = sorted(_open_to_others(root)) if os.name == "posix" else []
    if not open_ones:
        return Check("private", True, "its owner alone can read the home")
    named = ", ".join(str(one.relative_to(root)) for one in open_ones[:_NAMED])
    more = f" and {len(open_ones) - _NAMED} more" if len(open_ones) > _NAMED else ""
    return Check(
        "private",
        False,
        f"{root}: others on this machine can read {named}{more}. Run `chmod -R go= {root}`, "
        "unless they are meant to",
    )


def _open_to_others(root: Path) -> Iterator[Path]:
    """Yield what lies directly in a home and lets others in, where the home itself does."""
    if not _lets_in(root):
        return
    for one in root.iterdir():
        if not one.is_symlink() and _lets_in(one):
            yield one


def _lets_in(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        # Gone meanwhile, or not for us either.
        return False
