"""Looking words up says what comparing each with each says."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from assistant.reasoning.whether.claiming import WordsSaid, alike, contrary, word_likeness
from assistant.reasoning.whether.claiming.likeness import SENSES
from corpus.language.parsing import parse_one
from corpus.language.terms import STOP_WORDS

ASKED = "Does Tern Mail keep deleted messages in Norway for thirty days?"
CONTENT = ("NN", "VB", "JJ", "RB", "CD", "FW")
SAID = "Messages that were erased rest in storage accounts of the organisation in Bergen."


def test_words_are_looked_up_as_they_are_compared() -> None:
    every = sorted({*SENSES, "stored", "storage", "lost", "lose", "region", "regional", "xyz"})
    several = [every[start : start + 5] for start in range(0, len(every), 5)]
    for lemma, words in product(every, several):
        said = WordsSaid.of(words)
        assert said.say(lemma) == any(alike(lemma, one) for one in words), (lemma, words)
        assert said.say_contrary(lemma) == any(contrary(lemma, one) for one in words)


class Letters:
    """Encodes each piece of three letters by itself; some words have several pieces."""

    def said_words(self, text: str) -> tuple[tuple[tuple[int, int], ...], Any]:
        """Return the pieces of a text and a vector for each."""
        places = [
            (at, min(at + 3, token.start + len(token.text)))
            for token in parse_one(text).tokens
            for at in range(token.start, token.start + len(token.text), 3)
        ]
        random = np.random.default_rng(len(text))
        return tuple(places), random.standard_normal((len(places), 8)).astype(np.float32)


@pytest.mark.parametrize("said", [SAID, "Mail.", "Tern Mail keeps it."])
def test_the_nearest_word_is_the_one_with_the_nearest_pieces(said: str) -> None:
    encoder: Any = Letters()
    first, second = parse_one(ASKED), parse_one(said)
    found = word_likeness(first, second, encoder)
    (mine, own), (theirs, other) = encoder.said_words(ASKED), encoder.said_words(said)

    def pieces(places: Any, at: int, parse: Any) -> list[int]:
        token = parse.tokens[at]
        end = token.start + len(token.text)
        return [n for n, (a, b) in enumerate(places) if a < end and token.start < b]

    assert found.best
    for at, (score, to) in found.best.items():
        rows = pieces(mine, at, first)
        likeness = {
            i: np.mean([max(own[r] @ other[c] for c in pieces(theirs, i, second)) for r in rows])
            for i, token in enumerate(second.tokens)
            if token.tag.startswith(CONTENT) and token.lemma not in STOP_WORDS
        }  # fmt: skip
        assert score == pytest.approx(max(likeness.values()), abs=1e-3)
        assert score == pytest.approx(likeness[to], abs=1e-3)
