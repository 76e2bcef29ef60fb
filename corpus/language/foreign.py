"""Sentences in other languages, of which nothing is read."""

from __future__ import annotations

from functools import lru_cache

from corpus.language.terms import STOP_WORDS, WORD

_FEWEST = 5
"""Words of a sentence whose language can be told."""
_ENGLISH = 0.2
"""Share of function words from which a sentence is English without a closer look."""


@lru_cache(maxsize=4096)
def is_foreign(text: str) -> bool:
    """Tell whether a text is in another language than English; False where it is too short."""
    words = [match.group().lower() for match in WORD.finditer(text)]
    if len(words) < _FEWEST:
        return False
    if sum(word in STOP_WORDS for word in words) >= _ENGLISH * len(words):
        return False
    import py3langid

    return bool(py3langid.classify(text)[0] != "en")
