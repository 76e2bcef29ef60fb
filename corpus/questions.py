"""Questions written ahead for passages, bound to them by their text.

People share few words with the documents; a question that somebody else asked of the same
passage is often nearer to theirs than the passage is. Where a document changes, the questions
of a changed passage fall away with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    return Bound(tuple(dict.fromkeys(asked)), tuple(unbound))


def consistent(passages: Iterable[AskedPassage]) -> tuple[tuple[AskedPassage, ...], list[str]]:
    """Return the rows without questions that were written for passages of several documents, and
    those questions: they tell nothing of either.
    """
    rows = tuple(passages)
    of: dict[str, set[str]] = {}
    for row in rows:
        for question in row.questions:
            of.setdefault(question, set()).add(row.document)
    both = {question for question, documents in of.items() if len(documents) > 1}
    kept = tuple(
        replace(row, questions=tuple(q for q in row.questions if q not in both)) for row in rows
    )
    return kept, sorted(both)


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
