"""Looks at everything that an index is made of; changes nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from index.encoding.chunk_encoder import checked_weights
from index.encoding.query_encoder import GRAPH
from index.errors import IndexingError, ModelMismatch, VectorsAway
from index.home.faults.kinds import STORE_ERRORS, Fault, fault_kind, step
from index.home.faults.store_look import StoreFile
from index.home.manifest import Manifest, Sum, read_manifest
from index.home.paths import CATALOG, VECTORS, Home
from index.searching.reader import IndexReader
from index.stores.catalog import Catalog
from index.stores.open_vectors import NOTES
from index.stores.vector_store import Server
from index.types import Check, EncoderInfo, FileState, Vectors
from index.upkeep.home_files import (
    contents_checks,
    file_fault,
    home_checks,
    index_stores,
    store_checks,
)
from index.upkeep.private_files import private_files

_SHOWN = 20
"""Failed files that are named one by one."""
_SPARE = 2.0
"""Free space that a build needs, in sizes of the current one."""


def inspect(root: Path, *, server: Server | None = None, model: str = "") -> list[Check]:
    """Return how everything stands: files against their sums, stores against the manifest, spans
    against texts, model, files that failed, lock and disk.

    `model` is the encoder that is set; where it is empty, the one of the index is as good.
    """
    home = Home(root)
    try:
        folder = home.current()
        manifest = read_manifest(folder)
    except IndexingError as error:
        return [Check("index", False, str(error)), *_beside(home, None)]
    checks = [Check("index", True, f"build {manifest.id} of {manifest.created}")]
    checks.extend(_file_checks(folder, manifest.files))
    exported = home.models / manifest.encoder.sha256[:16]
    checks.append(_encoder(manifest.encoder, model or manifest.encoder.name))
    checks.extend(_file_checks(exported, manifest.model))
    checks.append(_graph(manifest))
    notes = [*store_checks([_notes(folder)])] if not manifest.server else []
    checks.extend(notes)
    if all(check.ok for check in notes):
        # Chroma's engine is not let loose on a file that is known to be damaged.
        checks.extend(_stores(root, server))
    checks.extend(_files(folder))
    checks.extend(_beside(home, folder))
    return checks


def _beside(home: Home, folder: Path | None) -> Iterator[Check]:
    """Look at all of a home but its current build."""
    stores = [*store_checks(index_stores(home))]
    yield from stores
    if all(check.ok for check in stores):
        yield from contents_checks(home)
    yield from home_checks(home, folder and folder / CATALOG)
    yield from _around(home, folder)


def _notes(folder: Path) -> StoreFile:
    """Return the file in which Chroma notes what it has, and which has no sum."""
    return StoreFile(
        "vectors' notes", folder / VECTORS / NOTES, frozenset(("collections", "segments")), 0,
        otherwise="Run `residency index`",
    )  # fmt: skip


def _encoder(known: EncoderInfo, name: str) -> Check:
    """Compare the encoder that an index was built with to the one of a name."""
    try:
        wanted = checked_weights(name)[1]
    except ModelMismatch as error:
        return Check("encoder", False, str(error))
    if wanted == known.sha256:
        return Check("encoder", True, f"{known.name}, {known.dimension} dimensions")
    other = "other files of the same name" if name == known.name else f"{known.name}"
    detail = f"the index was built with {other}, {name} is set. Run `residency index`"
    return Check("encoder", False, detail)


def _graph(manifest: Manifest) -> Check:
    """Compare the graph that a build was made by with the one that was exported."""
    noted = manifest.model.get(GRAPH)
    if noted is not None and noted.sha256 == manifest.encoder.onnx_sha256:
        return Check("graph", True, "as it was exported")
    return Check("graph", False, "the index was made by a changed graph. Run `residency index`")


def _file_checks(folder: Path, files: Mapping[str, Sum]) -> Iterator[Check]:
    for name, expected in files.items():
        fault = file_fault(folder / name, expected, "Run `residency index`")
        yield Check(name, not fault, fault or f"whole, {expected.size:,} bytes")


def _stores(root: Path, server: Server | None) -> Iterator[Check]:
    """Count what every store holds, and slice every span."""
    try:
        with closing(IndexReader.open(root, server=server)) as reader:
            manifest = reader.manifest
            faults = [*_miscounted(reader), *_wrong_spans(reader)]
            detail = (
                f"{len(manifest.documents)} documents, {manifest.chunks} chunks, "
                f"{manifest.counts['statements']} statements"
            )
            yield Check("stores", not faults, "; ".join([detail, *faults]))
            yield _vectors(reader)
    except IndexingError as error:
        yield Check("stores", False, str(error))


def _vectors(reader: IndexReader) -> Check:
    """Compare Chroma's vectors with those that the catalog asks for, by number and id."""
    manifest = reader.manifest
    detail = f"{manifest.vectors} vectors" + (f" on {manifest.server}" if manifest.server else "")
    try:
        faults = [*_miscounted_vectors(reader), *_unread(reader)]
    except VectorsAway as error:
        return Check("vectors", False, str(error))
    return Check("vectors", not faults, "; ".join([detail, *faults]))


def _miscounted(reader: IndexReader) -> Iterator[str]:
    found = reader.catalog.counts()
    found |= {f"{name} by word": count for name, count in reader.words.counts().items()}
    found["pieces"] = len(reader.pieces)
    for name, expected in reader.manifest.counts.items():
        if found.get(name) != expected:
            yield f"{found.get(name)} {name}, the manifest says {expected}"
    if set(reader.documents) != set(reader.manifest.documents):
        yield "other documents than the manifest says"


def _miscounted_vectors(reader: IndexReader) -> Iterator[str]:
    for which, count in reader.vectors.counts().items():
        if count != reader.manifest.counts[f"vectors of {which.value}"]:
            yield f"Chroma has {count} vectors of {which.value}"


def _unread(reader: IndexReader) -> Iterator[str]:
    """Compare the ids of Chroma's vectors with those that the catalog asks for."""
    for which in Vectors:
        wanted = {id_ for id_, _ in reader.catalog.texts(which)}
        if reader.vectors.ids(which) != wanted:
            yield f"Chroma has other vectors of {which.value} than the catalog"


def _wrong_spans(reader: IndexReader) -> Iterator[str]:
    wrong = sum(
        chunk.span.of(reader.documents[chunk.document].text) != chunk.text
        for chunk in reader.catalog.all_chunks()
    )
    beyond = sum(
        not 0 <= fact.span.start < fact.span.end <= len(reader.documents[fact.document].text)
        for fact in reader.catalog.statements()
    )
    if wrong or beyond:
        yield f"{wrong + beyond} spans do not match their document"


def _files(folder: Path) -> Iterator[Check]:
    """Name the files that failed."""
    try:
        with closing(Catalog(folder / CATALOG)) as catalog:
            records = catalog.files()
    except STORE_ERRORS as error:
        kind = fault_kind(error, folder / CATALOG)
        damaged = kind in (Fault.DAMAGED, Fault.FOREIGN, Fault.MISSING)
        otherwise = "Run `residency index`" if damaged else step(kind)
        yield Check("files", False, f"{folder / CATALOG} cannot be read ({error}). {otherwise}")
        return
    failed = [record for record in records if record.state is FileState.FAILED]
    taken = sum(record.state is FileState.OK for record in records)
    yield Check("files", not failed, f"{taken} indexed, {len(failed)} failed")
    for record in failed[:_SHOWN]:
        yield Check(record.name, False, record.reason)


def _around(home: Home, folder: Path | None) -> Iterator[Check]:
    yield _lock(home)
    if home.root.is_dir() and os.access(home.root, os.R_OK | os.X_OK):
        yield private_files(home.root)
        free = shutil.disk_usage(home.root).free
        size = sum(one.lstat().st_size for one in _readable(folder)) if folder else 0
        enough = free >= _SPARE * size
        detail = f"{free / 2**20:,.0f} MB free, the index has {size / 2**20:,.0f} MB"
        if not os.access(home.root, os.W_OK):
            # Nothing is built there.
            yield Check("disk", True, detail)
        else:
            yield Check("disk", enough, detail if enough else f"{detail}. Free space")


def _readable(folder: Path) -> Iterator[Path]:
    """Yield what can be seen of a folder; what cannot be is told by other checks."""
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names)


def _lock(home: Home) -> Check:
    """Tell whether somebody builds; a lock of a process that died is free."""
    from filelock import FileLock, Timeout

    if not home.lock.exists():
        return Check("lock", True, "free")
    if not os.access(home.lock, os.W_OK):
        return Check("lock", True, "cannot be looked at (read-only home)")
    try:
        with FileLock(home.lock, timeout=0):
            return Check("lock", True, "free")
    except Timeout:
        return Check("lock", True, "held: an index is being built")
