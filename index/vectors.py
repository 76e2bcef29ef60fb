"""Vectors in Chroma; the only module that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DamagedIndex
from index.types import Scored

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COLLECTION = "chunks"
_BATCH = 2000


class VectorStore:
    """One Chroma collection in a folder: a vector for each chunk, and its question vectors."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path) -> VectorStore:
        """Make an empty store in a new folder."""
        client = _client(folder)
        collection = client.create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={
                # Generous search width: on small collections the search is then exact.
                "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 400}
            },
        )
        return cls(client, collection)

    @classmethod
    def open(cls, folder: Path) -> VectorStore:
        """Open a finished store; raise DamagedIndex when it is none."""
        if not (folder / "chroma.sqlite3").is_file():
            raise DamagedIndex(f"{folder}: no vectors there. Run `residency index`")
        import chromadb.errors

        try:
            client = _client(folder)
            collection = client.get_collection(_COLLECTION, embedding_function=None)
        except (chromadb.errors.ChromaError, ValueError, RuntimeError, AttributeError) as error:
            # The last one is how Chroma 1.5 fails to stop what it could not start.
            raise DamagedIndex(
                f"{folder}: Chroma cannot open it ({error}). Run `residency index`"
            ) from error
        return cls(client, collection)

    def add(self, ids: Sequence[str], chunk_ids: Sequence[str], vectors: NDArray[Any]) -> None:
        """Add vectors; several ids may belong to one chunk."""
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            self._collection.add(
                ids=list(ids[part]),
                embeddings=vectors[part],
                metadatas=[{"chunk": chunk} for chunk in chunk_ids[part]],
            )

    def nearest(self, vector: NDArray[Any], limit: int) -> list[Scored]:
        """Return the chunks of the nearest vectors with their cosine, best first, each once."""
        found = self._collection.query(
            query_embeddings=[vector], n_results=limit, include=["metadatas", "distances"]
        )
        best: dict[str, float] = {}
        rows = zip(found["metadatas"][0], found["distances"][0], strict=True)
        for metadata, distance in rows:
            best.setdefault(str(metadata["chunk"]), 1.0 - float(distance))
        return [Scored(chunk, score) for chunk, score in best.items()]

    def count(self) -> int:
        """Return the number of vectors."""
        return int(self._collection.count())

    def clear(self) -> None:
        """Delete every vector."""
        ids = self._collection.get(include=[])["ids"]
        if ids:
            self._collection.delete(ids=ids)

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )
