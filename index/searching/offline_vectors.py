"""Vectors that are known on this machine, for the time in which the vector store is not there.

What words found is then compared with the question as ever, so that scores and the threshold for
abstaining keep their meaning; what only vectors would have found is missing.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from operator import neg
from typing import TYPE_CHECKING, Any

from index.encoding.query_encoder import QueryEncoder
from index.stores.catalog import Catalog
from index.stores.vector_cache import EmbeddedTexts
from index.types import Near, Scored, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KEPT = 20_000
"""Vectors kept in memory."""
_SETS = (Vectors.CHUNKS, Vectors.ASKED)
"""In the order of `Near`."""
_FIRST = 512
"""Vectors that there is room for at first."""


class KnownVectors:
    """Vectors of a build's texts: from the file of embedded texts, else encoded anew.

    Which rows of vectors are a chunk's is remembered, so that a search reads no texts.
    """

    def __init__(self, catalog: Catalog, embedded: EmbeddedTexts, encoder: QueryEncoder) -> None:
        self._catalog = catalog
        self._embedded = embedded
        self._encoder = encoder
        self._lock = threading.RLock()
        self._forget()

    def near(self, vector: NDArray[Any], chunks: Sequence[str]) -> Near:
        """Return how near chunks and the questions for them are to a vector, best first."""
        with self._lock:
            if len(self._table) > _KEPT:
                self._forget()
            for which in _SETS:
                self._learn(chunks, which, encoding=True)
            return Near(*(self._compared(vector, chunks, which) for which in _SETS))

    def passages(self, vector: NDArray[Any], chunks: Sequence[str], limit: int) -> list[Scored]:
        """Return the nearest chunks to a vector, best first, of those that were embedded here."""
        with self._lock:
            self._learn(chunks, Vectors.CHUNKS, encoding=False)
            return self._compared(vector, chunks, Vectors.CHUNKS)[:limit]

    def _compared(
        self, vector: NDArray[Any], chunks: Sequence[str], which: Vectors
    ) -> list[Scored]:
        rows_of = self._rows[which]
        rows = [(id_, row) for id_ in chunks for row in rows_of.get(id_, ())]
        if not rows:
            return []
        cosines = (self._table.at([row for _, row in rows]) @ vector).tolist()
        ids = (id_ for id_, _ in rows)
        return [Scored(id_, -far) for far, id_ in sorted(zip(map(neg, cosines), ids, strict=True))]

    def _learn(self, chunks: Sequence[str], which: Vectors, *, encoding: bool) -> None:
        """Have the vectors of chunks, or of the questions for them, at hand; what was not embedded
        before only where `encoding` says so.
        """
        rows_of = self._rows[which]
        new = [id_ for id_ in chunks if id_ not in rows_of]
        if not new:
            return
        texts = self._texts(new, which)
        missing = [t for t in dict.fromkeys(t for _, t in texts) if t not in self._table]
        found = self._embedded.known(self._encoder.sha256, missing) if missing else {}
        for text in missing:
            if text in found:
                self._table.add(text, found[text])
            elif encoding:
                self._table.add(text, self._encoder.said(text).vector)
        gathered: dict[str, list[int]] = {id_: [] for id_ in new}
        for id_, text in texts:
            row = self._table.row(text)
            if row is None:
                # What is not embedded here is looked for again.
                del gathered[id_]
            else:
                gathered[id_].append(row)
        rows_of.update({id_: tuple(rows) for id_, rows in gathered.items()})

    def _texts(self, chunks: Sequence[str], which: Vectors) -> list[tuple[str, str]]:
        """Return the texts that are embedded of chunks, each after its chunk."""
        if which is Vectors.CHUNKS:
            return [(id_, one.context) for id_, one in self._catalog.chunks(chunks).items()]
        return self._catalog.asked(chunks, which)

    def _forget(self) -> None:
        self._table = _Table()
        self._rows: dict[Vectors, dict[str, tuple[int, ...]]] = {which: {} for which in Vectors}


class _Table:
    """The vectors of texts, one below the other."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}
        self._vectors: NDArray[Any] | None = None

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, text: str) -> bool:
        return text in self._at

    def row(self, text: str) -> int | None:
        """Return which row is a text's; None where it has none."""
        return self._at.get(text)

    def add(self, text: str, vector: NDArray[Any]) -> None:
        """Add the vector of a text."""
        import numpy as np

        size = len(self._at)
        if self._vectors is None:
            self._vectors = np.zeros((_FIRST, len(vector)), np.float32)
        elif size == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        self._vectors[size] = vector
        self._at[text] = size

    def at(self, rows: Sequence[int]) -> NDArray[Any]:
        """Return the vectors of some rows."""
        assert self._vectors is not None
        found: NDArray[Any] = self._vectors[rows]
        return found
