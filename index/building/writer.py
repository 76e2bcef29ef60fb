"""Writes the stores of one build, each starting from that of the build before."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from index.building.previous import Base
from index.encoding.chunk_encoder import ChunkEncoder
from index.encoding.query_encoder import GRAPH, TEXTS, TOKENIZER
from index.errors import IndexingError
from index.home.lease import LEASE
from index.home.manifest import FORMAT, Manifest, Sum, sums
from index.home.paths import CATALOG, PIECES, VECTORS, WORDS, Home, make_private
from index.stores import open_vectors
from index.stores.catalog import Catalog
from index.stores.catalog_writer import CatalogWriter
from index.stores.vector_cache import EmbeddedTexts
from index.stores.vector_store import Server, VectorStore
from index.stores.word_index import WordIndex, WordWriter
from index.stores.word_pieces import Pieces, PieceWriter
from index.types import EncoderInfo, FileRecord, Prepared, Vectors

_BATCH = 4096
"""Texts whose vectors are in memory at once."""
_MOST_DELETED = 0.3
"""Share of the vectors that may be dead ends of Chroma's graph before it is made anew."""


class _Rows(NamedTuple):
    """Changes to one set of vectors."""

    which: Vectors
    added: Sequence[tuple[str, str]]
    """Id and text."""
    outdated: Sequence[str]


class BuildWriter:
    """The stores of a build in a folder aside."""

    def __init__(
        self, home: Home, aside: Path, base: Base, encoder: ChunkEncoder, server: Server | None
    ) -> None:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        self._home = home
        self._aside = aside
        self._base = base
        self._encoder = encoder
        self._server = server
        self._collections = ""
        before = base.folder
        self._catalog = CatalogWriter(aside / CATALOG, before and before / CATALOG)
        self._words = WordWriter(aside / WORDS, before and before / WORDS)

    def drop(self, documents: Sequence[str]) -> None:
        """Leave out documents of the build before."""
        self._catalog.drop(documents)
        self._words.drop(documents)

    def add(self, prepared: Prepared) -> None:
        """Take a document in."""
        self._catalog.add(prepared)
        self._words.add(prepared.document.id, prepared.chunks, prepared.asked)

    @property
    def catalog(self) -> CatalogWriter:
        """The catalog of the build, for what concerns all of its documents."""
        return self._catalog

    def finish(
        self,
        build: str,
        rules: str,
        records: Iterable[FileRecord],
        progress: Callable[[str], None],
    ) -> None:
        """Embed what is new, and write the manifest; raise IndexingError when a store lacks
        something.
        """
        self._catalog.write_files(records)
        self._words.close()
        info = self._encoder.export(self._home.models)
        deleted = self._embed(progress)
        self._catalog.close()
        (self._aside / LEASE).touch()
        documents, counts = self._counted()
        Manifest(
            format=FORMAT, id=build, created=datetime.now(UTC).isoformat(timespec="seconds"),
            encoder=info, model=self._model(info), rules=rules, documents=documents, counts=counts,
            server=self._server.shown if self._server else "", collections=self._collections,
            deleted=deleted, files=sums(self._aside, self._unchanging()),
        ).write(self._aside)  # fmt: skip

    def _embed(self, progress: Callable[[str], None]) -> int:
        """Write word pieces and vectors; return how many dead ends Chroma's graph has."""
        cache = EmbeddedTexts(self._home.embedded)
        changes = [
            _Rows(which, self._catalog.to_embed(which), self._catalog.outdated(which))
            for which in Vectors
        ]
        added = sum(len(rows.added) for rows in changes)
        if added:
            progress(f"embedding {added} texts of {len(self._catalog.documents())} documents")
        self._write_pieces(next(r.added for r in changes if r.which is Vectors.CHUNKS), cache)
        dead = self._dead_ends(changes)
        if dead is None:
            changes = [_Rows(which, self._catalog.embedded(which), ()) for which in Vectors]
        with closing(self._new_store() if dead is None else self._copied_store()) as store:
            for rows in changes:
                self._change(store, rows, cache)
            self._expect_all(store)
            store.finish()
        return dead or 0

    def _write_pieces(self, fresh: Sequence[tuple[str, str]], cache: EmbeddedTexts) -> None:
        """Write the word pieces of all chunks: those of fresh ones, and what the base has."""
        texts = {id_.partition("/")[0]: text for id_, text in fresh}
        before = Pieces(self._base.folder / PIECES) if self._base.folder else None
        with closing(PieceWriter(self._aside / PIECES)) as writer:
            if before is not None:
                writer.keep(before, [one for one in self._catalog.chunk_ids() if one not in texts])
            chunks = list(texts)
            for start in range(0, len(chunks), _BATCH):
                part = chunks[start : start + _BATCH]
                said = cache.said(self._encoder, [texts[chunk] for chunk in part])
                for chunk, one in zip(part, said, strict=True):
                    writer.add(chunk, one.pieces)

    def _change(self, store: VectorStore, rows: _Rows, cache: EmbeddedTexts) -> None:
        if rows.outdated:
            store.remove(rows.which, rows.outdated)
        for start in range(0, len(rows.added), _BATCH):
            part = rows.added[start : start + _BATCH]
            vectors = cache.vectors(self._encoder, [text for _, text in part])
            store.add(rows.which, [id_ for id_, _ in part], list(vectors))

    def _dead_ends(self, changes: Sequence[_Rows]) -> int | None:
        """Return how many vectors will have been deleted from the base's graph since it was made;
        None where a new graph is due.
        """
        manifest = self._base.manifest
        if manifest is None or self._server is not None:
            return None
        dead = manifest.deleted + sum(len(rows.outdated) for rows in changes)
        return dead if dead <= _MOST_DELETED * max(1, manifest.vectors) else None

    def _new_store(self) -> VectorStore:
        if self._server is None:
            return open_vectors.create(self._aside / VECTORS)
        self._collections = f"residency-{uuid.uuid4().hex[:16]}"
        # Noted first: what a killed builder leaves on the server is found again.
        make_private(self._home.remote)
        note = self._home.remote / self._collections
        note.write_text(self._server.shown + "\n", encoding="utf-8")
        return open_vectors.create_on(self._server, self._collections)

    def _copied_store(self) -> VectorStore:
        assert self._base.folder is not None
        shutil.copytree(self._base.folder / VECTORS, self._aside / VECTORS)
        return open_vectors.in_folder(self._aside / VECTORS)

    def _expect_all(self, store: VectorStore) -> None:
        wanted = {which: self._catalog.count(which) for which in Vectors}
        found = store.counts()
        if found != wanted:
            raise IndexingError(
                f"{self._aside}: {sum(found.values())} vectors in place of "
                f"{sum(wanted.values())}. Try again; the last index stays in place"
            )

    def _counted(self) -> tuple[dict[str, str], dict[str, int]]:
        """Return the hashes of the documents, and how much of everything there is."""
        with (
            closing(Catalog(self._aside / CATALOG)) as catalog,
            closing(WordIndex(self._aside / WORDS)) as words,
        ):
            hashes = {document.id: document.sha256 for document in catalog.documents()}
            counts = catalog.counts() | {f"{name} by word": n for name, n in words.counts().items()}
        return hashes, counts | {"pieces": len(Pieces(self._aside / PIECES))}

    def _model(self, info: EncoderInfo) -> dict[str, Sum]:
        folder = self._home.models / info.sha256[:16]
        return sums(folder, (n for n in (GRAPH, TOKENIZER, TEXTS) if (folder / n).is_file()))

    def _unchanging(self) -> list[str]:
        """Return the files of the build that nobody writes to any more."""
        return [
            path.relative_to(self._aside).as_posix()
            for path in self._aside.rglob("*")
            if path.is_file() and path.name not in (open_vectors.NOTES, LEASE)
        ]
