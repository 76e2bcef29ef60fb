"""Words in SQLite FTS5, and what is found by them (stemmed, BM25)."""

from __future__ import annotations

import shutil
import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from corpus.intake.question_bank import AskedChunk
from corpus.language.terms import WORD, query_terms
from corpus.types import Chunk
from index.stores.word_postings import (
    TOKENIZER,
    Postings,
    Tokenizer,
    WordPostings,
    write_sizes,
)
from index.types import Scored

_REMEMBERED = 50_000
"""Words of which it is kept whether some chunk holds them."""
_LATEST = 64
"""Searches whose result is kept: several parts look at one question."""
_COMMON = 5000
"""Rows from which on a word tells too little for what it costs to look at all of them."""


_Key = tuple[str, int, bool, frozenset[str]]
_TABLES = ("words", "asked")
_SCHEMA = "".join(
    f"CREATE VIRTUAL TABLE {table} USING fts5(id UNINDEXED, text, context, "
    f"tokenize='{TOKENIZER}');"
    f"CREATE TABLE {table}_rows (number INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT);"
    f"CREATE INDEX {table}_of ON {table}_rows (document);"
    for table in _TABLES
)
"""Numbers only grow, as FTS5 likes them, and tell which rows are a document's."""


class WordWriter:
    """A word index that is being written: from nothing, or from that of the build before."""

    def __init__(self, path: Path, base: Path | None = None) -> None:
        """Begin an index; `base` is the one that it starts from."""
        if base is not None:
            shutil.copyfile(base, path)
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        if base is None:
            self._connection.executescript(_SCHEMA)

    def drop(self, documents: Iterable[str]) -> None:
        """Delete the words of documents."""
        for document in documents:
            for table in _TABLES:
                self._connection.execute(
                    f"DELETE FROM {table} WHERE rowid IN "
                    f"(SELECT number FROM {table}_rows WHERE document = ?)",
                    (document,),
                )
                self._connection.execute(
                    f"DELETE FROM {table}_rows WHERE document = ?", (document,)
                )

    def add(self, document: str, chunks: Iterable[Chunk], asked: Iterable[AskedChunk]) -> None:
        """Write the words of a document's chunks and of the questions asked of them."""
        self._insert("words", document, ((c.id, c.text, c.context) for c in chunks))
        self._insert("asked", document, ((row.chunk, row.question, "") for row in asked))

    def _insert(self, table: str, document: str, rows: Iterable[tuple[str, str, str]]) -> None:
        for row in rows:
            numbered = self._connection.execute(
                f"INSERT INTO {table}_rows (document) VALUES (?)", (document,)
            )
            self._connection.execute(
                f"INSERT INTO {table} (rowid, id, text, context) VALUES (?, ?, ?, ?)",
                (numbered.lastrowid, *row),
            )

    def close(self) -> None:
        """Finish the file."""
        for table in _TABLES:
            write_sizes(self._connection, table)
        self._connection.commit()
        self._connection.close()


class WordIndex:
    """A finished word index, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        self._tokenizer = Tokenizer()
        self._tables = {table: WordPostings(self._connection, table) for table in _TABLES}
        self._found: OrderedDict[_Key, tuple[Scored, ...]] = OrderedDict()
        self.has = lru_cache(maxsize=_REMEMBERED)(self._has)

    def search(
        self, question: str, limit: int, *, asked: bool = False, only: Collection[str] = ()
    ) -> list[Scored]:
        """Return the chunks that share words with the question, best first, each once.

        With `asked` the words are those of the questions written ahead for the chunks. `only`
        are the documents that are searched; all where it is empty.
        """
        key = question, limit, asked, frozenset(only)
        if key not in self._found:
            self._found[key] = tuple(
                self._search(question, limit, "asked" if asked else "words", only)
            )
            if len(self._found) > _LATEST:
                self._found.popitem(last=False)
        return list(self._found[key])

    def _search(
        self, question: str, limit: int, table: str, only: Collection[str]
    ) -> Iterator[Scored]:
        words = self._tables[table]
        phrases = filter(None, map(self._tokenizer.words, query_terms(question)))
        several = _telling([*phrases], words)
        best: dict[str, float] = {}
        found = words.best(several, limit, only) if several else []
        for id_, (_, score) in zip(words.ids([row for row, _ in found]), found, strict=True):
            best.setdefault(id_, score)
        yield from (Scored(chunk, score) for chunk, score in best.items())

    def _has(self, word: str) -> bool:
        """Tell whether some chunk holds a word, in any of its forms."""
        query = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
        return self._connection.execute(query, (f'"{word}"',)).fetchone() is not None

    def holding(self, phrase: str, limit: int) -> tuple[str, ...]:
        """Return the ids of the first chunks that hold words side by side, in any form of each."""
        words = " ".join(match.group() for match in WORD.finditer(phrase))
        query = "SELECT id FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?"
        rows = self._connection.execute(query, (f'"{words}"', limit)) if words else ()
        return tuple(str(id_) for (id_,) in rows)

    def counts(self) -> dict[str, int]:
        """Return the number of chunks and of questions whose words are known."""
        return {
            table: int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table in _TABLES
        }

    def close(self) -> None:
        """Let go of the file."""
        self._tokenizer.close()
        self._connection.close()


def _telling(phrases: Sequence[tuple[str, ...]], words: WordPostings) -> list[Postings]:
    """Return the words that few enough rows hold; the rarest where all are common.

    To read where a common word stands takes thirty times as long as to count its rows.
    """
    if len(words) <= _COMMON:
        return [words.postings(one) for one in phrases]
    rare = [one for one in phrases if len(one) > 1 or words.having(one[0]) <= _COMMON]
    telling = [found for one in rare if len(found := words.postings(one)) <= _COMMON]
    return telling or sorted((words.postings(one) for one in phrases), key=len)[:1]
