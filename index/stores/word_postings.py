"""Where words stand in the rows of an FTS5 table, kept in memory, and BM25 over them.

FTS5 reads and scores each row that holds a word of the question anew for every question. What it
reads is the same each time: here the places of a word are read from its vocabulary once, and scored
all at once. Scores are those of FTS5's own `bm25`, to the last bit, in a fraction of the time.
"""

from __future__ import annotations

import math
import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOKENIZER = "porter unicode61 remove_diacritics 2"
_K1, _B = 1.2, 0.75
"""FTS5's, which cannot be set (https://www.sqlite.org/fts5.html, "The bm25() function")."""
_LEAST_WEIGHT = 1e-6
"""What FTS5 lets a word weigh that more than half of the rows hold."""
_WEIGHTS = {"text": 1.0, "context": 0.5}
"""What a word weighs in each column."""
_COLUMN, _OFFSET = 1 << 20, 1 << 21
"""A place in a row is one number: row, column, and how many words stand before it."""
_MOST_PLACES = 2_000_000
"""Places that are kept, eight bytes each; those of the words that were asked for last."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The rows that hold a word or words side by side."""

    rows: NDArray[Any]
    """Numbers of rows in their order, int64."""
    frequencies: NDArray[Any]
    """How often each of them holds it, weighed by column, float64."""

    def __len__(self) -> int:
        return len(self.rows)


class WordPostings:
    """The words of one FTS5 table; `table_rows` tells of which document each row is."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table
        # A temporary table lies in memory: the file is only read.
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.{table}_places USING fts5vocab(main, {table}, instance)"
        )
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.{table}_terms USING fts5vocab(main, {table}, row)"
        )
        self._places: OrderedDict[str, NDArray[Any]] = OrderedDict()
        self._rows: NDArray[Any] | None = None
        self._norms: NDArray[Any] | None = None
        self._ids: dict[int, str] = {}
        self.rows_of = lru_cache(maxsize=1024)(self._rows_of)
        self.having = lru_cache(maxsize=8192)(self._having)

    def postings(self, words: Sequence[str]) -> Postings:
        """Return the rows that hold words, as the tokenizer gives them, side by side."""
        import numpy as np

        places = self._where(words[0])
        for at, word in enumerate(words[1:], 1):
            places = np.intersect1d(places, self._where(word) - at, assume_unique=True)
        rows = places // _OFFSET
        weights = np.where(places % _OFFSET < _COLUMN, _WEIGHTS["text"], _WEIGHTS["context"])
        found, first = np.unique(rows, return_index=True)
        sums = np.add.reduceat(weights, first) if len(first) else weights
        return Postings(found, sums)

    def best(
        self, several: Sequence[Postings], limit: int, documents: Collection[str] = ()
    ) -> list[tuple[int, float]]:
        """Return the rows that hold some of several words or phrases with their score, best first.

        `documents` are those whose rows are looked at; all where it is empty.
        """
        import numpy as np

        rows, norms = self._sizes()
        scores, holds = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
        for one in several:
            at = np.searchsorted(rows, one.rows)
            weight = self._weight(len(one), len(rows))
            often = one.frequencies
            scores[at] += weight * ((often * (_K1 + 1.0)) / (often + norms[at]))
            holds[at] = True
        found = np.flatnonzero(holds)
        if documents:
            within = np.concatenate([self.rows_of(one) for one in sorted(documents)])
            found = found[np.isin(rows[found], within)]
        order = np.lexsort((rows[found], -scores[found]))[:limit]
        best = found[order]
        return list(zip(rows[best].tolist(), scores[best].tolist(), strict=True))

    def __len__(self) -> int:
        return len(self._sizes()[0])

    def ids(self, rows: Sequence[int]) -> list[str]:
        """Return the ids of the chunks that rows are of."""
        missing = [row for row in rows if row not in self._ids]
        if missing:
            marks = ", ".join("?" * len(missing))
            query = f"SELECT rowid, id FROM {self._table} WHERE rowid IN ({marks})"
            self._ids.update(self._connection.execute(query, missing))
        return [self._ids[row] for row in rows]

    @staticmethod
    def _weight(having: int, total: int) -> float:
        weight = math.log((total - having + 0.5) / (having + 0.5))
        return weight if weight > 0 else _LEAST_WEIGHT

    def _rows_of(self, document: str) -> NDArray[Any]:
        import numpy as np

        query = f"SELECT number FROM {self._table}_rows WHERE document = ?"
        rows = [number for (number,) in self._connection.execute(query, (document,))]
        return np.array(rows, dtype=np.int64)

    def _having(self, word: str) -> int:
        """Return how many rows hold a word, as the tokenizer gives it."""
        query = f"SELECT doc FROM temp.{self._table}_terms WHERE term = ?"
        found = self._connection.execute(query, (word,)).fetchone()
        return int(found[0]) if found else 0

    def _where(self, word: str) -> NDArray[Any]:
        """Return the places of a word in their order."""
        import numpy as np

        known = self._places.get(word)
        if known is not None:
            self._places.move_to_end(word)
            return known
        # One number a row is read three times as fast as three.
        query = (
            f"SELECT doc * {_OFFSET} + (col != 'text') * {_COLUMN} + min(offset, {_COLUMN - 1}) "
            f"FROM temp.{self._table}_places WHERE term = ?"
        )
        found = self._connection.execute(query, (word,)).fetchall()
        known = np.array(found, dtype=np.int64).ravel()
        # FTS5 gives them by row and column, but no document says so.
        if (known[1:] < known[:-1]).any():
            known = np.sort(known)
        self._places[word] = known
        while len(self._places) > 1 and sum(map(len, self._places.values())) > _MOST_PLACES:
            self._places.popitem(last=False)
        return known

    def _sizes(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the numbers of all rows, and what the length of each weighs against a word."""

        if self._rows is None or self._norms is None:
            self._rows, lengths = _read_sizes(self._connection, self._table)
            mean = lengths.sum() / len(lengths) if len(lengths) else 1.0
            self._norms = _K1 * (1 - _B + _B * lengths / mean)
        return self._rows, self._norms


def write_sizes(connection: sqlite3.Connection, table: str) -> None:
    """Write the length of each row of a finished table as one value, which is read at once."""
    rows, lengths = _counted(connection, table)
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table}_sizes (rows BLOB, lengths BLOB)")
    connection.execute(f"DELETE FROM {table}_sizes")
    connection.execute(
        f"INSERT INTO {table}_sizes VALUES (?, ?)", (rows.tobytes(), lengths.tobytes())
    )


def _read_sizes(connection: sqlite3.Connection, table: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the numbers of rows and their lengths; counted where a build has not kept them."""
    import numpy as np

    kept = "SELECT 1 FROM sqlite_master WHERE name = ?"
    if connection.execute(kept, (f"{table}_sizes",)).fetchone() is None:
        return _counted(connection, table)
    rows, lengths = connection.execute(f"SELECT rows, lengths FROM {table}_sizes").fetchone()
    return np.frombuffer(rows, np.int64), np.frombuffer(lengths, np.float64)


def _counted(connection: sqlite3.Connection, table: str) -> tuple[NDArray[Any], NDArray[Any]]:
    import numpy as np

    query = f"SELECT id, sz FROM {table}_docsize ORDER BY id"
    sized = [(id_, _total(packed)) for id_, packed in connection.execute(query)]
    rows = np.array([id_ for id_, _ in sized], dtype=np.int64)
    return rows, np.array([size for _, size in sized], dtype=np.float64)


def _total(packed: bytes) -> int:
    """Return the sum of the columns' lengths, which FTS5 writes as SQLite's variable integers."""
    total = value = 0
    for byte in packed:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            total, value = total + value, 0
    return total


class Tokenizer:
    """FTS5's own way to take a text apart into words in their base form."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.executescript(
            f"CREATE VIRTUAL TABLE read USING fts5(text, tokenize='{TOKENIZER}');"
            "CREATE VIRTUAL TABLE read_words USING fts5vocab(read, instance);"
        )
        self.words = lru_cache(maxsize=8192)(self._words)

    def _words(self, text: str) -> tuple[str, ...]:
        """Return the words of a text in their base form and order."""
        self._connection.execute("DELETE FROM read")
        self._connection.execute("INSERT INTO read (text) VALUES (?)", (text,))
        rows = self._connection.execute("SELECT term FROM read_words ORDER BY offset")
        return tuple(term for (term,) in rows)

    def close(self) -> None:
        """Let go of the memory."""
        self._connection.close()
