"""The build that the next one starts from, where there is one that fits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import corpus
from corpus.formats import converters
from index.building.survey import Surveyed
from index.errors import IndexingError, VectorsAway, VectorsLost
from index.home.lease import Lease
from index.home.manifest import Manifest, read_manifest
from index.home.paths import CATALOG, Home
from index.stores import open_vectors
from index.stores.catalog import Catalog
from index.stores.vector_store import Server
from index.types import FileRecord, FileState

_READS = ("*.py", "*.toml")
"""Files of the corpus layer that decide what is read off a document."""


@dataclass(frozen=True, slots=True)
class Base:
    """What is known from the build before; empty when there is none, or one of other rules."""

    folder: Path | None = None
    manifest: Manifest | None = None
    identities: Mapping[str, str] = field(default_factory=dict)
    """Document id to the hash of all that it was made of."""
    files: Mapping[tuple[str, str], FileRecord] = field(default_factory=dict)
    lease: Lease | None = None

    @classmethod
    def of(cls, home: Home, rules: str, weights: str, server: Server | None) -> Base:
        """Return the current build of a home if a new one can start from it.

        Raises VectorsAway where its vectors should be looked at on a server that does not reply.
        """
        lease = None
        try:
            folder = home.current()
            manifest = read_manifest(folder)
            lease = Lease.take(folder)
            fits = (
                manifest.rules == rules
                and manifest.encoder.sha256 == weights
                and manifest.server == (server.shown if server else "")
                and lease is not None
                and _is_whole(home, folder, manifest, server)
            )
        except VectorsLost:
            fits = False
        except IndexingError as error:
            if isinstance(error, VectorsAway):
                _let_go(lease)
                raise
            fits = False
        if not fits:
            # Held on to, it could not be collected when the new one is there.
            _let_go(lease)
            return cls()
        catalog = Catalog(folder / CATALOG)
        try:
            files = {(record.source, record.name): record for record in catalog.files()}
            return cls(folder, manifest, catalog.identities(), files, lease)
        finally:
            catalog.close()

    def open_vectors(self) -> None:
        """Open the vectors that lie in the build: reading changes their files, which have no sum.

        Raises DamagedIndex.
        """
        if self.folder is not None and self.manifest is not None and not self.manifest.server:
            open_vectors.of_build(self.folder, self.manifest, None).close()

    def is_current(self, build: str) -> bool:
        """Tell whether this is the very build."""
        return self.manifest is not None and self.manifest.id == build

    def gone(self, surveyed: Surveyed) -> tuple[FileRecord, ...]:
        """Return the files that are no longer there, those of earlier builds included."""
        there = {(c.record.source, c.record.name) for c in surveyed.candidates}
        told = (*surveyed.failures, *surveyed.not_read, *surveyed.duplicates)
        there |= {(record.source, record.name) for record in told}
        return tuple(
            replace(
                record,
                state=FileState.REMOVED,
                reason="",
                stamp=None,
                identity="",
                duplicate_of="",
                warnings=(),
                compared=(),
            )
            for place, record in self.files.items()
            if place not in there and record.state is not FileState.NOT_READ
        )

    def close(self) -> None:
        """Let the build be collected."""
        if self.lease is not None:
            self.lease.close()


def _let_go(lease: Lease | None) -> None:
    if lease is not None:
        lease.close()


def code_sha256() -> str:
    """Return the hash of the code that reads documents; other code may read other things."""
    digest = hashlib.sha256(converters().encode())
    folder = Path(corpus.__file__).parent
    paths = [path for pattern in _READS for path in folder.rglob(pattern)]
    paths += [Path(__file__).with_name(name) for name in ("annotate.py", "prepare.py")]
    for path in sorted(paths):
        if "documents" not in path.relative_to(folder.parent).parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_whole(home: Home, folder: Path, manifest: Manifest, server: Server | None) -> bool:
    """Tell whether a build has all that has a sum, and on a server as many vectors as it should."""
    if manifest.changed_files(folder, home.models):
        return False
    if manifest.server:
        with closing(open_vectors.of_build(folder, manifest, server)) as vectors:
            vectors.counts()
    return True
