"""The values that the index layer makes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.facts.types import Statement
from corpus.intake.question_bank import AskedChunk, AskedPassage
from corpus.intake.walk import Stamp
from corpus.language.signals import Signal
from corpus.left_out import LeftOut
from corpus.places import Place
from corpus.types import Chunk, Contents, Description, Document

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as a build holds it: what citations slice."""

    about: Description
    text: str
    sha256: str
    pages: tuple[int, ...] = ()
    """Where each page begins in the text; empty for formats without pages."""
    left_out: tuple[LeftOut, ...] = ()
    """What its file holds besides."""

    @property
    def id(self) -> str:
        """Short name of the document."""
        return self.about.id

    def page(self, offset: int) -> int | None:
        """Return the number of the page, from 1, that an offset lies on; None without pages."""
        return bisect_right(self.pages, offset) or None


class Abouts(tuple[Description, ...]):
    """What is said about the documents of a build. Equal to itself alone, so that what is worked
    out from all of them can be kept.
    """

    __slots__ = ()
    __hash__ = object.__hash__
    __eq__ = object.__eq__


class FileState(StrEnum):
    """What became of a file."""

    OK = "ok"
    FAILED = "failed"
    NOT_READ = "not read"
    """It looks like a document, and nothing here reads its kind."""
    DUPLICATE = "duplicate"
    """Its text is that of another file, whose document stands for both."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as a build knows it."""

    source: str
    """Location of the source that it belongs to."""
    name: str
    """Path below the source, in one line."""
    path: str
    state: FileState
    reason: str = ""
    """Why it failed or is not read, with the next step."""
    document: str = ""
    """Id of the document that it became or would have become."""
    sha256: str = ""
    """Of its bytes; empty where they could not be read."""
    identity: str = ""
    """Hash of its bytes and of all that is said about it."""
    stamp: Stamp | None = None
    checked_ns: int = 0
    """When it was looked at, in nanoseconds since 1970."""
    size: int = 0
    """Bytes."""
    left_out: tuple[LeftOut, ...] = ()
    """What it holds besides its document; stored with the document."""
    contents: Contents | None = None
    """How much of everything its document has, likewise; None where it became none."""
    duplicate_of: str = ""
    """Id of the document that it is a copy of."""
    warnings: tuple[str, ...] = ()
    """What it says of itself that could not be used, or how it was read, a sentence each."""
    compared: tuple[str, ...] = ()
    """How it stands to other documents: an older edition, nearly the same text."""


class Vectors(StrEnum):
    """The sets of vectors of a build."""

    CHUNKS = "chunks"
    ASKED = "asked"
    """Questions written ahead, each for a chunk."""
    PLACED = "placed"
    """Chunks of the documents that are about where data is, once more, when others are indexed
    too: among many pages they would not be among the nearest."""


class Check(NamedTuple):
    """One thing that was looked at, and how it stands."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Note:
    """What was read off a chunk when it was indexed."""

    signals: frozenset[Signal]
    places: frozenset[str]
    """Ids of the places that it names."""
    around: frozenset[str]
    """Ids of the places that contain those."""
    placed: float = 0.0
    """Share of its document's chunks that name a place, 0 to 1."""
    located: float = 0.0
    """Share of its document's chunks that tell of storing, processing, copying or moving."""


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for."""

    text: str
    """The question, with what it took over from earlier ones."""
    documents: frozenset[str] = frozenset()
    """Documents about the services that the question names."""
    follows: str = ""
    """The document that the turn before was about."""
    places: tuple[Place, ...] = ()
    """Places that the question names."""
    about_places: frozenset[str] = frozenset()
    """Documents whose title names one of these places, or one that contains or lies in it."""
    about_others: frozenset[str] = frozenset()
    """Documents whose title names other places only."""
    wants: frozenset[Signal] = frozenset()
    """What an answer is likely to state."""
    only: frozenset[str] = frozenset()
    """Documents that are searched; all where it is empty."""


class Match(NamedTuple):
    """How well the word pieces of a question are matched in a chunk, as cosines; 0 where the
    encoder has none."""

    mean: float = 0.0
    worst: float = 0.0
    """Of the piece that is matched least."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a search found."""

    chunk: Chunk
    score: float
    """Fused score, comparable within one search only."""
    similarity: float
    """Cosine of the question with the chunk or with the nearest question written for it; 0 when
    only words were found."""
    passage: float
    """Cosine with the chunk alone."""
    asked: float
    """Cosine with the nearest question written for it."""
    match: Match
    """How well its word pieces match those of the question."""
    words: int
    """Rank among the chunks found by words, counted from 1; 0 when they did not find it."""


class Scored(NamedTuple):
    """A chunk id with the score of one signal."""

    id: str
    score: float


class Near(NamedTuple):
    """What is near to a question by cosine, best first."""

    passages: list[Scored]
    asked: list[Scored]
    """Questions written for chunks; a chunk comes as often as it has some."""


class Encoded(NamedTuple):
    """A text as its encoder sees it."""

    vector: NDArray[Any]
    """Unit vector, float32, shape (dimension,)."""
    pieces: NDArray[Any]
    """Unit vectors of the word pieces that take part in matching, shape (pieces, dimension of
    pieces); both are 0 where the encoder has none."""


class EncoderInfo(NamedTuple):
    """Which encoder made the vectors of a build."""

    name: str
    sha256: str
    """Hash of the source weights."""
    onnx_sha256: str
    """Hash of the graph that encodes questions."""
    dimension: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with what was read off it."""

    document: Document
    identity: str
    """Hash of its bytes and of all that is said about it."""
    chunks: tuple[Chunk, ...]
    notes: tuple[tuple[str, Note], ...]
    statements: tuple[Statement, ...]
    asked: tuple[AskedChunk, ...]
    """Questions that were written for its passages."""
    placed: bool
    """True when it is about where data is."""
    unbound: tuple[AskedPassage, ...]
    """Passages with questions that it does not hold."""
    parses: tuple[tuple[bytes, bytes], ...] = ()
    """The trees of its sentences, packed, by their keys."""
