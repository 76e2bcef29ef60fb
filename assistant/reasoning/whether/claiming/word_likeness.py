"""Which words of a sentence stand for the words of a question, by their vectors in context.

"Wipe" stands for "delete" and "text" for "SMS" where the sentences around them are alike. That two
words are alike says nothing of polarity: "lost" is near to "kept" too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from corpus.language.parsing import Parse
from corpus.language.terms import STOP_WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.encoding.query_encoder import QueryEncoder

_CONTENT = ("NN", "VB", "JJ", "RB", "CD", "FW")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the words of two texts are, in context."""

    best: dict[int, tuple[float, int]]
    """For a word of the first text its likeness with the nearest content word of the second, and
    the index of this."""

    def of(self, at: int) -> float:
        """Return how near the nearest word is; 0 where nothing is known."""
        return self.best.get(at, (0.0, -1))[0]

    def to(self, at: int) -> int:
        """Return the index of the nearest word; -1 where there is none."""
        return self.best.get(at, (0.0, -1))[1]


NOTHING = Likeness({})


def word_likeness(asked: Parse, said: Parse, encoder: QueryEncoder) -> Likeness:
    """Return how alike the content words of a question and of a sentence are."""
    return _word_likeness(asked, said, encoder)


@lru_cache(maxsize=2048)
def _word_likeness(asked: Parse, said: Parse, encoder: QueryEncoder) -> Likeness:
    first, own = _of_words(asked.text, encoder)
    second, other = _of_words(said.text, encoder)
    if not first or not second:
        return NOTHING
    near = own @ other.T
    columns = {
        i: found for i, token in enumerate(said.tokens)
        if token.tag.startswith(_CONTENT) and token.lemma not in STOP_WORDS
        and (found := _pieces(second, token.start, token.end))
    }  # fmt: skip
    if not columns:
        return NOTHING
    nearest = _of_columns(near, columns.values())
    best: dict[int, tuple[float, int]] = {}
    for at, token in enumerate(asked.tokens):
        rows = _pieces(first, token.start, token.end)
        if rows and token.tag.startswith(_CONTENT):
            likeness = nearest[rows].mean(axis=0).tolist()
            best[at] = max((round(one, 4), i) for one, i in zip(likeness, columns, strict=True))
    return Likeness(best)


def _of_columns(near: NDArray[Any], words: Collection[list[int]]) -> NDArray[Any]:
    """Return the likeness of each row with the nearest piece of each word, one column a word."""
    import numpy as np

    most = max(map(len, words))
    pieces = np.array([[*one, *one[-1:] * (most - len(one))] for one in words])
    found: NDArray[Any] = near[:, pieces].max(axis=2)
    return found


def _pieces(places: tuple[tuple[int, int], ...], start: int, end: int) -> list[int]:
    return [i for i, (first, last) in enumerate(places) if first < end and start < last]


@lru_cache(maxsize=1024)
def _of_words(text: str, encoder: QueryEncoder) -> tuple[tuple[tuple[int, int], ...], NDArray[Any]]:
    places, vectors = encoder.said_words(text)
    return (places, vectors) if len(vectors) else ((), vectors)
