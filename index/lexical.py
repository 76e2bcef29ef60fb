"""Words in SQLite FTS5 (stemmed, BM25)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from corpus.questions import AskedChunk
from corpus.types import Chunk
from index.types import Scored

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LONGEST_QUERY = 64
STOP_WORDS = frozenset(
    "a an and are as at be been being but by can could did do does for from had has have how i "
    "if in into is it its me my no not of on or our she he so than that the their them then "
    "there they this those these to too us was we were what when where which who whom whose why "
    "will with would you your".split()
)


def build_lexical(path: Path, chunks: Iterable[Chunk], asked: Iterable[AskedChunk]) -> None:
    """Write the word index of the chunks, and of questions asked of them, to a new file."""
    connection = sqlite3.connect(path)
    try:
        for table in ("words", "asked"):
            connection.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5("
                "id UNINDEXED, text, context, tokenize='porter unicode61 remove_diacritics 2')"
            )
        connection.executemany(
            "INSERT INTO words VALUES (?, ?, ?)",
            ((chunk.id, chunk.text, chunk.context) for chunk in chunks),
        )
        connection.executemany(
            "INSERT INTO asked VALUES (?, ?, '')", ((row.chunk, row.question) for row in asked)
        )
        connection.commit()
    finally:
        connection.close()


class WordIndex:
    """A finished word index, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False
        )

    def search(self, question: str, limit: int, *, asked: bool = False) -> list[Scored]:
        """Return the chunks that share words with the question, best first, each once.

        With `asked` the words are those of the questions written ahead for the chunks.
        """
        table = "asked" if asked else "words"
        terms = query_terms(question)
        if not terms:
            return []
        match = " OR ".join(f'"{term}"' for term in terms)
        rows = self._connection.execute(
            f"SELECT id, -bm25({table}, 0, 1.0, 0.5) AS score FROM {table} "
            f"WHERE {table} MATCH ? ORDER BY score DESC, rowid LIMIT ?",
            (match, limit),
        )
        best: dict[str, float] = {}
        for chunk, score in rows:
            best.setdefault(str(chunk), float(score))
        return [Scored(chunk, score) for chunk, score in best.items()]

    def has(self, word: str) -> bool:
        """Tell whether some chunk holds a word, in any of its forms."""
        query = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
        return self._connection.execute(query, (f'"{word}"',)).fetchone() is not None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def query_terms(question: str) -> list[str]:
    """Return the content words of a question, each once, at most 64."""
    words = (match.group().lower() for match in _WORD.finditer(question))
    return list(dict.fromkeys(w for w in words if w not in STOP_WORDS))[:_LONGEST_QUERY]
