"""Vectors in Chroma; the only module that knows it.

Embedded, they lie in a folder of the build; on a server, in collections whose names begin with
that of the build, since Chroma knows no aliases: which build is current is told by our pointer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from index.errors import DamagedIndex, IndexingError, VectorsAway
from index.types import Scored, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOTES = "chroma.sqlite3"
"""File of a folder in which Chroma notes that it was opened."""
_BATCH = 5000
"""Vectors that Chroma is given at once; it writes its graph to disk after each batch."""
_SEPARATOR = "/"
"""Between the chunk and the hash in the id of a vector: an id comes with every hit, a metadata
record costs a look-up of its own."""
_GRAPH = {
    "space": "cosine",
    "ef_construction": 200,
    # On small collections the search is then exact (docs/decisions/0007).
    "ef_search": 400,
    # Nothing stays in the log: readers would have to add it to the graph, each for itself.
    "sync_threshold": 1,
}
_REMOTE_GRAPH = {name: value for name, value in _GRAPH.items() if name != "sync_threshold"}
_WAIT_S = 10.0
"""Seconds after which a server counts as gone."""
_REST_S = 5.0
"""Seconds for which a server that was gone is not asked again."""


class Server(NamedTuple):
    """A Chroma server."""

    url: str
    headers: Mapping[str, str] = {}
    """Sent with every request: a token, where the server wants one."""

    @property
    def shown(self) -> str:
        """The address without what is secret in it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.hostname}:{self.port}"

    @property
    def port(self) -> int:
        """The port, by default that of the scheme; 8000, Chroma's own, for plain HTTP."""
        parts = urlsplit(self.url)
        return parts.port or (443 if parts.scheme == "https" else 8000)


class VectorStore:
    """The Chroma collections of one build."""

    def __init__(self, connect: Callable[[], Any], names: Mapping[Vectors, str], at: str) -> None:
        self._connect = connect
        self._names = names
        self._at = at
        self._client: Any = None
        self._collections: dict[Vectors, Any] = {}
        self._empty: set[Vectors] = set()
        self._rests_until = 0.0

    @classmethod
    def create(cls, folder: Path) -> VectorStore:
        """Make an empty store in a new folder."""
        store = cls(lambda: _embedded(folder), _plain_names(), str(folder))
        store._make(_GRAPH)
        return store

    @classmethod
    def create_remote(cls, server: Server, prefix: str) -> VectorStore:
        """Make empty collections for a build on a server; their names begin with `prefix`."""
        store = cls.remote(server, prefix)
        with store._reached():
            store._make(_REMOTE_GRAPH)
        return store

    @classmethod
    def open(cls, folder: Path) -> VectorStore:
        """Open the store in a folder of a build; raise DamagedIndex when it is none."""
        if not (folder / NOTES).is_file():
            raise DamagedIndex(f"{folder}: no vectors there. Run `residency index`")
        import chromadb.errors

        store = cls(lambda: _embedded(folder), _plain_names(), str(folder))
        try:
            store._find()
        except (chromadb.errors.ChromaError, ValueError, RuntimeError, AttributeError) as error:
            # The last one is how Chroma 1.5 fails to stop what it could not start.
            raise DamagedIndex(
                f"{folder}: Chroma cannot open it ({error}). Run `residency index`"
            ) from error
        return store

    @classmethod
    def remote(cls, server: Server, prefix: str) -> VectorStore:
        """Return the store of a build on a server, which is not asked before the first search."""
        names = {which: f"{prefix}-{which.value}" for which in Vectors}
        return cls(lambda: _remote(server), names, server.shown)

    def add(self, which: Vectors, ids: Sequence[str], vectors: Sequence[NDArray[Any]]) -> None:
        """Add vectors, shape (len(ids), dimension), whose ids begin with that of their chunk."""
        self._empty.discard(which)
        with self._reached():
            for start in range(0, len(ids), _BATCH):
                part = slice(start, start + _BATCH)
                self._collections[which].add(ids=list(ids[part]), embeddings=list(vectors[part]))

    def remove(self, which: Vectors, ids: Sequence[str]) -> None:
        """Delete vectors."""
        with self._reached():
            for start in range(0, len(ids), _BATCH):
                self._collections[which].delete(ids=list(ids[start : start + _BATCH]))

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
        Raises VectorsAway while the server does not reply.
        """
        with self._reached():
            self._find()
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

    def counts(self) -> dict[Vectors, int]:
        """Return the number of vectors of each set."""
        with self._reached():
            self._find()
            return {which: int(found.count()) for which, found in self._collections.items()}

    def ids(self, which: Vectors) -> frozenset[str]:
        """Return the ids of all vectors of a set."""
        with self._reached():
            self._find()
            return frozenset(self._collections[which].get(include=[])["ids"])

    def drop(self) -> None:
        """Delete the collections themselves; those that are gone already are."""
        import chromadb.errors

        with self._reached():
            client = self._opened()
            for name in self._names.values():
                try:
                    client.delete_collection(name)
                except chromadb.errors.NotFoundError:
                    continue

    def clear(self) -> None:
        """Delete every vector."""
        for which in self._names:
            self.remove(which, sorted(self.ids(which)))

    def close(self) -> None:
        """Let go of the files."""
        if self._client is not None:
            self._client.close()
            self._client = None
        self._collections = {}

    def _opened(self) -> Any:
        if self._client is None:
            self._client = self._connect()
        return self._client

    def _make(self, graph: Mapping[str, object]) -> None:
        client = self._opened()
        self._collections = {
            which: client.create_collection(
                name, embedding_function=None, configuration={"hnsw": dict(graph)}
            )
            for which, name in self._names.items()
        }
        self._empty = set(self._names)

    def _find(self) -> None:
        """Look the collections up, once."""
        if self._collections:
            return
        client = self._opened()
        found = {
            which: client.get_collection(name, embedding_function=None)
            for which, name in self._names.items()
        }
        self._empty = {which for which, collection in found.items() if not collection.count()}
        self._collections = found

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Turn a server that does not reply into VectorsAway, and leave it in peace for a while."""
        if time.monotonic() < self._rests_until:
            raise self._away("it did not reply a moment ago")
        import httpx

        try:
            yield
        except (httpx.TransportError, ConnectionError) as error:
            self._rest()
            raise self._away(str(error) or type(error).__name__) from error
        except ValueError as error:
            # How Chroma's client says that it could not connect, or did not understand the reply.
            if self._client is not None and self._collections:
                raise
            self._rest()
            raise self._away(str(error)) from error

    def _rest(self) -> None:
        self._rests_until = time.monotonic() + _REST_S
        self._client, self._collections = None, {}

    def _away(self, cause: str) -> VectorsAway:
        return VectorsAway(
            f"{self._at}: the Chroma server does not reply as expected ({cause}). Start it or "
            "correct RESIDENCY_CHROMA_URL; words and facts answer meanwhile"
        )


def _plain_names() -> dict[Vectors, str]:
    return {which: which.value for which in Vectors}


def _embedded(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )


def _remote(server: Server) -> Any:
    import chromadb
    import httpx
    from chromadb.config import Settings

    parts = urlsplit(server.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise IndexingError(
            f"RESIDENCY_CHROMA_URL={server.url}: no address of a server. Set it as http://HOST:PORT"
        )
    client = chromadb.HttpClient(
        host=parts.hostname,
        port=server.port,
        ssl=parts.scheme == "https",
        headers=dict(server.headers),
        settings=Settings(anonymized_telemetry=False),
    )
    # Chroma's client waits for ever by itself.
    client._server._session.timeout = httpx.Timeout(_WAIT_S, read=6 * _WAIT_S)
    return client
