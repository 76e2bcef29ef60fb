"""Facts: what documents state, read off their structure and language."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from corpus.facts.extract import extract
from corpus.facts.types import Fact, FactKind, FactStatus

__all__ = ["Fact", "FactKind", "FactStatus", "extract", "rules_sha256"]


@cache
def rules_sha256() -> str:
    """Return the hash of the rules; an index whose facts other rules read is not up to date."""
    digest = hashlib.sha256()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()
