"""The assistant and its retrieval for LangChain users; nothing else imports LangChain.

Tracing that the environment switches on would send questions to a server, so it is switched
off here unless our own setting asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import PrivateAttr

from assistant.pipeline import retrieve
from assistant.understanding.question import understand
from index.searching.reader import IndexReader

if TYPE_CHECKING:
    from assistant.app import Assistant
    from assistant.types import Answer

_TRACING = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
)


def silence_tracing() -> None:
    """Switch off the tracing that LangChain would take over from the environment."""
    from langsmith.utils import get_env_var

    for name in _TRACING:
        os.environ[name] = "false"
    # It remembers what it read before.
    clear: Callable[[], None] = getattr(get_env_var, "cache_clear")  # noqa: B009
    clear()


def as_runnable(assistant: Assistant) -> Runnable[Any, Answer]:
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

    def __init__(self, assistant: Assistant, **fields: Any) -> None:
        super().__init__(**fields)
        if not assistant.settings.trace:
            silence_tracing()
        self._index = assistant.index

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
            for hit in retrieve(understand(query, (), None, self._index.gazetteer), self._index)[
                : self.k
            ]
        ]
