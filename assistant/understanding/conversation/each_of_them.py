"""Replies to being asked back that want the answer for all of what was offered."""

from __future__ import annotations

from corpus.language.terms import WORD

_EACH = frozenset({"all", "any", "both", "each", "every"})
_BESIDE = frozenset("for of the them these this those two three four one ones".split())


def wants_each(reply: str) -> bool:
    """Tell whether a message says nothing but that all are meant: "all of them", "both"."""
    words = {match.group().lower() for match in WORD.finditer(reply)}
    return bool(words & _EACH) and words <= _EACH | _BESIDE
