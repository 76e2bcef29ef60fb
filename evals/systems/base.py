"""What every measured system offers, and the parts that the simple ones share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from corpus.types import Span
from evals.suites.suite import Suite
from evals.types import Case, Cited, Place, Response

SHOWN = 3
"""Passages that a system without a composer shows."""
RANKED = 20


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a system may keep files, and what it must not know."""

    folder: Path
    """The system's own files of this suite."""
    shared: Path
    """Home folder whose models and embedded texts may be used."""
    held_out: tuple[Case, ...] = ()
    """Cases whose passages the system may know from the documents alone."""


class Timed(NamedTuple):
    """A response and how long a user waited for it."""

    response: Response
    latency_ms: float


class Session(Protocol):
    """A system that has read the documents of a suite."""

    @property
    def identity(self) -> str:
        """Name of what was read and how, the same for the same documents and configuration."""

    def reply(self, turns: tuple[str, ...]) -> Timed:
        """Answer the last of the messages; those before it are the conversation so far."""

    def close(self) -> None:
        """Let go of all files."""


class System(Protocol):
    """A way to answer questions from documents."""

    @property
    def name(self) -> str:
        """What the command line and the tables call it."""

    @property
    def repeatable(self) -> bool:
        """True when the same question always gets the same response."""

    def open(self, suite: Suite, workplace: Workplace) -> Session:
        """Read the documents of a suite."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document, as a splitter cut it."""

    place: Place
    text: str


def show(ranked: list[Passage]) -> Response:
    """Return the response of a system that shows its nearest passages, each with its citation."""
    shown = ranked[:SHOWN]
    return Response(
        text="\n\n".join(f"{passage.text} [{n}]" for n, passage in enumerate(shown, 1)),
        abstained=not shown,
        citations=tuple(Cited(n, p.place, p.text) for n, p in enumerate(shown, 1)),
        ranking=tuple(passage.place for passage in ranked[:RANKED]),
    )


@dataclass(frozen=True, slots=True)
class Cut:
    """How documents are cut into passages."""

    size: int
    """Characters, or words where the splitter of a system counts these."""
    overlap: int


CITED = Cut(300, 0)
"""What a citation may hold comfortably, in characters; without overlap, since repeated text would
only fill the three places."""


def split(suite: Suite, cut: Cut = CITED) -> list[Passage]:
    """Cut the documents of a suite with LangChain's recursive splitter."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=cut.size, chunk_overlap=cut.overlap, add_start_index=True
    )
    passages = []
    for document, folded in sorted(suite.texts.items()):
        for piece in splitter.create_documents([folded.text]):
            start = piece.metadata["start_index"]
            text = piece.page_content
            passages.append(Passage(Place(document, Span(start, start + len(text))), text))
    return passages
