"""Collections on a Chroma server, over its HTTP interface, as far as vectors need it.

The methods are those of Chroma's own client. That one waits for ever while it connects, and has
no setting against it.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote
from uuid import UUID

from index.errors import VectorsAway, VectorsLost
from index.stores.vector_store import Server

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Read = TypeVar("_Read")
_API = "/api/v2"
_COLLECTIONS = "/tenants/default_tenant/databases/default_database/collections"
_CONNECT_S = 3.0
_PAGE = 5000
"""Ids asked for at once."""
_MOST_ADDED = 1000
"""Vectors sent at once: two megabytes of them, at 384 dimensions."""
_BUSY = (429, 503)
"""What a server says that takes no more for now."""
_TOO_LARGE = 413
_PAUSES_S = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""How long one who writes waits for a busy server, one after the other; or as long as it says."""
_LONGEST_PAUSE_S = 60.0
_SHOWN = 120
"""Characters of a reply that an error quotes."""


class RemoteClient:
    """Connections to one server; every request ends within the patience, well or badly."""

    def __init__(self, server: Server, patience_s: float, *, writes: bool = False) -> None:
        """Connect to nothing yet; `patience_s` is how long a reply may take.

        One who writes waits for a server that is busy; whoever searches goes on without it.
        """
        import httpx

        self._server = server
        self._pauses = _PAUSES_S if writes else ()
        self._session = httpx.Client(
            base_url=server.shown + _API,
            headers=dict(server.headers),
            timeout=httpx.Timeout(patience_s, connect=_CONNECT_S),
            # Reading the certificates takes a tenth of a second, for nothing without TLS.
            verify=server.shown.startswith("https"),
        )
        self._most: int | None = None

    def create_collection(
        self, name: str, *, embedding_function: None, configuration: Mapping[str, object]
    ) -> RemoteCollection:
        """Make an empty collection."""
        assert embedding_function is None
        wanted = {"name": name, "configuration": dict(configuration), "get_or_create": False}
        id_ = self.request("POST", _COLLECTIONS, _id, wanted)
        return RemoteCollection(self, id_)

    def get_collection(self, name: str, *, embedding_function: None) -> RemoteCollection:
        """Return a collection; raise VectorsLost when there is none of that name."""
        assert embedding_function is None
        path = f"{_COLLECTIONS}/{quote(name)}"
        return RemoteCollection(self, self.request("GET", path, _id))

    def delete_collection(self, name: str) -> None:
        """Delete a collection; raise VectorsLost when there is none of that name."""
        self.request("DELETE", f"{_COLLECTIONS}/{quote(name)}", lambda reply: None)

    @property
    def most_added(self) -> int:
        """How many vectors the server takes at once."""
        if self._most is None:
            stated = self.request(
                "GET", "/pre-flight-checks", lambda reply: int(reply["max_batch_size"])
            )
            self._most = max(1, min(stated, _MOST_ADDED))
        return self._most

    def send_less(self, sent: int) -> bool:
        """Send half as many vectors from now on as were too many; False where it was one."""
        self._most = min(self.most_added, max(1, sent // 2))
        return sent > 1

    def request(
        self,
        method: str,
        path: str,
        read: Callable[[Any], _Read],
        body: Mapping[str, object] | None = None,
    ) -> _Read:
        """Return what `read` makes of the reply; raise VectorsAway or VectorsLost."""
        reply = self._replied(method, path, body)
        if reply.status_code in (401, 403):
            raise _refusing(self._server, reply.status_code)
        if reply.status_code in _BUSY:
            raise _busy(self._server, reply.status_code)
        if reply.status_code == _TOO_LARGE:
            raise _too_much(self._server)
        if reply.is_error and _says_missing(reply):
            raise without_vectors(self._server, "collection not found")
        said = f"HTTP {reply.status_code}: {reply.text[:_SHOWN]!r}"
        if not reply.is_success:
            raise _strange(self._server, said)
        try:
            return read(reply.json())
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise _strange(self._server, said) from error

    def _replied(self, method: str, path: str, body: Mapping[str, object] | None) -> Any:
        """Return a reply, after waiting where the server is busy; raise VectorsAway."""
        import httpx

        for pause in (*self._pauses, None):
            try:
                reply = self._session.request(method, path, json=body)
            except httpx.RequestError as error:
                raise _away(self._server, str(error) or type(error).__name__) from error
            if reply.status_code not in _BUSY or pause is None:
                return reply
            time.sleep(_told_pause(reply, pause))
        raise AssertionError("the last try has no pause")

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()


class RemoteCollection:
    """One collection of vectors; texts are not sent."""

    def __init__(self, client: RemoteClient, id_: str) -> None:
        self._client = client
        self._path = f"{_COLLECTIONS}/{quote(id_)}"

    def add(self, *, ids: Sequence[str], embeddings: Sequence[NDArray[Any]]) -> None:
        """Add vectors."""
        import numpy as np

        start = 0
        while start < len(ids):
            part = slice(start, start + self._client.most_added)
            coded = [
                base64.b64encode(vector.astype(np.float32).tobytes()).decode()
                for vector in embeddings[part]
            ]
            try:
                self._post("add", lambda reply: None, {"ids": list(ids[part]), "embeddings": coded})
            except _TooMuch:
                if not self._client.send_less(len(coded)):
                    raise
            else:
                start += len(coded)

    def delete(self, *, ids: Sequence[str]) -> None:
        """Delete vectors."""
        for start in range(0, len(ids), self._client.most_added):
            part = list(ids[start : start + self._client.most_added])
            self._post("delete", lambda reply: None, {"ids": part})

    def query(
        self, *, query_embeddings: Sequence[NDArray[Any]], n_results: int, include: Sequence[str]
    ) -> dict[str, Any]:
        """Return ids and distances of the nearest vectors, a list for each that is given."""
        wanted = {
            "query_embeddings": [vector.tolist() for vector in query_embeddings],
            "n_results": n_results,
            "include": list(include),
        }
        return self._post(
            "query",
            lambda reply: {"ids": list(reply["ids"]), "distances": list(reply["distances"])},
            wanted,
        )

    def get(self, *, include: Sequence[str]) -> dict[str, Any]:
        """Return all ids."""
        ids: list[str] = []
        while True:
            wanted = {"include": list(include), "limit": _PAGE, "offset": len(ids)}
            page = self._post("get", lambda reply: list(reply["ids"]), wanted)
            ids += page
            if len(page) < _PAGE:
                return {"ids": ids}

    def count(self) -> int:
        """Return the number of vectors."""
        return self._client.request("GET", f"{self._path}/count", int)

    def _post(self, what: str, read: Callable[[Any], _Read], body: Mapping[str, object]) -> _Read:
        return self._client.request("POST", f"{self._path}/{what}", read, body)


class _TooMuch(VectorsAway):
    """The server, or what stands before it, takes less at once."""


def _told_pause(reply: Any, otherwise: float) -> float:
    """Return how long a busy server wants to be left alone, in seconds."""
    try:
        told = float(reply.headers.get("retry-after", ""))
    except ValueError:
        return otherwise
    return min(max(0.0, told), _LONGEST_PAUSE_S)


def _id(reply: Any) -> str:
    return str(UUID(reply["id"]))


def _says_missing(reply: Any) -> bool:
    """Tell whether a reply is how Chroma says that there is no such collection."""
    try:
        return bool(reply.json()["error"] == "NotFoundError")
    except (ValueError, KeyError, TypeError):
        return False


def without_vectors(server: Server, cause: str) -> VectorsLost:
    """Return the error of a server that has not what the index put there."""
    return VectorsLost(
        f"{server.shown}: the vectors of this index are not there ({cause}). Run "
        "`residency index`, which writes them again; words and facts answer meanwhile",
        f"The vector store at {server.shown} no longer has the vectors of this index (run "
        "`residency index`)",
    )


def _fault(server: Server, told: str, notice: str) -> VectorsAway:
    """Return the error of a server, with cause and next step, and how it stands in a clause."""
    return VectorsAway(
        f"{server.shown}: {told}; words and facts answer meanwhile",
        f"The vector store at {server.shown} {notice}",
    )


def _away(server: Server, cause: str) -> VectorsAway:
    """Return the error of a server that does not reply."""
    told = f"the Chroma server does not reply ({cause}). Start it or correct RESIDENCY_CHROMA_URL"
    return _fault(server, told, "does not reply")


def _strange(server: Server, cause: str) -> VectorsAway:
    """Return the error of a server that replies with something else."""
    told = (
        f"it does not reply as a Chroma server does ({cause}). Correct RESIDENCY_CHROMA_URL or see "
        "what the server logs"
    )
    return _fault(server, told, "does not reply as it should")


def _too_much(server: Server) -> _TooMuch:
    """Return the error of a server that takes no request of this size."""
    told = (
        f"it takes no request of this size (HTTP {_TOO_LARGE}). Raise the bound of what stands "
        "before the Chroma server"
    )
    found = _fault(server, told, "takes no request of this size")
    return _TooMuch(str(found), found.notice)


def _busy(server: Server, status: int) -> VectorsAway:
    """Return the error of a server that takes no more for now."""
    told = (
        f"the Chroma server is busy (HTTP {status}). Try again later, or give it more memory and "
        "processors"
    )
    return _fault(server, told, "is busy")


def _refusing(server: Server, status: int) -> VectorsAway:
    """Return the error of a server that wants other headers."""
    told = (
        f"the Chroma server refuses the request (HTTP {status}). Set what it asks for as "
        "RESIDENCY_CHROMA_HEADERS"
    )
    return _fault(server, told, "refuses the request")
