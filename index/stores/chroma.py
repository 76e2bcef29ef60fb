"""Vectors in Chroma, embedded or on a server.

Embedded, they lie in a folder of the build; on a server, in collections whose names begin with
that of the build, since Chroma knows no aliases: which build is current is told by our pointer.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DamagedIndex, VectorsAway, VectorsLost
from index.home.faults.kinds import STORE_ERRORS, next_step
from index.stores.chroma_engine import EmbeddedClient, ReadOnlyClient, is_fault
from index.stores.chroma_http import RemoteClient, without_vectors
from index.stores.chroma_notes import NOTES, give_space_back, require_readable
from index.stores.vector_store import Server, best_of_each, chunk_of
from index.types import Scored, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

_M_ARENA_MAX = -8
_BATCH = 5000
"""Vectors that Chroma is given at once; it writes its graph to disk after each batch."""
_GRAPH = {
    "space": "cosine",
    "ef_construction": 200,
    # On small collections the search is then exact (docs/decisions/0007).
    "ef_search": 400,
    # Nothing stays in the log: readers would have to add it to the graph, each for itself.
    "sync_threshold": 1,
}
_REMOTE_GRAPH = {name: value for name, value in _GRAPH.items() if name != "sync_threshold"}
_PATIENCE_S = 10.0
"""Seconds that a server may take for a reply while a question waits for it."""
_WRITING_S = 300.0
"""The same while an index is built: it sorts what it gets into its graph before it replies."""
_REST_S = 5.0
"""Seconds for which a server that was gone is not asked again; more where it took long to fail."""
_REST_FACTOR = 3.0


_FORMER = ("templated",)
"""Sets that builds of earlier versions have beside those of today."""


class ChromaVectors:
    """The Chroma collections of one build."""

    def __init__(
        self,
        connect: Callable[[], Any],
        names: Mapping[Vectors, str],
        check: Callable[[Mapping[Vectors, int]], None] = lambda counts: None,
        folder: Path | None = None,
    ) -> None:
        """`folder` is where the collections lie, None where they are on a server."""
        self._folder = folder
        self._connect = connect
        self._names = names
        self._check = check
        self._client: Any = None
        self._collections: dict[Vectors, Any] = {}
        self._empty: set[Vectors] = set()
        self._fault: VectorsAway | None = None
        self._rests_until = 0.0

    @classmethod
    def create(cls, folder: Path) -> ChromaVectors:
        """Make an empty store in a new folder."""
        store = cls(lambda: _embedded(folder), _plain_names(), folder=folder)
        store._make(_GRAPH)
        return store

    @classmethod
    def create_remote(cls, server: Server, prefix: str) -> ChromaVectors:
        """Make empty collections for a build on a server; their names begin with `prefix`."""
        store = cls.remote(server, prefix, patience_s=_WRITING_S)
        with store._reached():
            store._make(_REMOTE_GRAPH)
        return store

    @classmethod
    def open(cls, folder: Path, counts: Mapping[Vectors, int] | None = None) -> ChromaVectors:
        """Open the store in a folder of a build; raise DamagedIndex when it is none.

        `counts` are its vectors of each set; they are counted where they are not given.
        """
        if not (folder / NOTES).is_file():
            raise DamagedIndex(f"{folder}: no vectors there. Run `residency index`")
        store = cls(lambda: _there(folder), _plain_names(), folder=folder)
        try:
            store._find(counts)
        except OSError as error:
            raise DamagedIndex(
                f"{error.filename or folder}: Chroma cannot open it ({error.strerror or error}). "
                f"{next_step(error)}, or run `residency index`"
            ) from error
        except BaseException as error:
            if isinstance(error, (ValueError, RuntimeError, sqlite3.Error)) or is_fault(error):
                raise DamagedIndex(
                    f"{folder}: Chroma cannot open it ({error}). Run `residency index`"
                ) from error
            raise
        return store

    @classmethod
    def remote(
        cls,
        server: Server,
        prefix: str,
        expected: Mapping[Vectors, int] | None = None,
        *,
        patience_s: float = _PATIENCE_S,
    ) -> ChromaVectors:
        """Return the store of a build on a server, which is not asked before the first search.

        With other numbers of vectors than `expected` the server is taken to have lost them.
        """
        names = {which: f"{prefix}-{which.value}" for which in Vectors}

        def check(counts: Mapping[Vectors, int]) -> None:
            if expected is not None and counts != expected:
                wanted = sum(expected.values())
                raise without_vectors(server, f"{sum(counts.values())} in place of {wanted}")

        writes = patience_s >= _WRITING_S
        return cls(lambda: RemoteClient(server, patience_s, writes=writes), names, check)

    @classmethod
    def delete_remote(cls, server: Server, prefix: str) -> None:
        """Delete the collections of a build on a server; those that are gone already are."""
        store = cls.remote(server, prefix, patience_s=_WRITING_S)
        with store._reached():
            client = store._opened()
            for name in (*store._names.values(), *(f"{prefix}-{one}" for one in _FORMER)):
                with suppress(VectorsLost):
                    client.delete_collection(name)
        store.close()

    @property
    def fault(self) -> VectorsAway | None:
        """Why the latest search got nothing; None when it did."""
        return self._fault

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
        Raises VectorsAway while the server does not reply, VectorsLost while it, or the folder,
        has no such vectors.
        """
        with self._reached():
            self._find()
            if which in self._empty:
                return []
            found = self._collections[which].query(
                query_embeddings=[vector], n_results=limit, include=["distances"]
            )
        near = [
            Scored(chunk_of(str(id_)), 1.0 - _single(distance))
            for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]
        return near if every else best_of_each(near)

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

    def clear(self) -> None:
        """Delete every vector."""
        for which in self._names:
            self.remove(which, sorted(self.ids(which)))

    def finish(self) -> None:
        """Let go of files and connections for good: nothing will be added."""
        self.close()
        if self._folder is not None:
            give_space_back(self._folder)

    def close(self) -> None:
        """Let go of files and connections."""
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

    def _find(self, counts: Mapping[Vectors, int] | None = None) -> None:
        """Look the collections up, once."""
        if self._collections:
            return
        client = self._opened()
        collections = {
            which: client.get_collection(name, embedding_function=None)
            for which, name in self._names.items()
        }
        if counts is None:
            counts = {which: int(found.count()) for which, found in collections.items()}
            self._check(counts)
        self._empty = {which for which, count in counts.items() if not count}
        self._collections = collections

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Leave a server that did not reply, or a folder that was damaged, in peace for a while.

        What the embedded engine raises of a folder that it can no longer read is VectorsLost.
        """
        if self._fault is not None and time.monotonic() < self._rests_until:
            raise self._fault.with_traceback(None)
        started = time.monotonic()
        try:
            with _told(self._folder):
                yield
        except VectorsAway as fault:
            failed = time.monotonic()
            self._rests_until = failed + max(_REST_S, _REST_FACTOR * (failed - started))
            self._fault = fault
            self.close()
            raise
        self._fault = None


@contextmanager
def _told(folder: Path | None) -> Iterator[None]:
    """Raise VectorsLost in place of what the engine raises of a folder; on a server it has none."""
    try:
        yield
    except BaseException as error:
        if folder is not None and (is_fault(error) or isinstance(error, STORE_ERRORS)):
            raise _lost(folder, str(error)) from error
        raise


def _lost(folder: Path, cause: str) -> VectorsLost:
    """Return the error of a folder whose files went or were damaged while they were open."""
    return VectorsLost(
        f"{folder}: the vectors of this index cannot be read ({cause}). Run `residency index`, "
        "which writes them again; words and facts answer meanwhile",
        "The vectors of this index are missing or damaged (run `residency index`)",
    )


def _single(distance: float) -> float:
    """Return a distance as Chroma computed it, in single precision: over HTTP it comes in
    decimals, and two distances that are alike must stay alike.
    """
    import numpy as np

    return float(np.float32(distance))


def _plain_names() -> dict[Vectors, str]:
    return {which: which.value for which in Vectors}


@cache
def _keep_memory_together() -> None:
    """Have the C library use two pools of memory for all threads.

    Every client of Chroma starts threads, glibc gives each a pool of its own and keeps what was
    freed there: a process that follows the index from build to build grew by 2 MB for each, and
    stays flat so. Elsewhere than with glibc there is nothing to do.
    """
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _there(folder: Path) -> Any:
    """Open a folder that has a store; the engine would make an empty one where there is none."""
    if not (folder / NOTES).is_file():
        raise _lost(folder, f"{NOTES} is missing")
    require_readable(folder)
    if os.access(folder, os.W_OK | os.X_OK) and os.access(folder / NOTES, os.W_OK):
        return _embedded(folder)
    _keep_memory_together()
    return ReadOnlyClient(folder)


def _embedded(folder: Path) -> Any:
    _keep_memory_together()
    return EmbeddedClient(folder)
