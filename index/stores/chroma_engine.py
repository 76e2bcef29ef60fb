"""Collections in a folder, by Chroma's own embedded engine, as far as vectors need it.

The methods are those of Chroma's Python client. That one wraps the same engine, and loading it
takes longer than all else that a question needs (docs/decisions/0007); a test holds both against
each other over one store.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.home.faults.held_folder import clear_folders, held_folder
from index.stores.chroma_notes import NOTES

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WHERE = ("default_tenant", "default_database")
_COPIES = "residency-vectors-"
_FILES_AN_INDEX = 5
"""Files that the engine holds open for one graph."""
_HANDLES = 1024
"""Files that a process may hold open where the system does not tell."""


class EmbeddedClient:
    """The collections of one folder."""

    def __init__(self, folder: Path) -> None:
        import chromadb_rust_bindings as engine

        self._engine: Any = engine.Bindings(
            allow_reset=False,
            sqlite_db_config=engine.SqliteDBConfig(
                hash_type=engine.MigrationHash.MD5,
                migration_mode=engine.MigrationMode.Apply,
                url=str(folder / NOTES),
            ),
            persist_path=str(folder),
            hnsw_cache_size=_open_files() // _FILES_AN_INDEX,
        )

    def create_collection(
        self, name: str, *, embedding_function: None, configuration: Mapping[str, object]
    ) -> EmbeddedCollection:
        """Make an empty collection."""
        assert embedding_function is None
        wanted = json.dumps(dict(configuration))
        made = self._engine.create_collection(name, wanted, None, None, False, *_WHERE)
        return EmbeddedCollection(self._engine, str(made.id))

    def get_collection(self, name: str, *, embedding_function: None) -> EmbeddedCollection:
        """Return a collection; the engine raises `chromadb.errors.NotFoundError` for none."""
        assert embedding_function is None
        return EmbeddedCollection(self._engine, str(self._engine.get_collection(name, *_WHERE).id))

    def delete_collection(self, name: str) -> None:
        """Delete a collection."""
        self._engine.delete_collection(name, *_WHERE)

    def close(self) -> None:
        """Let go of the files: the engine does soon after nobody holds it, in its own thread."""
        self._engine = None


class ReadOnlyClient(EmbeddedClient):
    """The collections of a folder that may not be written.

    The engine writes to its database whenever it opens one: it gets a copy of that, in a folder for
    a while, beside links to the graphs. Raises OSError where no copy can be made.
    """

    def __init__(self, folder: Path) -> None:
        temporary = Path(tempfile.gettempdir())
        clear_folders(temporary, _COPIES)
        with ExitStack() as stack:
            copy = stack.enter_context(held_folder(temporary, _COPIES))
            shutil.copyfile(folder / NOTES, copy / NOTES)
            for graph in folder.iterdir():
                if graph.is_dir():
                    (copy / graph.name).symlink_to(graph.absolute())
            super().__init__(copy)
            self._ending = weakref.finalize(self, stack.pop_all().close)

    def close(self) -> None:
        """Let go of the files, and delete the copy."""
        super().close()
        self._ending()


class EmbeddedCollection:
    """One collection of vectors, without texts."""

    def __init__(self, engine: Any, id_: str) -> None:
        self._engine = engine
        self._id = id_

    def add(self, *, ids: Sequence[str], embeddings: Sequence[NDArray[Any]]) -> None:
        """Add vectors."""
        self._engine.add(list(ids), self._id, list(embeddings), None, None, None, *_WHERE)

    def delete(self, *, ids: Sequence[str]) -> None:
        """Delete vectors."""
        self._engine.delete(self._id, list(ids), None, None, None, *_WHERE)

    def query(
        self, *, query_embeddings: Sequence[NDArray[Any]], n_results: int, include: Sequence[str]
    ) -> dict[str, Any]:
        """Return ids and distances of the nearest vectors, a list for each that is given."""
        found = self._engine.query(
            self._id, None, list(query_embeddings), n_results, None, None, list(include), *_WHERE
        )
        return {"ids": found.ids, "distances": found.distances}

    def get(self, *, include: Sequence[str]) -> dict[str, Any]:
        """Return all ids."""
        found = self._engine.get(self._id, None, None, None, 0, None, list(include), *_WHERE)
        return {"ids": found.ids}

    def count(self) -> int:
        """Return the number of vectors."""
        return int(self._engine.count(self._id, *_WHERE))


def is_fault(error: BaseException) -> bool:
    """Tell whether an error is one of Chroma's own, without loading them to compare.

    A panic of its engine is one too: no `Exception`, so that nobody catches it by chance.
    """
    return type(error).__module__ in ("chromadb.errors", "pyo3_runtime")


def _open_files() -> int:
    """Return how many files the process may hold open, which bounds the engine's cache."""
    if sys.platform == "win32":
        return _HANDLES
    import resource

    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
