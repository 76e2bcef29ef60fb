"""Questions written ahead for passages, bound to them by their text.

People share few words with the documents; a question that somebody else asked of the same
passage is often nearer to theirs than the passage is. Where a document changes, the questions
of a changed passage fall away with it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import ManifestError
from corpus.language.sentences import readable
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
    if not os.path.isfile(path):  # noqa: PTH113 - that of Path raises where it may not look
        return ()
    try:
        # A line may hold what str.splitlines takes for an end of line.
        lines = path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(
            str(path), f"cannot be read ({error})", "Save it as UTF-8 or remove it"
        ) from error
    rows = []
    for number, line in enumerate(lines if lines != [""] else [], 1):
        try:
            rows.append(_row(json.loads(line)))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ManifestError(
                f"{path}:{number}", f"no document, section, passage and questions ({error!r})",
                "Correct or remove the line",
            ) from error  # fmt: skip
    return tuple(rows)


def _row(row: Mapping[str, Any]) -> AskedPassage:
    """Return what a line says; raise what tells that it says something else."""
    document, section, passage = row["document"], row["section"], row["passage"]
    questions = row["questions"]
    if not isinstance(questions, list):
        raise TypeError("questions is no list")
    for text in (document, section, passage, *questions):
        if not isinstance(text, str):
            raise TypeError(f"{text!r:.40} is no text")
        # A lone surrogate can be spelled in JSON, and stored nowhere.
        text.encode()
    return AskedPassage(document, section, passage, tuple(questions))


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
