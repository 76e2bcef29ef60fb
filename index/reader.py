"""A finished build, opened for questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.facts.types import Fact, FactKind
from corpus.places import Gazetteer, Place
from index.catalog import Catalog
from index.embed import file_sha256
from index.encoder import GRAPH, QueryEncoder
from index.errors import DamagedIndex, IndexingError
from index.layout import CATALOG, PIECES, PLACES, VECTORS, WORDS, Home
from index.lexical import WordIndex
from index.manifest import Manifest, read_manifest
from index.pieces import Pieces
from index.types import StoredDocument
from index.vectors import VectorStore


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and how it stands."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class IndexReader:
    """The stores of one build; every question of a reader sees the same build."""

    manifest: Manifest
    documents: dict[str, StoredDocument]
    catalog: Catalog
    words: WordIndex
    vectors: VectorStore
    pieces: Pieces
    encoder: QueryEncoder
    gazetteer: Gazetteer

    @classmethod
    def open(cls, root: Path, *, shared: Path | None = None) -> IndexReader:
        """Open the current build; raise MissingIndex, DamagedIndex or ForeignIndex.

        `shared` is the home whose models it was built with, when that is another one.
        """
        home = Home(root, shared)
        folder = home.current()
        manifest = read_manifest(folder)
        try:
            catalog = Catalog(folder / CATALOG)
            words = WordIndex(folder / WORDS)
            gazetteer = Gazetteer(folder / PLACES)
            documents = {document.id: document for document in catalog.documents()}
            chunks = catalog.count()
        except sqlite3.Error as error:
            raise DamagedIndex(
                f"{folder}: its catalog cannot be read ({error}). Run `residency index`"
            ) from error
        if chunks != manifest.chunks or set(documents) != set(manifest.documents):
            raise DamagedIndex(
                f"{folder}: {chunks} chunks of {len(documents)} documents, its manifest says "
                f"{manifest.chunks} of {len(manifest.documents)}. Run `residency index`"
            )
        vectors = VectorStore.open(folder / VECTORS)
        pieces = Pieces(folder / PIECES)
        encoder = QueryEncoder(home.models / manifest.encoder.sha256[:16])
        return cls(manifest, documents, catalog, words, vectors, pieces, encoder, gazetteer)

    def facts(
        self,
        document: str | None = None,
        chunks: Sequence[str] | None = None,
        kind: FactKind | None = None,
        service: str | None = None,
        place: Place | None = None,
    ) -> tuple[Fact, ...]:
        """Return the facts of a document, of chunks, of a kind, of a service or near a place.

        What is None does not restrict. A service is named in the fact's subject, or the document
        is about it. A place fits when the fact names it, a place in it, or one that contains it.
        """
        found = self.catalog.facts(document=document, chunks=chunks, kind=kind)
        if service is not None:
            found = tuple(fact for fact in found if self._is_of(fact, service.lower()))
        if place is not None:
            found = tuple(fact for fact in found if self._is_near(fact, place))
        return found

    def _is_of(self, fact: Fact, service: str) -> bool:
        about = self.documents[fact.document].about
        return service in f"{fact.subject}\n{about.service}\n{about.title}".lower()

    def _is_near(self, fact: Fact, place: Place) -> bool:
        return any(
            id_ == place.id or id_ in place.within or place.id in self.gazetteer.place(id_).within
            for id_ in fact.places
        )

    def close(self) -> None:
        """Let go of all files."""
        self.catalog.close()
        self.words.close()
        self.gazetteer.close()
        self.vectors.close()


def inspect(root: Path) -> list[Check]:
    """Look at everything an index is made of, hashes included; nothing is changed."""
    home = Home(root)
    try:
        folder = home.current()
        manifest = read_manifest(folder)
    except IndexingError as error:
        return [Check("index", False, str(error))]
    checks = [Check("index", True, f"build {manifest.id} of {manifest.created}")]
    for name, expected in manifest.files.items():
        checks.append(_hash_check(folder / name, expected))
    model = home.models / manifest.encoder.sha256[:16] / GRAPH
    checks.append(_hash_check(model, manifest.encoder.onnx_sha256))
    checks.append(_counts(root, manifest))
    checks.extend(Check(failure.file, False, failure.reason) for failure in manifest.failures)
    return checks


def _hash_check(path: Path, expected: str) -> Check:
    if not path.is_file():
        return Check(path.name, False, f"{path} is missing. Run `residency index`")
    whole = file_sha256(path) == expected
    return Check(path.name, whole, "whole" if whole else f"{path} changed. Run `residency index`")


def _counts(root: Path, manifest: Manifest) -> Check:
    try:
        reader = IndexReader.open(root)
    except IndexingError as error:
        return Check("stores", False, str(error))
    try:
        vectors, spans = reader.vectors.count(), _wrong_spans(reader)
    finally:
        reader.close()
    detail = f"{len(manifest.documents)} documents, {manifest.chunks} chunks, {vectors} vectors"
    if vectors != manifest.vectors:
        return Check("stores", False, f"{detail}, manifest says {manifest.vectors} vectors")
    if spans:
        return Check("stores", False, f"{detail}, {spans} spans do not match their document")
    return Check("stores", True, detail)


def _wrong_spans(reader: IndexReader) -> int:
    return sum(
        chunk.span.of(reader.documents[chunk.document].text) != chunk.text
        for chunk in reader.catalog.all_chunks()
    )
