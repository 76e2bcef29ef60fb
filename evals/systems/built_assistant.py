"""An assistant over an index of its own, and the conversations that cases hold with it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from assistant.app import Assistant
from assistant.settings import Settings, reranker_of
from index.building.build import build_index
from index.building.options import Sources
from index.searching.current import PinnedIndex
from index.searching.reader import IndexReader


def built_assistant(
    settings: Settings, folder: Path, sources: Sources, *, shared: Path, encoder: str | None = None
) -> Assistant:
    """Build the index of some documents in a folder, and open an assistant over it.

    `shared` is the home whose models and embedded texts are used; `encoder` takes the place of the
    settings' embedding model.
    """
    build_index(folder, model=encoder or settings.embedding_model, sources=sources, shared=shared)
    reranker = reranker_of(settings)
    index = PinnedIndex(IndexReader.open(folder, shared=shared, reranker=reranker))
    return Assistant(settings.model_copy(update={"home": folder}), index)


def told(assistant: Assistant, turns: Sequence[str], owner: str) -> str | None:
    """Hold a conversation up to its last message; return its thread, None for a single message."""
    thread = uuid.uuid4().hex if len(turns) > 1 else None
    for turn in turns[:-1]:
        assistant.ask(turn, thread=thread, owner=owner, clarify=False)
    return thread
