"""The assistant as a Runnable and its retrieval as a retriever, for LangChain users."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import PrivateAttr

from assistant.model.tracing import silence_tracing
from assistant.pipeline import retrieve
from assistant.settings import Settings
from assistant.types import Answer
from assistant.understanding.question import understand
from index.searching.reader import IndexReader
from index.types import Hit


class _Assistant(Protocol):
    """What is needed here of the assistant, whose composition root hands itself over."""

    @property
    def settings(self) -> Settings: ...

    @property
    def index(self) -> IndexReader: ...

    @property
    def ask(self) -> Callable[..., Answer]: ...


def as_runnable(assistant: _Assistant) -> Runnable[Any, Answer]:
    """Return the assistant as a Runnable over questions or dicts of `ask`'s arguments."""
    if not assistant.settings.trace:
        silence_tracing()

    def ask(request: str | Mapping[str, Any]) -> Answer:
        if isinstance(request, str):
            return assistant.ask(request)
        return assistant.ask(**request)

    return RunnableLambda(ask).with_config(run_name="residency-assistant")


class ResidencyRetriever(BaseRetriever):
    """The product's own retrieval: chunks with their exact spans as metadata."""

    k: int = 8
    _index: IndexReader = PrivateAttr()

    def __init__(self, assistant: _Assistant, **fields: Any) -> None:
        super().__init__(**fields)
        if not assistant.settings.trace:
            silence_tracing()
        self._index = assistant.index

    def _found(self, question: str) -> list[Hit]:
        index = self._index
        query = understand(question, (), None, index.gazetteer, index.abouts)
        return retrieve(query, index)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        return [
            Document(
                id=hit.chunk.id,
                page_content=hit.chunk.text,
                metadata={
                    "document": hit.chunk.document,
                    "section": " > ".join(hit.chunk.path),
                    "start": hit.chunk.span.start,
                    "end": hit.chunk.span.end,
                    "score": hit.score,
                },
            )
            for hit in self._found(query)[: self.k]
        ]
