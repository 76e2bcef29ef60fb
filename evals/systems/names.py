"""Systems by name; each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from evals.errors import UnknownSystem
from evals.systems.base import System

_KNOWN = {
    "ours": ("evals.systems.ours", "Ours"),
    "ours+model": ("evals.systems.ours", "OursWithModel"),
    "langchain": ("evals.systems.langchain_chunks", "LangChainChunks"),
    "bm25s": ("evals.systems.bm25", "Bm25"),
    "haystack": ("evals.systems.haystack_hybrid", "HaystackHybrid"),
}


def system(name: str) -> System:
    """Return a system by its name; raise UnknownSystem."""
    made: System = _class_of(name)()
    return made


def as_documented(name: str) -> System:
    """Return another system as its own manual sets it up, where time is measured: with the chunks
    of the manual, and as many for a question as are shown. Raises UnknownSystem.
    """
    found = _class_of(name)
    if not hasattr(found, "as_documented"):
        raise UnknownSystem(f"{name}: is no other system")
    made: System = found.as_documented()
    return made


def _class_of(name: str) -> Any:
    if name not in _KNOWN:
        raise UnknownSystem(f"{name}: no such system. There are {', '.join(_KNOWN)}")
    module, class_name = _KNOWN[name]
    try:
        return getattr(import_module(module), class_name)
    except ModuleNotFoundError as error:
        raise UnknownSystem(
            f"{name}: needs {error.name}, which is not installed. "
            "Install the project with the extra [bench]"
        ) from error
