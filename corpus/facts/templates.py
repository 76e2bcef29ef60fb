"""Questions that facts answer, written from templates where nobody wrote any by hand."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.facts.types import Statement, StatementKind
from corpus.intake.question_bank import AskedChunk

_LONGEST_NAME = 6
"""Words; what is longer is no name but a clause."""
_WORDING: dict[StatementKind, str] = {
    StatementKind.STORED: "Where {verb} {thing} stored?",
    StatementKind.PROCESSED: "Where {verb} {thing} processed?",
    StatementKind.REPLICATED: "Where are copies and backups of {thing} kept?",
    StatementKind.RETAINED: "How long {verb} {thing} kept before deletion?",
    StatementKind.MOVED: "Can {thing} be moved out of the region?",
    StatementKind.EXCLUDED: "What is not covered for {thing}?",
    StatementKind.REQUIRED: "What is required for {thing}?",
    StatementKind.DETERMINED_BY: "What decides where {thing} {verb} kept, and who chooses?",
    StatementKind.NOT_SUPPORTED: "What is not possible with {thing}?",
    StatementKind.COMMITMENT: "What is promised about {thing}?",
    StatementKind.CONTACT: "Who do I contact about {thing}?",
}
"""Kinds that people ask for by what is said of a thing; the others are found by their words."""


def template_questions(facts: Iterable[Statement]) -> tuple[AskedChunk, ...]:
    """Return a question for each fact that has a wording, each once for a chunk."""
    return tuple(
        dict.fromkeys(
            AskedChunk(fact.chunk, question_of(fact.kind, _thing(fact)))
            for fact in facts
            if fact.kind in _WORDING
        )
    )


def question_of(kind: StatementKind, thing: str) -> str:
    """Return what people ask of a thing; raises KeyError for a kind without a wording."""
    last = thing.rsplit(" ", 1)[-1]
    # A word with a capital is a name, and a name is one thing: "Customer Service Insights".
    is_plural = last.endswith("s") and not last.endswith(("ss", "us", "is")) and last.islower()
    return _WORDING[kind].format(thing=thing, verb="are" if is_plural else "is")


def _thing(fact: Statement) -> str:
    names = [name for name in (*fact.data, fact.about.name) if len(name.split()) <= _LONGEST_NAME]
    return names[0] if names else fact.about.name or "data"
