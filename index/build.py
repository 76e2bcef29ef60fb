"""Builds an index aside and swaps it in whole."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.chunk import chunk_document
from corpus.facts.extract import extract, rules_sha256
from corpus.facts.templates import template_questions
from corpus.facts.types import Fact
from corpus.instructions import statements
from corpus.places import Gazetteer, compile_gazetteer
from corpus.questions import FILE as QUESTIONS
from corpus.questions import AskedChunk, AskedPassage, Bound, bind, read_questions
from corpus.sources import BUNDLED, Loaded, find_files, load
from corpus.types import Chunk
from index import pieces
from index.annotate import about_places, annotate_all
from index.catalog import build_catalog
from index.embed import SHIPPED, ChunkEncoder, file_sha256
from index.embedded import EmbeddedTexts
from index.errors import BuildLocked, HomeUnusable, IndexingError
from index.layout import CATALOG, PIECES, PLACES, VECTORS, WORDS, Home, replace_text, sync_folder
from index.lexical import build_lexical
from index.manifest import FORMAT, FailedFile, Manifest, read_manifest
from index.reader import IndexReader
from index.types import EncoderInfo
from index.vectors import Vectors, VectorStore

_KEPT_BUILDS = 2
"""The current one, and the one before it for readers that have it open."""
_FILES = (CATALOG, PLACES, WORDS, *(f"{PIECES}/{name}" for name in pieces.FILES))
"""What never changes once a build is written."""
_LOCK_WAIT_S = 1.0


@dataclass(frozen=True, slots=True)
class Sources:
    """What an index is built of."""

    folders: tuple[Path, ...]
    """Folders of documents, each with a question bank where there is one."""
    asks: Callable[[AskedPassage], bool] = lambda row: True
    """Tells which rows of the question banks are indexed."""


def build_index(
    root: Path,
    *,
    model: str = SHIPPED,
    sources: Sources | None = None,
    shared: Path | None = None,
    progress: Callable[[str], None] = lambda message: None,
) -> str:
    """Build the index of the sources; return the build's id.

    Sources are the bundled and the user's documents unless others are given. `shared` is another
    home whose models and embedded texts are used.

    Nothing is embedded when the documents, the encoder and the format are those of the current
    build. Readers see the old build until the new one is complete.
    """
    from filelock import FileLock, Timeout

    home = Home(root, shared)
    home.create()
    sources = sources or Sources((BUNDLED, home.documents))
    try:
        with FileLock(home.lock, timeout=_LOCK_WAIT_S):
            return _build(home, model, sources, progress)
    except Timeout:
        raise BuildLocked(
            f"{home.lock}: another process is building the index. Wait for it, then try again"
        ) from None
    except OSError as error:
        raise HomeUnusable(
            f"{root}: the index cannot be written ({error.strerror or error}). "
            "Free space or set RESIDENCY_HOME to another folder; the last index stays in place"
        ) from error


def _build(home: Home, model: str, sources: Sources, progress: Callable[[str], None]) -> str:
    loaded = load(find_files(sources.folders))
    for failure in loaded.failures:
        progress(f"left out: {failure.reason}")
    if not loaded.documents:
        raise IndexingError("no documents: nothing to index. Add documents and try again")
    chunks = statements(
        chunk for document in loaded.documents for chunk in chunk_document(document)
    )
    rows = (row for folder in sources.folders for row in read_questions(folder / QUESTIONS))
    bound = bind(filter(sources.asks, rows), chunks)
    for row in bound.unbound:
        progress(f"questions left out, {row.document} does not say: {row.passage[:70]!r}")
    for question in bound.contradictory:
        progress(f"question left out, written for passages of several documents: {question!r}")
    encoder = ChunkEncoder(model)
    build = _identity(loaded, chunks, bound, encoder.sha256)
    if _is_current(home, build):
        progress(f"index {build} is up to date")
        return build
    progress(
        f"embedding {len(chunks)} chunks of {len(loaded.documents)} documents "
        f"and {len(bound.asked)} questions"
    )
    aside = home.builds / f".{build}.{os.getpid()}"
    try:
        _write(home, aside, build, loaded, chunks, bound, encoder)
        _swap(home, aside, build)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _collect(home, build)
    progress(f"index {build} is ready")
    return build


def _identity(loaded: Loaded, chunks: list[Chunk], bound: Bound, weights: str) -> str:
    digest = hashlib.sha256(f"{FORMAT} {weights} {rules_sha256()}".encode())
    for document in loaded.documents:
        digest.update(f"\n{document.sha256} {document.about}".encode())
    for chunk in chunks:
        digest.update(f"\n{chunk.id} {chunk.span.start} {chunk.context}".encode())
    for row in bound.asked:
        digest.update(f"\n{row.chunk} {row.question}".encode())
    for failure in loaded.failures:
        digest.update(f"\n{failure.reason}".encode())
    return digest.hexdigest()[:12]


def _is_current(home: Home, build: str) -> bool:
    try:
        if home.current().name != build:
            return False
        IndexReader.open(home.root, shared=home.shared).close()
    except IndexingError:
        return False
    return True


def _write(
    home: Home,
    aside: Path,
    build: str,
    loaded: Loaded,
    chunks: list[Chunk],
    bound: Bound,
    encoder: ChunkEncoder,
) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    info: EncoderInfo = encoder.export(home.models)
    compile_gazetteer(aside / PLACES)
    with closing(Gazetteer(aside / PLACES)) as gazetteer:
        notes = annotate_all(chunks, gazetteer)
        facts = _facts(loaded, chunks, gazetteer)
    build_catalog(aside / CATALOG, loaded.documents, chunks, notes, facts)
    build_lexical(aside / WORDS, chunks, bound.asked)
    vectors = _embed(
        home, aside, chunks, bound.asked, _templated(facts, bound, chunks), about_places(notes),
        encoder,
    )  # fmt: skip
    Manifest(
        format=FORMAT,
        id=build,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=info,
        documents={document.id: document.sha256 for document in loaded.documents},
        failures=tuple(FailedFile(f.path.name, f.reason) for f in loaded.failures),
        chunks=len(chunks),
        vectors=vectors,
        files={name: file_sha256(aside / name) for name in _FILES},
    ).write(aside)
    sync_folder(aside)


def _embed(
    home: Home,
    aside: Path,
    chunks: Sequence[Chunk],
    asked: Sequence[AskedChunk],
    templated: Sequence[AskedChunk],
    placed: frozenset[str],
    encoder: ChunkEncoder,
) -> int:
    """Write the vectors of chunks and questions; return how many."""
    ids = [chunk.id for chunk in chunks]
    embedded = EmbeddedTexts(home.embedded)
    said = embedded.said(encoder, [chunk.context for chunk in chunks])
    pieces.write_pieces(aside / PIECES, ids, [text.pieces for text in said])
    store = VectorStore.create(aside / VECTORS)
    store.add(Vectors.CHUNKS, ids, [text.vector for text in said])
    apart = [(id_, text.vector) for id_, text in zip(ids, said, strict=True) if id_ in placed]
    if len(apart) < len(ids):
        store.add(Vectors.PLACED, [id_ for id_, _ in apart], [vector for _, vector in apart])
    for which, rows in ((Vectors.ASKED, asked), (Vectors.TEMPLATED, templated)):
        questions = embedded.said(encoder, [row.question for row in rows])
        store.add(which, [row.chunk for row in rows], [text.vector for text in questions])
    vectors, expected = store.count(), len(chunks) + len(asked) + len(templated)
    expected += len(apart) if len(apart) < len(ids) else 0
    store.close()
    if vectors != expected:
        raise IndexingError(
            f"{aside}: {vectors} vectors in place of {expected}. Try again; the last index stays "
            "in place"
        )
    return vectors


def _templated(
    facts: Sequence[Fact], bound: Bound, chunks: Sequence[Chunk]
) -> tuple[AskedChunk, ...]:
    """Return questions made from the facts of documents that nobody wrote questions for."""
    documents = {chunk.id: chunk.document for chunk in chunks}
    asked = {documents[row.chunk] for row in bound.asked}
    return template_questions(fact for fact in facts if fact.document not in asked)


def _facts(loaded: Loaded, chunks: list[Chunk], gazetteer: Gazetteer) -> list[Fact]:
    of_document: dict[str, list[Chunk]] = {}
    for chunk in chunks:
        of_document.setdefault(chunk.document, []).append(chunk)
    return [
        fact
        for document in loaded.documents
        for fact in extract(document, of_document.get(document.id, ()), gazetteer)
    ]


def _swap(home: Home, aside: Path, build: str) -> None:
    finished = home.builds / build
    shutil.rmtree(finished, ignore_errors=True)
    aside.replace(finished)
    replace_text(home.pointer, build + "\n")


def _collect(home: Home, current: str) -> None:
    """Delete old builds, but for the latest ones, and what killed builders left."""
    others = []
    for folder in home.builds.iterdir():
        if folder.name.startswith("."):
            shutil.rmtree(folder, ignore_errors=True)
        elif folder.name != current:
            others.append(folder)
    others.sort(key=_created, reverse=True)
    for folder in others[_KEPT_BUILDS - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _created(folder: Path) -> str:
    try:
        return read_manifest(folder).created
    except IndexingError:
        return ""
