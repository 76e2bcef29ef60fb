"""BM25 by bm25s over the same chunks as the LangChain pipeline."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from evals.suites.suite import Suite
from evals.systems.base import (
    CITED,
    RANKED,
    SHOWN,
    Cut,
    Passage,
    Session,
    Timed,
    Workplace,
    show,
    split,
)


@dataclass(frozen=True, slots=True)
class Bm25:
    """Lexical search with English stop words and stemming, as bm25s documents it."""

    name: str = "bm25s"
    cut: Cut = CITED
    retrieved: int = RANKED
    """Chunks that a question gets."""

    @classmethod
    def as_documented(cls) -> Bm25:
        """Return it with LangChain's chunks, since it brings none, and as many for a question as
        are shown.

        https://github.com/xhluca/bm25s: stop words and stemmer as in its quickstart, scores ahead.
        """
        return cls(cut=Cut(1000, 200), retrieved=SHOWN)

    @property
    def repeatable(self) -> bool:
        """True."""
        return True

    def open(self, suite: Suite, workplace: Workplace) -> Session:
        """Index the words of the chunks."""
        del workplace
        import bm25s
        import Stemmer

        passages = split(suite, self.cut)
        stemmer = Stemmer.Stemmer("english")
        index = bm25s.BM25()
        texts = [passage.text for passage in passages]
        tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
        index.index(tokens, show_progress=False)
        return _Bm25Session(index, stemmer, passages, self.retrieved)


@dataclass(frozen=True, slots=True)
class _Bm25Session:
    index: Any
    stemmer: Any
    passages: list[Passage]
    retrieved: int

    @property
    def identity(self) -> str:
        return f"{len(self.passages)} chunks"

    def reply(self, turns: tuple[str, ...]) -> Timed:
        """Show the chunks that share the weightiest words with the conversation."""
        import bm25s

        started = time.perf_counter()
        words = bm25s.tokenize(
            ["\n".join(turns)], stopwords="en", stemmer=self.stemmer, show_progress=False
        )
        count = min(self.retrieved, len(self.passages))
        numbers, scores = self.index.retrieve(words, k=count, show_progress=False)
        found = [
            self.passages[number]
            for number, score in zip(numbers[0], scores[0], strict=True)
            if score > 0
        ]
        return Timed(show(found), (time.perf_counter() - started) * 1000)

    def close(self) -> None:
        """Nothing is open."""
