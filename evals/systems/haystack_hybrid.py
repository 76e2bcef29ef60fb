"""Haystack's hybrid retrieval: its splitter, BM25 and MiniLM retrievers, rank fusion."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any

from corpus.types import Span
from evals.suites.suite import Suite
from evals.systems.base import (
    CITED,
    RANKED,
    SHOWN,
    Cut,
    Passage,
    Session,
    Timed,
    Workplace,
    show,
)
from evals.types import Place
from index.encoding.chunk_encoder import PACKAGED, ChunkEncoder


@dataclass(frozen=True, slots=True)
class HaystackHybrid:
    """A pipeline of Haystack's own parts; only the vectors are computed beside it."""

    name: str = "haystack"
    words: Cut | None = None
    """Cut by so many words; into as many characters as a citation holds when None."""
    retrieved: int = RANKED
    """Passages that a question gets of each retriever."""

    @classmethod
    def as_documented(cls) -> HaystackHybrid:
        """Return it with the chunks of the tutorial of hybrid retrieval, and as many for a question
        as are shown.

        https://haystack.deepset.ai/tutorials/33_hybrid_retrieval: 512 words, 32 of them those of
        the chunk before. What it has behind that, a cross-encoder, is left out: it would take many
        times as long as all before it.
        """
        return cls(words=Cut(512, 32), retrieved=SHOWN)

    @property
    def repeatable(self) -> bool:
        """True."""
        return True

    def open(self, suite: Suite, workplace: Workplace) -> Session:
        """Split and embed the documents into Haystack's in-memory store."""
        del workplace
        # Nothing leaves the machine, not even the counts of a framework that is only measured.
        os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
        from haystack import Document
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        whole = [
            Document(content=folded.text, meta={"document": name})
            for name, folded in sorted(suite.texts.items())
        ]
        pieces = _splitter(self.words).run(documents=whole)["documents"]
        encoder = ChunkEncoder(PACKAGED)
        vectors = encoder.encode([piece.content for piece in pieces]).tolist()
        embedded = [
            Document(content=piece.content, meta=piece.meta, embedding=vector)
            for piece, vector in zip(pieces, vectors, strict=True)
        ]
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(embedded)
        return _HaystackSession(_pipeline(store, self.retrieved), encoder, len(embedded))


def _splitter(words: Cut | None) -> Any:
    from haystack.components.preprocessors import DocumentSplitter, RecursiveDocumentSplitter

    if words is not None:
        return DocumentSplitter(
            split_by="word", split_length=words.size, split_overlap=words.overlap
        )
    return RecursiveDocumentSplitter(
        split_length=CITED.size, split_overlap=CITED.overlap, split_unit="char",
        separators=["\n\n", "\n", ". "],
    )  # fmt: skip


def _pipeline(store: Any, retrieved: int) -> Any:
    from haystack import Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )

    pipeline = Pipeline()
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=retrieved))
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=retrieved))
    pipeline.add_component("fused", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("words", "fused")
    pipeline.connect("vectors", "fused")
    return pipeline


@dataclass(frozen=True, slots=True)
class _HaystackSession:
    pipeline: Any
    encoder: ChunkEncoder
    count: int

    @property
    def identity(self) -> str:
        return f"{self.count} chunks"

    def reply(self, turns: tuple[str, ...]) -> Timed:
        """Show the passages that words and vectors together rank first."""
        started = time.perf_counter()
        question = "\n".join(turns)
        vector = self.encoder.encode([question])[0].tolist()
        found = self.pipeline.run(
            {"words": {"query": question}, "vectors": {"query_embedding": vector}}
        )
        response = show([_passage(document) for document in found["fused"]["documents"]])
        return Timed(response, (time.perf_counter() - started) * 1000)

    def close(self) -> None:
        """Nothing is open."""


def _passage(document: Any) -> Passage:
    start = document.meta["split_idx_start"]
    span = Span(start, start + len(document.content))
    return Passage(Place(document.meta["document"], span), document.content)
