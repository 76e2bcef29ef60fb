"""Whether a question that judges the product was trained on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
NEAR = 0.8
"""Share of equal words (Jaccard) at which two questions are near duplicates."""
_FEWEST = 4
"""Words of a question that can be a near duplicate; shorter ones agree by chance."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A judging question with the training question that is the same or nearly so."""

    judged: str
    trained: str
    share: float


def leaks(judged: Iterable[str], trained: Iterable[str]) -> list[Leak]:
    """Return the judging questions that are the same as a training question, or nearly so."""
    known = [(text, _words(text)) for text in trained]
    by_word: dict[str, list[int]] = {}
    for number, (_, words) in enumerate(known):
        for word in words:
            by_word.setdefault(word, []).append(number)
    found = []
    for text in judged:
        words = _words(text)
        shared: dict[int, int] = {}
        for word in words:
            for number in by_word.get(word, ()):
                shared[number] = shared.get(number, 0) + 1
        for number, count in shared.items():
            other, theirs = known[number]
            share = count / len(words | theirs)
            if share == 1.0 or (share >= NEAR and len(words) >= _FEWEST):
                found.append(Leak(text, other, share))
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))
