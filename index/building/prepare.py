"""One file to all that a build stores of it, vectors excepted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.chunk import chunk_document, said
from corpus.errors import DocumentError
from corpus.facts.extract import each_once, extract_part, parts_of
from corpus.facts.kinds.kind_model import Vectors
from corpus.facts.types import Statement
from corpus.facts.whole_document import Whole
from corpus.intake.question_bank import AskedPassage, bind
from corpus.intake.sources import document_of, read_found
from corpus.language.instructions import telling
from corpus.language.kept_parses import kept, key_of, recall, texts_of
from corpus.language.parsing import LONGEST, parse, remembering, unknown
from corpus.left_out import counted
from corpus.places import Gazetteer
from corpus.types import Chunk, Document
from index.building.annotate import about_places, annotate_all
from index.building.survey import Candidate
from index.types import Prepared

_ORDER = "instruction to machines"
Parsed = Callable[[Sequence[bytes]], Mapping[bytes, bytes]]
"""Returns those parses of some keys that are kept."""


def read_candidate(candidate: Candidate) -> bytes:
    """Return the bytes that were surveyed; raise DocumentError where they are no longer there."""
    content = read_found(candidate.file)
    if hashlib.sha256(content).hexdigest() != candidate.record.sha256:
        raise DocumentError(
            candidate.record.name,
            "is being changed while it is read",
            "Try again when it is written",
        )
    return content


class Passages(NamedTuple):
    """A document that was read, and the passages of it that are indexed."""

    document: Document
    chunks: tuple[Chunk, ...]


def read_passages(candidate: Candidate, content: bytes) -> Passages:
    """Read a candidate as far as its passages; raise DocumentError where it cannot be used."""
    document = document_of(candidate.source, content)
    every = chunk_document(document)
    chunks = tuple(telling(every))
    if not chunks:
        raise DocumentError(
            candidate.record.name, "says nothing but instructions to machines",
            "Give a document that states something",
        )  # fmt: skip
    return Passages(_without_orders(document, every, chunks), chunks)


def prepare(
    passages: Passages, identity: str, written: Sequence[AskedPassage], gazetteer: Gazetteer,
    vectors: Vectors, parsed: Parsed = lambda keys: {},
) -> Prepared:  # fmt: skip
    """Read all that passages say.

    `identity` is the hash of all that the document was made of, `written` are the questions
    written for its passages, `vectors` are those of the shipped encoder. `parsed` returns the
    parses that are kept under some keys: pages that differ in one line are parsed in that line.
    """
    document, chunks = passages
    notes = tuple(annotate_all(chunks, gazetteer, document.about.words))
    whole = Whole(document, chunks, gazetteer)
    read = [_read(whole, part, vectors, parsed) for part in parts_of(chunks)]
    bound = bind(written, chunks)
    return Prepared(
        document, identity, chunks, notes,
        each_once(one for part in read for one in part.statements), bound.asked,
        bool(about_places(notes)), bound.unbound,
        tuple(dict(one for part in read for one in part.parses).items()),
    )  # fmt: skip


class _Read(NamedTuple):
    """What was read of a part of a document."""

    statements: tuple[Statement, ...]
    parses: tuple[tuple[bytes, bytes], ...]


def _read(whole: Whole, part: Sequence[Chunk], vectors: Vectors, parsed: Parsed) -> _Read:
    texts = _held_against(whole.document, part)
    with remembering(len(texts)):
        new = unknown(texts)
        recall(new, parsed([key_of(text) for text in new]))
        return _Read(tuple(extract_part(whole, part, vectors)), tuple(kept(parse(texts))))


def _held_against(document: Document, chunks: Sequence[Chunk]) -> list[str]:
    """Return what is read when a sentence is held against passages, each once."""
    texts = (
        text for chunk in chunks
        for text in texts_of(chunk, said(chunk), chunk.span.of(document.text))
    )  # fmt: skip
    return [text for text in dict.fromkeys(texts) if text and len(text) <= LONGEST]


def _without_orders(document: Document, every: Sequence[Chunk], kept: Sequence[Chunk]) -> Document:
    """Return a document that tells which of its passages instruct machines and are left out."""
    ids = {chunk.id for chunk in kept}
    orders = counted((_ORDER, chunk.text) for chunk in every if chunk.id not in ids)
    return replace(document, left_out=(*document.left_out, *orders)) if orders else document


def by_document(passages: Iterable[AskedPassage]) -> Mapping[str, tuple[AskedPassage, ...]]:
    """Return written questions by the document that they are for."""
    found: dict[str, list[AskedPassage]] = {}
    for row in passages:
        found.setdefault(row.document, []).append(row)
    return {document: tuple(rows) for document, rows in found.items()}


def written_hash(passages: Iterable[AskedPassage]) -> str:
    """Return a hash of written questions."""
    return hashlib.sha256("\n".join(map(repr, passages)).encode()).hexdigest()
