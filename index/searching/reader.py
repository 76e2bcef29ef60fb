"""A finished build, opened for questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from corpus.facts.types import Statement, StatementKind
from corpus.language.kept_parses import key_of, recall
from corpus.language.parsing import unknown
from corpus.places import Gazetteer, Place
from index.encoding.query_encoder import QueryEncoder
from index.errors import DamagedIndex
from index.home.faults.kinds import STORE_ERRORS
from index.home.lease import Lease
from index.home.manifest import Manifest, read_manifest
from index.home.paths import CATALOG, PIECES, PLACES, WORDS, Home
from index.searching.offline_vectors import KnownVectors
from index.searching.reranker import Reranker
from index.stores import open_vectors
from index.stores.catalog import Catalog
from index.stores.vector_cache import EmbeddedTexts
from index.stores.vector_store import Server, VectorStore
from index.stores.word_index import WordIndex
from index.stores.word_pieces import Pieces
from index.types import Abouts, StoredDocument


@dataclass(frozen=True, slots=True)
class IndexReader:
    """The stores of one build; every question of a reader sees the same build."""

    manifest: Manifest
    documents: dict[str, StoredDocument]
    catalog: Catalog
    words: WordIndex
    vectors: VectorStore
    known: KnownVectors
    """In place of `vectors` while their server does not reply."""
    pieces: Pieces
    encoder: QueryEncoder
    gazetteer: Gazetteer
    lease: Lease
    """Keeps the build from being collected."""
    abouts: Abouts
    """What is said about its documents, in order of their ids."""
    successors: Mapping[str, str]
    """Document id to that of the document that takes its place."""
    reranker: Reranker | None = None
    """What judges candidates anew, where the user has set a model for it."""

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        shared: Path | None = None,
        server: Server | None = None,
        encoder: QueryEncoder | None = None,
        reranker: Reranker | None = None,
    ) -> IndexReader:
        """Open the current build; raise MissingIndex, DamagedIndex or ForeignIndex.

        `shared` is the home whose models it was built with, when that is another one. `server` is
        where the vectors are, when they are not in the build. `encoder` is used in place of
        loading the same one again. `reranker` judges anew what a search finds.
        """
        home = Home(root, shared)
        lease = Lease.of_current(home)
        opened = _leased(home, lease.folder, lease, server, encoder)
        return replace(opened, reranker=reranker)

    def statements(
        self,
        document: str | None = None,
        chunks: Sequence[str] | None = None,
        kind: StatementKind | None = None,
        service: str | None = None,
        place: Place | None = None,
    ) -> tuple[Statement, ...]:
        """Return the facts of a document, of chunks, of a kind, of a service or near a place.

        What is None does not restrict. A service is named in the fact's subject, or the document
        is about it. A place fits when the fact names it, a place in it, or one that contains it.
        """
        found = self.catalog.statements(document=document, chunks=chunks, kind=kind)
        if service is not None:
            found = tuple(fact for fact in found if self._is_of(fact, service.lower()))
        if place is not None:
            found = tuple(fact for fact in found if self._is_near(fact, place))
        return found

    def recall(self, texts: Iterable[str]) -> None:
        """Have the trees at hand that the build keeps of texts; others are parsed when needed."""
        missing = {key_of(text): text for text in unknown(texts)}
        if missing:
            recall(tuple(missing.values()), self.catalog.parses(missing.keys()))

    def _is_of(self, fact: Statement, service: str) -> bool:
        about = self.documents[fact.document].about
        return service in f"{fact.about.name}\n{about.service}\n{about.title}".lower()

    def _is_near(self, fact: Statement, place: Place) -> bool:
        return any(
            id_ == place.id or id_ in place.within or place.id in self.gazetteer.place(id_).within
            for id_ in fact.place_ids
        )

    def close(self) -> None:
        """Let go of all files."""
        self.catalog.close()
        self.words.close()
        self.gazetteer.close()
        self.vectors.close()
        self.lease.close()


def _leased(
    home: Home, folder: Path, lease: Lease, server: Server | None, encoder: QueryEncoder | None
) -> IndexReader:
    """Open a build that is leased; let go of it when that fails."""
    try:
        manifest = read_manifest(folder)
        manifest.require_whole(folder, home.models)
        return _opened(home, folder, manifest, lease, server, encoder)
    except BaseException:
        lease.close()
        raise


def _opened(
    home: Home,
    folder: Path,
    manifest: Manifest,
    lease: Lease,
    server: Server | None,
    encoder: QueryEncoder | None,
) -> IndexReader:
    try:
        catalog = Catalog(folder / CATALOG)
        words = WordIndex(folder / WORDS)
        gazetteer = Gazetteer(folder / PLACES)
        documents = {document.id: document for document in catalog.documents()}
    except STORE_ERRORS as error:
        raise DamagedIndex(
            f"{folder}: its catalog cannot be read ({error}). Run `residency index`"
        ) from error
    if encoder is None or encoder.sha256 != manifest.encoder.sha256:
        encoder = QueryEncoder(
            home.models / manifest.encoder.sha256[:16], sha256=manifest.encoder.sha256
        )
    _multiply_on_one_thread()
    vectors, pieces = open_vectors.of_build(folder, manifest, server), Pieces(folder / PIECES)
    known = KnownVectors(catalog, EmbeddedTexts(home.embedded), encoder)
    return IndexReader(
        manifest, documents, catalog, words, vectors, known, pieces, encoder, gazetteer, lease,
        Abouts(one.about for one in documents.values()), _successors(documents.values()),
    )  # fmt: skip


@cache
def _multiply_on_one_thread() -> None:
    """Have numpy multiply matrices on the thread that asks for it, in the whole process.

    Those of a question are small: the other threads of its library wait for them in a loop, which
    takes a third of the processor time of an answer, and finishes none of them sooner
    (docs/decisions/0030-one-answer.md).
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    assert np  # Limits hold for libraries that are loaded.
    threadpool_limits(limits=1, user_api="blas")


def _successors(documents: Iterable[StoredDocument]) -> dict[str, str]:
    """Return, by document, the one that takes its place; of several the latest."""
    dated = sorted(documents, key=lambda one: (one.about.date or date.min, one.id))
    return {older: one.id for one in dated for older in one.about.supersedes if older != one.id}
