"""What a question may be reasoned from: statements and passages of the documents in its scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from assistant.query import Case
from corpus.facts.types import Statement, StatementKind
from corpus.language.parsing import Parse, parse_one
from corpus.language.propositions import Proposition, propositions
from corpus.language.sentences import readable
from corpus.places import Gazetteer
from corpus.types import BlockKind, Chunk
from index.searching.reader import IndexReader
from index.types import Hit


@dataclass(frozen=True, slots=True)
class SameAs:
    """Two names of which a document says that they are one thing, or one a part of the other."""

    asked: str
    """As the question says it."""
    stands_for: str
    """As the document calls it."""
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents may speak, and of what."""

    documents: tuple[str, ...]
    """Ids, the likeliest first; of all documents where the question names nothing known."""
    names: tuple[str, ...] = ()
    """What is asked about, as the documents call it; empty where the question names nothing."""
    unknown: tuple[str, ...] = ()
    """Names in the question that no document is about, as the question says them."""
    links: tuple[SameAs, ...] = ()
    is_sure: bool = False
    """True where the question names the subject outright: nothing else may speak for it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as it is read: its sentence as a tree, and what it says."""

    chunk: Chunk
    text: str
    """As a reader sees it."""
    parse: Parse
    propositions: tuple[Proposition, ...]

    @property
    def is_question(self) -> bool:
        """True where it asks and so says nothing."""
        return self.text.rstrip(' *_"”').endswith("?")


@dataclass(frozen=True, slots=True)
class Known:
    """The documents in scope as far as a question needs them."""

    index: IndexReader
    scope: Scope
    hits: tuple[Hit, ...]
    """Passages in scope that fit the question, best first."""
    case: Case = field(default_factory=Case)
    unticked: tuple[Hit, ...] = ()
    """Passages that fit the question and whose box is not ticked: they say what is not so."""

    @property
    def gazetteer(self) -> Gazetteer:
        """Knowledge of places."""
        return self.index.gazetteer

    def statements(
        self, kind: StatementKind | None = None, chunks: Sequence[str] | None = None
    ) -> tuple[Statement, ...]:
        """Return the statements of the documents in scope, in the order of these and the text."""
        if chunks is not None:
            return self.index.statements(chunks=chunks, kind=kind)
        return tuple(
            one for id_ in self.scope.documents
            for one in self.index.statements(document=id_, kind=kind)
        )  # fmt: skip

    def passages(self, limit: int = 8) -> tuple[Passage, ...]:
        """Return the best hits as they are read, commands and front matter left out."""
        kept = (
            hit.chunk for hit in self.hits
            if hit.chunk.kind not in (BlockKind.CODE, BlockKind.FIELD)
        )  # fmt: skip
        chunks = tuple(islice(kept, limit))
        self.index.recall(readable(chunk.text) for chunk in chunks)
        return tuple(map(passage, chunks))


@lru_cache(maxsize=4096)
def passage(chunk: Chunk) -> Passage:
    """Read a chunk: a tree and propositions of the sentence that a reader sees."""
    text = readable(chunk.text)
    parse = parse_one(text)
    return Passage(chunk, text, parse, propositions(parse))
