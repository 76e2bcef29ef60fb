"""What the commands share: an opened assistant, and a word to the user."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant import Assistant


def opened() -> Assistant:
    """Return the assistant of the settings; its index is built when there is none."""
    from assistant import Assistant

    return Assistant.open(progress=say)


def say(message: str) -> None:
    """Tell the user something that is no result."""
    print(f"residency: {message}", file=sys.stderr, flush=True)
