"""Questions that a language model writes for passages that nobody has written questions for.

People ask in other words than documents use; a question written ahead for a passage is often
nearer to theirs. Each one is kept only when looking it up finds its passage.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from assistant.errors import LedgerError, QuestionError
from assistant.model.chat_model import ChatModel, Usage
from assistant.model.evidence_given import said_of, tokens
from assistant.model.faults import Fault, ModelFault
from assistant.model.json_objects import objects
from assistant.model.ledger import Ledger
from assistant.model.prompts import read_prompts
from assistant.model.reply import ids_of, storable
from corpus.intake.question_bank import FILE, read_questions
from corpus.types import BlockKind, Chunk
from index.building.build import BUNDLED_SOURCE
from index.home.paths import replace_text
from index.searching.reader import IndexReader
from index.types import Hit

_LOG = logging.getLogger(__name__)
_BATCH = 20
_FEWEST_WORDS = 4
_LONGEST = 300
"""Code points of a question."""
_FOUND_AMONG = 5
"""Places among which looking a question up must put its passage."""
_MOST = 5
"""Questions of one passage."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing questions."""

    passages: int
    """Passages that now have questions."""
    kept: int
    dropped: int
    """Questions that do not find their passage."""
    faults: tuple[str, ...]
    """Why the model did not write for some passages."""


def write_questions(
    index: IndexReader,
    folder: Path,
    model: ChatModel,
    ledger: Ledger,
    find: Callable[[str], Sequence[Hit]],
    *,
    seconds: float,
    tokens_a_day: int = 0,
    progress: Callable[[str], None] = lambda message: None,
) -> Written:
    """Write questions for the passages of `folder`'s documents and add them to its bank.

    Passages that have questions are left out. What was written before a fault is kept.
    """
    chunks = _unasked(index, folder)
    faults: list[str] = []
    passages = kept = dropped = 0
    for batch in _batches(chunks):
        progress(f"writing questions for {batch[0].document}: {len(batch)} passages")
        try:
            written = _ask(batch, index, model, ledger, time.monotonic() + seconds, tokens_a_day)
        except (ModelFault, LedgerError) as fault:
            faults.append(str(fault))
            _LOG.warning("%s", fault)
            continue
        rows: list[str] = []
        for chunk, questions in written:
            found = [question for question in questions if _finds(question, chunk, find)]
            kept += len(found)
            dropped += len(questions) - len(found)
            passages += bool(found)
            if found:
                rows.append(_row(chunk, found, model.name))
        _add(folder / FILE, rows)
    return Written(passages, kept, dropped, tuple(dict.fromkeys(faults)))


def _unasked(index: IndexReader, folder: Path) -> list[Chunk]:
    """Return the passages of a folder's documents that have no questions yet."""
    known = {(row.document, row.passage) for row in read_questions(folder / FILE)}
    own = {file.document for file in index.catalog.files() if file.source != BUNDLED_SOURCE}
    return [
        chunk
        for chunk in index.catalog.all_chunks()
        if chunk.document in own
        and chunk.kind is not BlockKind.FIELD
        and len(chunk.text.split()) >= _FEWEST_WORDS
        and (chunk.document, chunk.text) not in known
        and said_of(chunk)
    ]


def _batches(chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """Yield the passages of one document at a time, a few each."""
    for document in dict.fromkeys(chunk.document for chunk in chunks):
        own = iter([chunk for chunk in chunks if chunk.document == document])
        while batch := list(islice(own, _BATCH)):
            yield batch


def _ask(
    batch: Sequence[Chunk],
    index: IndexReader,
    model: ChatModel,
    ledger: Ledger,
    until: float,
    most: int,
) -> list[tuple[Chunk, list[str]]]:
    about = index.documents[batch[0].document].about
    told = [f"[p{n}] {' > '.join(c.path)}: {said_of(c)}" for n, c in enumerate(batch, 1)]
    human = "\n".join((f"Document: {about.title} ({about.service})", *told))
    system = read_prompts().questions
    if most and ledger.spent_today() + tokens(system + human) > most:
        raise ModelFault(Fault.BUDGET, f"{most:,} a day")
    texts, usage = list[str](), Usage()
    try:
        for delta in model.reply(system, human, until):
            texts.append(delta.text)
            usage += delta.usage
    finally:
        if texts:
            counted = (
                usage if usage.total else Usage(tokens(system + human), tokens("".join(texts)))
            )
            ledger.spend(counted)
    said = "".join(texts)
    named = {f"p{n}": chunk for n, chunk in enumerate(batch, 1)}
    return [
        (named[one], _questions(row.get("questions")))
        for row in objects(said)
        for one in ids_of(row.get("passage"))
        if one in named
    ]


def _questions(value: object) -> list[str]:
    """Return what can be questions of what a model wrote there."""
    if not isinstance(value, list):
        return []
    texts = [storable(" ".join(item.split())) for item in value if isinstance(item, str)]
    return [text for text in dict.fromkeys(texts) if 0 < len(text) <= _LONGEST][:_MOST]


def _finds(question: str, chunk: Chunk, find: Callable[[str], Sequence[Hit]]) -> bool:
    try:
        return any(hit.chunk.id == chunk.id for hit in find(question)[:_FOUND_AMONG])
    except QuestionError:
        return False


def _row(chunk: Chunk, questions: Sequence[str], model: str) -> str:
    return json.dumps(
        {
            "document": chunk.document,
            "section": " > ".join(chunk.path),
            "passage": chunk.text,
            "questions": questions,
            "written_by": model,
        },
        ensure_ascii=False,
    )


def _add(path: Path, rows: Sequence[str]) -> None:
    """Add rows to a bank, whole or not at all."""
    if rows:
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        before += "" if not before or before.endswith("\n") else "\n"
        replace_text(path, before + "\n".join(rows) + "\n")
