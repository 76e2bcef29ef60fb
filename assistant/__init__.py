"""Questions about data residency to answers that show the sentence they stand on.

from assistant import Assistant

assistant = Assistant.open()
answer = assistant.ask("Where is mailbox content kept for a tenant in Norway?")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.app import Assistant
    from assistant.types import Answer, Citation, Profile

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Profile",
    "app",
    "draft",
    "errors",
    "observer",
    "pipeline",
    "query",
    "settings",
    "streaming",
    "timeline",
    "types",
    "wording",
]
_MADE_IN = {
    "Answer": "assistant.types",
    "Assistant": "assistant.app",
    "Citation": "assistant.types",
    "Profile": "assistant.types",
}


def __getattr__(name: str) -> Any:
    # Importing the package costs nothing until something of it is wanted.
    if name in _MADE_IN:
        return getattr(import_module(_MADE_IN[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
