"""Vectors in Chroma; the only module that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DamagedIndex
from index.types import Scored

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Vectors(StrEnum):
    """The sets of vectors of a build."""

    CHUNKS = "chunks"
    ASKED = "asked"
    """Questions written ahead, each for a chunk."""
    TEMPLATED = "templated"
    """Questions made from facts, for documents that nobody wrote questions for."""
    PLACED = "placed"
    """Chunks of the documents that are about where data is, once more, when others are indexed
    too: among many pages they would not be among the nearest."""


_BATCH = 2000
_SEPARATOR = "/"
"""Between chunk and number in the id of a vector: an id comes with every hit, a metadata
record costs a look-up of its own."""


class VectorStore:
    """The Chroma collections of one build."""

    def __init__(self, client: Any, collections: dict[Vectors, Any]) -> None:
        self._client = client
        self._collections = collections
        self._empty = {which for which, c in collections.items() if not c.count()}

    @classmethod
    def create(cls, folder: Path) -> VectorStore:
        """Make an empty store in a new folder."""
        client = _client(folder)
        collections = {
            which: client.create_collection(
                which.value,
                embedding_function=None,
                configuration={
                    # Generous search width: on small collections the search is then exact.
                    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}
                },
            )
            for which in Vectors
        }
        return cls(client, collections)

    @classmethod
    def open(cls, folder: Path) -> VectorStore:
        """Open a finished store; raise DamagedIndex when it is none."""
        if not (folder / "chroma.sqlite3").is_file():
            raise DamagedIndex(f"{folder}: no vectors there. Run `residency index`")
        import chromadb.errors

        try:
            client = _client(folder)
            collections = {
                which: client.get_collection(which.value, embedding_function=None)
                for which in Vectors
            }
        except (chromadb.errors.ChromaError, ValueError, RuntimeError, AttributeError) as error:
            # The last one is how Chroma 1.5 fails to stop what it could not start.
            raise DamagedIndex(
                f"{folder}: Chroma cannot open it ({error}). Run `residency index`"
            ) from error
        return cls(client, collections)

    def add(
        self,
        which: Vectors,
        chunk_ids: Sequence[str],
        vectors: Sequence[NDArray[Any]],
    ) -> None:
        """Add vectors, shape (len(chunk_ids), dimension); a chunk may have several."""
        self._empty.discard(which)
        rows = list(enumerate(chunk_ids))
        for start in range(0, len(rows), _BATCH):
            part = slice(start, start + _BATCH)
            self._collections[which].add(
                ids=[f"{chunk}{_SEPARATOR}{number}" for number, chunk in rows[part]],
                embeddings=vectors[part],
            )

    def nearest(
        self,
        vector: NDArray[Any],
        limit: int,
        which: Vectors = Vectors.CHUNKS,
        *,
        every: bool = False,
    ) -> list[Scored]:
        """Return the chunks of the nearest vectors with their cosine, best first.

        Each chunk comes once, or with `every` as often as its vectors are among the nearest.
        """
        if which in self._empty:
            return []
        found = self._collections[which].query(
            query_embeddings=[vector], n_results=limit, include=["distances"]
        )
        near = [
            Scored(str(id_).partition(_SEPARATOR)[0], 1.0 - float(distance))
            for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]
        if every:
            return near
        best: dict[str, float] = {}
        for id_, score in near:
            best.setdefault(id_, score)
        return [Scored(chunk, score) for chunk, score in best.items()]

    def count(self) -> int:
        """Return the number of vectors in all."""
        return sum(int(collection.count()) for collection in self._collections.values())

    def clear(self) -> None:
        """Delete every vector."""
        for collection in self._collections.values():
            ids = collection.get(include=[])["ids"]
            if ids:
                collection.delete(ids=ids)

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )
