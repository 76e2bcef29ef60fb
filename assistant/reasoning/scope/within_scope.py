"""Retrieval within a scope: only documents that may speak are searched or kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reasoning.known import Scope
from index.types import Hit

_ENOUGH = 8
"""Passages that a question is reasoned from."""


@dataclass(frozen=True, slots=True)
class HitsInScope:
    """What is left of a search."""

    hits: tuple[Hit, ...]
    """In their order."""
    search_only: frozenset[str] = frozenset()
    """Documents to search anew, with `Search.only`; empty where enough is left."""


def hits_in_scope(hits: Sequence[Hit], scope: Scope, enough: int = _ENOUGH) -> HitsInScope:
    """Keep the hits in documents that may speak, and say where these are to be searched again."""
    allowed = frozenset(scope.documents)
    kept = tuple(hit for hit in hits if hit.chunk.document in allowed)
    narrowed = len(kept) < len(hits)
    return HitsInScope(kept, allowed if narrowed and len(kept) < enough else frozenset())
