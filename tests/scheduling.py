"""Which worker runs what: a module at a time, or a folder whose fixtures take long to start."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

_TOGETHER = ("tests/flows/web", "tests/flows/slack")
"""Folders of which one worker runs everything: they share a browser, servers and bots."""
_LONGEST = (*_TOGETHER, "tests/soak", "tests/index/stores", "tests/flows", "tests/index")
"""What begins first, so that no worker is left with it at the end."""


class ByPart(LoadFileScheduling):
    """Hands out modules, but for the folders that stay together."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return next((folder for folder in _TOGETHER if module.startswith(folder)), module)


def place(nodeid: str) -> int:
    """Return when a test is to begin: those of the lowest number first."""
    within = (at for at, folder in enumerate(_LONGEST) if nodeid.startswith(folder))
    return next(within, len(_LONGEST))
