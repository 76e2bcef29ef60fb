"""Questions about data residency to answers that show the sentence they stand on.

from assistant import Assistant

assistant = Assistant.open()
answer = assistant.ask("Where is mailbox content kept for a tenant in Norway?")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.app import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> Any:
    # Importing the package costs nothing until the assistant itself is wanted.
    if name == "Assistant":
        from assistant.app import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
