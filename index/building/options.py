"""What is to be built, and how; light enough for whoever only reads settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.intake.question_bank import AskedPassage
from index.build_store.store_address import BuildStore
from index.encoding.chunk_encoder import SHIPPED
from index.stores.vector_store import Server

_LOCK_WAIT_S = 1.0


@dataclass(frozen=True, slots=True)
class Sources:
    """What an index is built of, where it is not what the user's home says."""

    folders: tuple[Path, ...]
    """Folders of documents, each with a question bank where there is one."""
    asks: Callable[[AskedPassage], bool] = lambda row: True
    """Tells which rows of the question banks are indexed."""


@dataclass(frozen=True, slots=True)
class Options:
    """How an index is built."""

    model: str = SHIPPED
    server: Server | None = None
    """Where the vectors go; into the build when None."""
    wait_s: float = _LOCK_WAIT_S
    """How long to wait for another process that builds."""
    retry: bool = False
    """Try files again that failed before and have not changed."""
    parser: str = ""
    """The spaCy model that sentences are parsed by; empty means the packaged one."""
    store: BuildStore | None = None
    """Where the build is published for others; nowhere when None."""
