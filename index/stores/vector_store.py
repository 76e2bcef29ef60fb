"""What a store of vectors does for a build, whichever product keeps them.

A vector's id begins with that of its chunk: an id comes with every hit, a metadata record would
cost a look-up of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from index.errors import VectorsAway
from index.types import Scored, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Server(NamedTuple):
    """Where vectors lie outside of the builds: a Chroma server, the one kind that there is."""

    url: str
    headers: Mapping[str, str] = {}
    """Sent with every request: a token, where the server wants one."""

    @property
    def shown(self) -> str:
        """The address in one spelling, without what may be secret in it."""
        parts = urlsplit(self.url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        return f"{parts.scheme}://{host}:{self.port}{parts.path.rstrip('/')}"

    @property
    def port(self) -> int:
        """The port, by default that of the scheme; 8000, Chroma's own, for plain HTTP."""
        parts = urlsplit(self.url)
        return parts.port or (443 if parts.scheme == "https" else 8000)


class VectorStore(Protocol):
    """The vectors of one build, by set."""

    @property
    def fault(self) -> VectorsAway | None:
        """Why the latest search got nothing from the server; None when it did."""
        ...

    def add(self, which: Vectors, ids: Sequence[str], vectors: Sequence[NDArray[Any]]) -> None:
        """Add vectors, shape (len(ids), dimension), whose ids begin with that of their chunk."""
        ...

    def remove(self, which: Vectors, ids: Sequence[str]) -> None:
        """Delete vectors."""
        ...

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
        Raises VectorsAway while the server does not reply, VectorsLost while it has no such
        vectors.
        """
        ...

    def counts(self) -> dict[Vectors, int]:
        """Return the number of vectors of each set."""
        ...

    def ids(self, which: Vectors) -> frozenset[str]:
        """Return the ids of all vectors of a set."""
        ...

    def clear(self) -> None:
        """Delete every vector."""
        ...

    def finish(self) -> None:
        """Let go of files and connections for good: nothing will be added."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


_SEPARATOR = "/"
"""Between the chunk and the hash in the id of a vector."""


def chunk_of(id_: str) -> str:
    """Return the id of the chunk that a vector belongs to."""
    return id_.partition(_SEPARATOR)[0]


def best_of_each(near: Sequence[Scored]) -> list[Scored]:
    """Return each chunk once, with the first of its scores."""
    best: dict[str, float] = {}
    for id_, score in near:
        best.setdefault(id_, score)
    return [Scored(chunk, score) for chunk, score in best.items()]
