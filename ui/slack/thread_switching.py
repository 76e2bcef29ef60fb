"""How long a thread that computes keeps the others of a server waiting."""

from __future__ import annotations

import sys

_SWITCH_S = 0.0005


def take_short_turns() -> None:
    """Let threads take shorter turns than Python's own 5 ms, for the rest of the process.

    Whoever takes requests waits many times over for each of them: while answers were being made,
    an acknowledgement took seconds.
    """
    sys.setswitchinterval(_SWITCH_S)
