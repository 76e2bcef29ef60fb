"""What the encoder learns from: passages, and questions that they answer.

Sources: the question bank beside the bundled documents, and residency documents of fictional
services (`documents/`), each with a file of questions. All were written for the project. A
passage is trained on as the index embeds it, with its headings and lead-in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.chunk import chunk_document, said
from corpus.errors import ManifestError
from corpus.intake.question_bank import FILE, AskedPassage, bind, read_questions
from corpus.intake.sources import BUNDLED, find_files, load
from corpus.types import Chunk

FICTIONAL = Path(__file__).parent / "documents"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with the questions that it answers."""

    document: str
    context: str
    """As the index embeds it."""
    text: str
    """The passage alone."""
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything to train on."""

    passages: tuple[Passage, ...]
    unbound: tuple[AskedPassage, ...]
    """Rows whose passage stands in no document any more."""


def read_material(left_out: Iterable[tuple[str, str]] = ()) -> Material:
    """Read all pairs but those of the passages `left_out`, given as document id and text."""
    held = set(left_out)
    bundled = _material(BUNDLED, _bundled_rows(held))
    fictional = _material(FICTIONAL, _fictional_rows())
    return Material(
        (*bundled.passages, *fictional.passages), (*bundled.unbound, *fictional.unbound)
    )


def _bundled_rows(left_out: set[tuple[str, str]]) -> Iterator[AskedPassage]:
    for row in read_questions(BUNDLED / FILE):
        if (row.document, row.passage) not in left_out:
            yield row


def _fictional_rows() -> Iterator[AskedPassage]:
    for file in sorted(FICTIONAL.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                yield AskedPassage(file.stem, "", row["passage"], tuple(row["questions"]))
            except (ValueError, KeyError, TypeError) as error:
                raise ManifestError(
                    f"{file}:{number}", f"no passage and questions ({error!r})",
                    "Correct or remove the line",
                ) from error  # fmt: skip


def _material(folder: Path, rows: Iterable[AskedPassage]) -> Material:
    documents = load(find_files((folder,))).documents
    chunks = {chunk.id: chunk for document in documents for chunk in chunk_document(document)}
    bound = bind(rows, chunks.values())
    asked: dict[str, list[str]] = {}
    for row in bound.asked:
        asked.setdefault(row.chunk, []).append(row.question)
    passages = tuple(_passage(chunks[name], questions) for name, questions in asked.items())
    return Material(passages, bound.unbound)


def _passage(chunk: Chunk, questions: list[str]) -> Passage:
    return Passage(chunk.document, chunk.context, said(chunk), tuple(questions))
