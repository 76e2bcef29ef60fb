"""What buttons and views have to carry, so that a press finds its way back to what it is about.

A value comes back from outside: whatever cannot have been made here reads as None.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

LONGEST_VALUE = 2_000
"""Characters that a button may carry."""


def numbered(action: str, number: int) -> str:
    """Return the id of one of several buttons of a message that do the same."""
    return f"{action}_{number}"


def action_of(action_id: str) -> str:
    """Return what a button does, whatever its number."""
    name, _, number = action_id.rpartition("_")
    return name if name and number.isascii() and number.isdecimal() else action_id


def compact(values: Sequence[str | int]) -> str:
    """Return several values as the one text that a button or a view carries."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def parsed(text: str) -> object:
    """Return what a text carries; None for what `compact` cannot have made."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
