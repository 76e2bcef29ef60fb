"""The values that the index layer makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from corpus.types import Chunk, Description


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as a build holds it: what citations slice."""

    about: Description
    text: str
    sha256: str

    @property
    def id(self) -> str:
        """Short name of the document."""
        return self.about.id


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a search found."""

    chunk: Chunk
    score: float
    """Fused score, comparable within one search only."""
    similarity: float
    """Cosine of the question with the chunk or with the nearest question written for it; 0 when
    only words were found."""
    words: int
    """Rank among the chunks found by words, counted from 1; 0 when they did not find it."""


class Scored(NamedTuple):
    """A chunk id with the score of one signal."""

    id: str
    score: float


class EncoderInfo(NamedTuple):
    """Which encoder made the vectors of a build."""

    name: str
    sha256: str
    """Hash of the source weights."""
    onnx_sha256: str
    """Hash of the graph that encodes questions."""
    dimension: int
