"""Which worker runs what: a module at a time, or a folder whose fixtures take long to start."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

_WEB, _BOTS = ("tests/flows/web",), ("tests/flows/slack",)
_TOGETHER = (
    _WEB, _BOTS, ("tests/ui/web", "tests/ui/test_mcp.py"), ("tests/ui/telemetry",),
)  # fmt: skip
"""Of each of these one worker runs everything: they share a browser, servers or bots."""
_LONGEST = (*_WEB, *_BOTS, "tests/soak", "tests/index", "tests/flows", "tests/ui/web")
"""What begins first, so that no worker is left with it at the end."""


class ByPart(LoadFileScheduling):
    """Hands out modules, but for those that stay together."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return next((parts[0] for parts in _TOGETHER if module.startswith(parts)), module)


def place(nodeid: str) -> int:
    """Return when a test is to begin: those of the lowest number first."""
    within = (at for at, folder in enumerate(_LONGEST) if nodeid.startswith(folder))
    return next(within, len(_LONGEST))
