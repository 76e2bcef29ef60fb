"""Vectors that are known on this machine, for the time in which the vector store is not there.

What words found is then compared with the question as ever, so that scores and the threshold for
abstaining keep their meaning; what only vectors would have found is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from index.encoding.query_encoder import QueryEncoder
from index.stores.catalog import Catalog
from index.stores.vector_cache import EmbeddedTexts
from index.types import Near, Scored, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KEPT = 20_000
"""Vectors kept in memory."""


class KnownVectors:
    """Vectors of a build's texts: from the file of embedded texts, else encoded anew."""

    def __init__(self, catalog: Catalog, embedded: EmbeddedTexts, encoder: QueryEncoder) -> None:
        self._catalog = catalog
        self._embedded = embedded
        self._encoder = encoder
        self._vectors: dict[str, NDArray[Any]] = {}

    def near(self, vector: NDArray[Any], chunks: Sequence[str]) -> Near:
        """Return how near chunks and the questions for them are to a vector, best first."""
        contexts = [(id_, chunk.context) for id_, chunk in self._catalog.chunks(chunks).items()]
        asked = self._catalog.asked(chunks, Vectors.ASKED)
        templated = self._catalog.asked(chunks, Vectors.TEMPLATED)
        self._learn(text for rows in (contexts, asked, templated) for _, text in rows)
        return Near(*(self._compared(vector, rows) for rows in (contexts, asked, templated)))

    def passages(self, vector: NDArray[Any], chunks: Sequence[str]) -> list[Scored]:
        """Return how near chunks are to a vector, best first, without those not embedded here."""
        contexts = [(id_, chunk.context) for id_, chunk in self._catalog.chunks(chunks).items()]
        missing = [text for _, text in contexts if text not in self._vectors]
        self._vectors |= self._embedded.known(self._encoder.sha256, missing)
        return self._compared(vector, [row for row in contexts if row[1] in self._vectors])

    def _compared(self, vector: NDArray[Any], rows: Sequence[tuple[str, str]]) -> list[Scored]:
        import numpy as np

        if not rows:
            return []
        cosines = np.stack([self._vectors[text] for _, text in rows]) @ vector
        scored = [Scored(id_, float(c)) for (id_, _), c in zip(rows, cosines, strict=True)]
        return sorted(scored, key=lambda one: (-one.score, one.id))

    def _learn(self, texts: Iterable[str]) -> None:
        """Have the vectors of texts at hand."""
        wanted = dict.fromkeys(texts)
        if len(self._vectors) > _KEPT:
            self._vectors.clear()
        missing = [text for text in wanted if text not in self._vectors]
        self._vectors |= self._embedded.known(self._encoder.sha256, missing)
        for text in missing:
            if text not in self._vectors:
                self._vectors[text] = self._encoder.said(text).vector
