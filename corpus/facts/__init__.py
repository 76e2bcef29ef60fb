"""Facts: what documents state, read off their structure and language."""

from __future__ import annotations

from corpus.facts.extract import extract
from corpus.facts.types import Fact, FactKind, FactStatus

__all__ = ["Fact", "FactKind", "FactStatus", "extract"]
