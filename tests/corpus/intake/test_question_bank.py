"""Questions are bound to passages by their text; what is gone stays unbound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.chunk import chunk_document
from corpus.errors import ManifestError
from corpus.intake.question_bank import FILE, AskedPassage, bind, consistent, read_questions
from corpus.intake.sources import BUNDLED, find_files, load
from corpus.types import Chunk


def _chunks(folder: Path) -> list[Chunk]:
    documents = load(find_files((folder,))).documents
    return [chunk for document in documents for chunk in chunk_document(document)]


def test_the_bundled_bank_is_bound() -> None:
    rows = read_questions(BUNDLED / FILE)
    bound = bind(rows, _chunks(BUNDLED))
    assert len(rows) == 315
    # Single lines of a longer command, and cells of two words, are no chunks of their own.
    assert len(bound.unbound) <= 6
    assert len({row.chunk for row in bound.asked}) >= 300


def test_a_changed_passage_loses_its_questions(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nData stays in Oslo. Logs stay in Bergen.\n")
    rows = [
        AskedPassage("a", "A", "Data stays in Oslo.", ("Where?",)),
        AskedPassage("a", "A", "Data stays in Rome.", ("Where else?",)),
        AskedPassage("gone", "A", "Data stays in Oslo.", ("Who?",)),
    ]
    chunks = _chunks(tmp_path)
    bound = bind(rows, chunks)
    assert [(row.chunk, row.question) for row in bound.asked] == [(chunks[0].id, "Where?")]
    assert [row.passage for row in bound.unbound] == ["Data stays in Rome.", "Data stays in Oslo."]


def test_a_passage_that_occurs_twice_is_bound_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\n- Kept in the US.\n- Other.\n- Kept in the US.\n")
    rows = [
        AskedPassage("a", "A", "- Kept in the US.", ("First?",)),
        AskedPassage("a", "A", "- Kept in the US.", ("Second?",)),
    ]
    chunks = _chunks(tmp_path)
    assert [row.chunk for row in bind(rows, chunks).asked] == [chunks[0].id, chunks[2].id]


def test_a_malformed_row_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"document": "a"}\n')
    with pytest.raises(ManifestError, match=r"questions\.jsonl:1"):
        read_questions(tmp_path / FILE)
    assert read_questions(tmp_path / "none.jsonl") == ()


def test_a_question_for_two_documents_is_left_out_and_named() -> None:
    chunks = [
        replace(_chunks(BUNDLED)[0], id=name, document=name, text=f"Data of {name} is here.")
        for name in ("north", "south")
    ]
    rows = [
        AskedPassage(chunk.document, "", chunk.text, ("where is it?", f"and {chunk.document}?"))
        for chunk in chunks
    ]
    kept, both = consistent((*rows, rows[0]))
    assert both == ["where is it?"]
    bound = bind(kept, chunks)
    assert sorted(row.question for row in bound.asked) == ["and north?", "and south?"]
