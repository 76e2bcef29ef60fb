"""Questions that facts answer, written from templates where nobody wrote any by hand."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.facts.types import Fact, FactKind
from corpus.intake.question_bank import AskedChunk

_LONGEST_NAME = 6
"""Words; what is longer is no name but a clause."""
_WORDING: dict[FactKind, str] = {
    FactKind.STORED: "Where is {thing} stored?",
    FactKind.PROCESSED: "Where is {thing} processed?",
    FactKind.REPLICATED: "Where are copies and backups of {thing} kept?",
    FactKind.RETAINED: "How long is {thing} kept, and when is it deleted?",
    FactKind.MOVED: "Can {thing} be moved, and when does it leave the region?",
    FactKind.EXCLUDED: "What is not covered for {thing}?",
    FactKind.REQUIRED: "What is required for {thing}?",
    FactKind.DETERMINED_BY: "What decides where {thing} is kept, and who chooses?",
    FactKind.NOT_SUPPORTED: "What is not possible with {thing}?",
    FactKind.COMMITMENT: "What is promised about {thing}?",
    FactKind.CONTACT: "Who do I contact about {thing}?",
}
"""Kinds that people ask for by what is said of a thing; the others are found by their words."""


def template_questions(facts: Iterable[Fact]) -> tuple[AskedChunk, ...]:
    """Return a question for each fact that has a wording, each once for a chunk."""
    return tuple(
        dict.fromkeys(
            AskedChunk(fact.chunk, _WORDING[fact.kind].format(thing=_thing(fact)))
            for fact in facts
            if fact.kind in _WORDING
        )
    )


def _thing(fact: Fact) -> str:
    names = [name for name in (*fact.data, fact.subject) if len(name.split()) <= _LONGEST_NAME]
    return names[0] if names else fact.subject or "data"
