"""The vector stores that there are, and which of them a build has: the one place to add another.

Without a server the vectors lie in a folder of the build; with one, in its collections.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from index.errors import ForeignIndex
from index.home.manifest import Manifest
from index.home.paths import VECTORS
from index.stores import chroma_notes
from index.stores.chroma import ChromaVectors
from index.stores.vector_store import Server, VectorStore
from index.types import Vectors

NOTES = chroma_notes.NOTES
"""File of an embedded store that reading it changes: no part of what a build is checked by."""


def create(folder: Path) -> VectorStore:
    """Make an empty store in a new folder of a build."""
    return ChromaVectors.create(folder)


def create_on(server: Server, prefix: str) -> VectorStore:
    """Make an empty store for a build on a server; `prefix` begins all of its names there."""
    return ChromaVectors.create_remote(server, prefix)


def in_folder(folder: Path, counts: Mapping[Vectors, int] | None = None) -> VectorStore:
    """Open the store in a folder of a build; raise DamagedIndex when it is none.

    `counts` are its vectors of each set where they are known: to count them takes as long as all
    else of opening.
    """
    return ChromaVectors.open(folder, counts)


def on_server(
    server: Server, prefix: str, expected: Mapping[Vectors, int] | None = None
) -> VectorStore:
    """Return the store of a build on a server, which is not asked before the first search.

    With other numbers of vectors than `expected` the server is taken to have lost them.
    """
    return ChromaVectors.remote(server, prefix, expected)


def delete_on(server: Server, prefix: str) -> None:
    """Delete the store of a build on a server; what is gone already is."""
    ChromaVectors.delete_remote(server, prefix)


def of_build(folder: Path, manifest: Manifest, server: Server | None) -> VectorStore:
    """Return the vectors of a build, in it or on the server of the settings.

    Raises ForeignIndex where they are elsewhere, DamagedIndex where they cannot be opened.
    """
    if not manifest.server and server is not None:
        raise ForeignIndex(
            f"{folder}: its vectors are in the build, not on {server.shown}. Run `residency index`"
        )
    if not manifest.server:
        return in_folder(folder / VECTORS, manifest.vector_counts)
    if server is None or server.shown != manifest.server:
        raise ForeignIndex(
            f"{folder}: its vectors are on {manifest.server}. Set RESIDENCY_CHROMA_URL to it, or "
            "run `residency index`"
        )
    return on_server(server, manifest.collections, manifest.vector_counts)
