"""Tracing that the environment switches on would send questions to a server: it is switched off."""

from __future__ import annotations

import os
from collections.abc import Callable

_TRACING = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
)


def silence_tracing() -> None:
    """Switch off the tracing that LangChain would take over from the environment."""
    from langsmith.utils import get_env_var

    for name in _TRACING:
        os.environ[name] = "false"
    # It remembers what it read before.
    clear: Callable[[], None] = getattr(get_env_var, "cache_clear")  # noqa: B009
    clear()
