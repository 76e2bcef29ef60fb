"""Questions written ahead for passages, bound to them by their text.

People share few words with the documents; a question that somebody else asked of the same
passage is often nearer to theirs than the passage is. Where a document changes, the questions
of a changed passage fall away with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ManifestError
from corpus.parse.sentences import readable
from corpus.types import Chunk

FILE = "questions.jsonl"
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 3
"""A shorter passage must be the chunk; a longer one may contain it, or be a part of it."""


@dataclass(frozen=True, slots=True)
class AskedPassage:
    """A passage of a document with questions that it answers."""

    document: str
    section: str
    passage: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedChunk:
    """A question that a chunk answers."""

    chunk: str
    question: str


@dataclass(frozen=True, slots=True)
class Bound:
    """Questions by chunk, and what could not be bound."""

    asked: tuple[AskedChunk, ...]
    unbound: tuple[AskedPassage, ...]
    """Rows whose passage no document holds any more."""
    contradictory: tuple[str, ...] = ()
    """Questions written for passages of different documents; they are left out."""


def read_questions(path: Path) -> tuple[AskedPassage, ...]:
    """Read a question bank (JSONL); raise ManifestError naming file and line."""
    if not path.is_file():
        return ()
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            rows.append(
                AskedPassage(
                    row["document"], row["section"], row["passage"], tuple(row["questions"])
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ManifestError(
                f"{path}:{number}", f"no document, section, passage and questions ({error!r})",
                "Correct or remove the line",
            ) from error  # fmt: skip
    return tuple(rows)


def bind(passages: Iterable[AskedPassage], chunks: Iterable[Chunk]) -> Bound:
    """Return the questions by the chunks that their passages stand in."""
    by_document: dict[str, list[tuple[Chunk, str]]] = {}
    for chunk in chunks:
        by_document.setdefault(chunk.document, []).append((chunk, _folded(chunk.text)))
    asked: list[AskedChunk] = []
    unbound: list[AskedPassage] = []
    taken: dict[tuple[str, str, str], int] = {}
    for row in passages:
        same = _same(row, by_document.get(row.document, []))
        if not same:
            unbound.append(row)
            continue
        # The same passage twice under one heading: its rows go to its places in their order.
        key = (row.document, row.section, _folded(row.passage))
        place = taken.get(key, 0)
        taken[key] = place + 1
        for chunk in _places(same, place):
            asked.extend(AskedChunk(chunk.id, question) for question in row.questions)
    documents = {chunk.id: chunk.document for chunk, _ in _every(by_document)}
    contradictory = _contradictory(asked, documents)
    kept = (row for row in dict.fromkeys(asked) if row.question not in contradictory)
    return Bound(tuple(kept), tuple(unbound), tuple(sorted(contradictory)))


def _every(by_document: dict[str, list[tuple[Chunk, str]]]) -> Iterable[tuple[Chunk, str]]:
    return (pair for pairs in by_document.values() for pair in pairs)


def _contradictory(asked: Iterable[AskedChunk], documents: dict[str, str]) -> set[str]:
    """Return the questions that were written for passages of more than one document."""
    of: dict[str, set[str]] = {}
    for row in asked:
        of.setdefault(row.question, set()).add(documents[row.chunk])
    return {question for question, found in of.items() if len(found) > 1}


def _same(row: AskedPassage, chunks: list[tuple[Chunk, str]]) -> list[Chunk]:
    wanted = _folded(row.passage)
    equal = [chunk for chunk, text in chunks if text == wanted]
    long_enough = len(wanted.split()) >= _LEAST_WORDS
    found = equal or [
        chunk
        for chunk, text in chunks
        if long_enough
        and (wanted in text or (len(text.split()) >= _LEAST_WORDS and text in wanted))
    ]
    if not found:
        found = [chunk for chunk, _ in chunks if wanted in map(_folded, chunk.text.split("\n"))]
    section = _folded(row.section.split(" > ")[-1])
    return [chunk for chunk in found if section in map(_folded, chunk.path)] or found


def _places(chunks: list[Chunk], place: int) -> list[Chunk]:
    texts = {_folded(chunk.text) for chunk in chunks}
    return chunks if len(texts) > 1 else [chunks[min(place, len(chunks) - 1)]]


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(readable(text).lower()))
