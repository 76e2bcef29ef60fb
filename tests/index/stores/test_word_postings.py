"""Words found in memory are found with the scores that FTS5 itself gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from corpus.intake.question_bank import AskedChunk
from corpus.language.terms import query_terms
from corpus.types import BlockKind, Chunk, Span
from index.stores.word_index import WordIndex, WordWriter
from index.stores.word_postings import _counted

TEXTS = (
    ("tern", "Tern Mail stores mailboxes in Oslo.", "Where mail rests"),
    ("tern", "Backups of mailboxes are stored in Bergen, and stored twice.", "Backups"),
    ("tern", "Sign-in logs leave Norway; sign in again to see them.", "Sign-in"),
    ("heron", "Heron keeps café menus and mail for thirty days.", "Retention of mail"),
    ("heron", "Nothing is stored.", ""),
    ("heron", "Mail, mailing and mailed are one word to the stemmer.", "Mail mail mail"),
)
QUESTIONS = (
    "Where are mailboxes stored?", "mail", "Which sign-in logs leave Norway?", "cafe menus",
    "Is a giraffe stored?", "stored storing stores", "in-sign", "giraffes",
)  # fmt: skip


def chunks(document: str) -> Iterator[Chunk]:
    for number, (of, text, context) in enumerate(TEXTS):
        if of == document:
            yield Chunk(
                f"{of}-{number}", of, Span(number * 100, number * 100 + len(text)), text,
                BlockKind.PARAGRAPH, (), "", number, -1, context,
            )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    writer = WordWriter(tmp_path / "words.sqlite")
    for document in ("tern", "heron"):
        own = list(chunks(document))
        writer.add(document, own, [AskedChunk(one.id, f"What of {one.text}") for one in own])
    writer.close()
    return tmp_path / "words.sqlite"


def by_fts5(path: Path, question: str, documents: Sequence[str]) -> list[tuple[str, float]]:
    match = " OR ".join(f'"{term}"' for term in query_terms(question))
    marks = ", ".join("?" * len(documents))
    within = f"AND rowid IN (SELECT number FROM words_rows WHERE document IN ({marks}))"
    with sqlite3.connect(path) as connection:
        return connection.execute(
            "SELECT id, -bm25(words, 0, 1.0, 0.5) AS score FROM words WHERE words MATCH ? "
            f"{within if documents else ''} ORDER BY score DESC, rowid",
            (match, *documents),
        ).fetchall()


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("only", [(), ("heron",), ("tern", "heron"), ("nobody",)])
def test_scores_are_those_of_fts5(path: Path, question: str, only: tuple[str, ...]) -> None:
    index = WordIndex(path)
    found = [(one.id, one.score) for one in index.search(question, 50, only=only)]
    assert found == by_fts5(path, question, only)
    index.close()


def test_words_of_dropped_documents_are_not_found(path: Path, tmp_path: Path) -> None:
    writer = WordWriter(tmp_path / "next.sqlite", path)
    writer.drop(["tern"])
    writer.close()
    index = WordIndex(tmp_path / "next.sqlite")
    found = [(one.id, one.score) for one in index.search("mail stored", 50)]
    assert found == by_fts5(tmp_path / "next.sqlite", "mail stored", ())
    assert {id_.split("-")[0] for id_, _ in found} == {"heron"}
    index.close()


def test_a_question_without_content_words_finds_nothing(path: Path) -> None:
    index = WordIndex(path)
    assert index.search("Is it not so?", 50) == []
    assert index.search("the of", 50, asked=True) == []
    index.close()


def test_the_limit_and_the_order_are_kept_from_call_to_call(path: Path) -> None:
    index = WordIndex(path)
    first = index.search("mail stored in Oslo", 50)
    assert index.search("mail stored in Oslo", 2) == first[:2]
    assert index.search("mail stored in Oslo", 50) == first
    index.close()


def test_lengths_that_are_kept_are_those_that_are_counted(path: Path) -> None:
    kept = WordIndex(path)
    found = [kept.search(question, 5) for question in QUESTIONS]
    kept.close()
    with sqlite3.connect(path) as connection:
        rows, lengths = _counted(connection, "words")
        stored = connection.execute("SELECT rows, lengths FROM words_sizes").fetchall()
        assert stored == [(rows.tobytes(), lengths.tobytes())]
        assert lengths.min() > 0
        # As a build was written before they were kept.
        connection.execute("DROP TABLE words_sizes")
        connection.execute("DROP TABLE asked_sizes")

    old = WordIndex(path)

    assert [old.search(question, 5) for question in QUESTIONS] == found
    old.close()


def test_lengths_are_those_of_the_latest_rows(path: Path, tmp_path: Path) -> None:
    writer = WordWriter(tmp_path / "next.sqlite", path)
    writer.drop(["tern"])
    writer.close()

    with sqlite3.connect(tmp_path / "next.sqlite") as connection:
        stored = connection.execute("SELECT rows, lengths FROM words_sizes").fetchall()
        rows, lengths = _counted(connection, "words")
    assert stored == [(rows.tobytes(), lengths.tobytes())]
    assert len(rows) == 3
