"""LangChain's documented retrieval pipeline: recursive splitter, MiniLM, Chroma, nearest chunks."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

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
    split,
)
from index.encoding.chunk_encoder import PACKAGED, ChunkEncoder

_BATCH = 5_000
"""Chunks that Chroma takes at once."""


@dataclass(frozen=True, slots=True)
class LangChainChunks:
    """Splitter, embeddings and vector store as LangChain's tutorial combines them."""

    name: str = "langchain"
    cut: Cut = CITED
    retrieved: int = RANKED
    """Chunks that a question gets."""

    @classmethod
    def as_documented(cls) -> LangChainChunks:
        """Return it with the tutorial's chunks, and as many for a question as are shown.

        https://docs.langchain.com/oss/python/langchain/knowledge-base: 1,000 characters, 200 of
        them those of the chunk before; Chroma is one of its vector stores and sentence-transformers
        one of its embeddings.
        """
        return cls(cut=Cut(1000, 200), retrieved=SHOWN)

    @property
    def repeatable(self) -> bool:
        """True."""
        return True

    def open(self, suite: Suite, workplace: Workplace) -> Session:
        """Embed the chunks into a Chroma collection in memory."""
        del workplace
        from langchain_chroma import Chroma

        passages = split(suite, self.cut)
        store = Chroma(collection_name=f"peer-{uuid.uuid4().hex}", embedding_function=_embeddings())
        for start in range(0, len(passages), _BATCH):
            part = passages[start : start + _BATCH]
            numbers = [{"number": number} for number in range(start, start + len(part))]
            store.add_texts([passage.text for passage in part], metadatas=numbers)
        return _ChromaSession(store, passages, self.retrieved)


@dataclass(frozen=True, slots=True)
class _ChromaSession:
    store: Any
    passages: list[Passage]
    retrieved: int

    @property
    def identity(self) -> str:
        return f"{len(self.passages)} chunks"

    def reply(self, turns: tuple[str, ...]) -> Timed:
        """Show the nearest chunks of the conversation."""
        started = time.perf_counter()
        found = self.store.similarity_search("\n".join(turns), k=self.retrieved)
        response = show([self.passages[document.metadata["number"]] for document in found])
        return Timed(response, (time.perf_counter() - started) * 1000)

    def close(self) -> None:
        """Drop the collection."""
        self.store.delete_collection()


def _embeddings() -> Any:
    """Return MiniLM as LangChain wants it; langchain-huggingface does not fit our transformers."""
    from langchain_core.embeddings import Embeddings

    encoder = ChunkEncoder(PACKAGED)

    class MiniLm(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = encoder.encode(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return MiniLm()
