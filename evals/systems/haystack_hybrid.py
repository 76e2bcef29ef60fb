"""Haystack's hybrid retrieval: its splitter, BM25 and MiniLM retrievers, rank fusion."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any

from corpus.types import Span
from evals.suites.suite import Suite
from evals.systems.base import RANKED, Passage, Session, Timed, Workplace, show
from evals.types import Place
from index.encoding.chunk_encoder import ChunkEncoder


@dataclass(frozen=True, slots=True)
class HaystackHybrid:
    """A pipeline of Haystack's own parts; only the vectors are computed beside it."""

    name: str = "haystack"

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
        from haystack.components.preprocessors import RecursiveDocumentSplitter
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        splitter = RecursiveDocumentSplitter(
            split_length=300, split_overlap=0, split_unit="char", separators=["\n\n", "\n", ". "]
        )
        whole = [
            Document(content=folded.text, meta={"document": name})
            for name, folded in sorted(suite.texts.items())
        ]
        pieces = splitter.run(documents=whole)["documents"]
        encoder = ChunkEncoder()
        vectors = encoder.encode([piece.content for piece in pieces]).tolist()
        embedded = [
            Document(content=piece.content, meta=piece.meta, embedding=vector)
            for piece, vector in zip(pieces, vectors, strict=True)
        ]
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(embedded)
        return _HaystackSession(_pipeline(store), encoder, len(embedded))


def _pipeline(store: Any) -> Any:
    from haystack import Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )

    pipeline = Pipeline()
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=RANKED))
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=RANKED))
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
