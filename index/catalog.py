"""Documents, chunks and facts of a build in SQLite, looked up by id and by what they say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from corpus.facts.types import Fact, FactKind, FactStatus
from corpus.signals import Signal
from corpus.sources import parse_date
from corpus.types import BlockKind, Chunk, Description, Document, Span
from index.types import Note, StoredDocument

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT, service TEXT, publisher TEXT, date TEXT, source TEXT,
    licence TEXT, text TEXT, sha256 TEXT
) WITHOUT ROWID;
CREATE TABLE chunks (
    id TEXT PRIMARY KEY, document TEXT, start INTEGER, stop INTEGER, text TEXT, kind TEXT,
    path TEXT, lead_in TEXT, block INTEGER, member INTEGER, context TEXT, support TEXT,
    record INTEGER
) WITHOUT ROWID;
CREATE TABLE notes (
    chunk TEXT PRIMARY KEY, signals TEXT, places TEXT, around TEXT, placed REAL, located REAL
) WITHOUT ROWID;
CREATE TABLE facts (
    id TEXT PRIMARY KEY, document TEXT, chunk TEXT, kind TEXT, subject TEXT, value TEXT,
    places TEXT, data TEXT, conditions TEXT, exceptions TEXT, negated INTEGER, status TEXT,
    as_of TEXT, start INTEGER, stop INTEGER, support TEXT
) WITHOUT ROWID;
CREATE INDEX fact_place ON facts (document, start);
CREATE INDEX fact_chunk ON facts (chunk);
CREATE INDEX place ON chunks (document, start);
CREATE INDEX membership ON chunks (document, member);
"""
_Kept = TypeVar("_Kept", Chunk, Note)
_KEPT = 20_000
"""Chunks that a reader keeps in memory."""
_CHUNK = (
    "id, document, start, stop, text, kind, path, lead_in, block, member, context, support, record"
)

_FACT = (
    "id, document, chunk, kind, subject, value, places, data, conditions, exceptions, negated, "
    "status, as_of, start, stop, support"
)


def build_catalog(
    path: Path,
    documents: Iterable[Document],
    chunks: Iterable[Chunk],
    notes: Iterable[tuple[str, Note]],
    facts: Iterable[Fact] = (),
) -> None:
    """Write documents, chunks and what was read off them to a new file."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_document_row(document) for document in documents),
        )
        connection.executemany(
            f"INSERT INTO chunks ({_CHUNK}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_chunk_row(chunk) for chunk in chunks),
        )
        connection.executemany("INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?)", map(_note_row, notes))
        marks = ", ".join("?" * len(_FACT.split(", ")))
        connection.executemany(
            f"INSERT INTO facts ({_FACT}) VALUES ({marks})", map(_fact_row, facts)
        )
        connection.commit()
    finally:
        connection.close()


class Catalog:
    """The documents and chunks of a finished build, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        self._chunks: dict[str, Chunk] = {}
        self._notes: dict[str, Note] = {}
        self._places: dict[str, frozenset[str]] = {}

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return all documents in the order of their ids."""
        rows = self._connection.execute("SELECT * FROM documents ORDER BY id")
        return tuple(
            StoredDocument(
                Description(id_, title, service, publisher, parse_date(date), source, licence),
                text,
                sha256,
            )
            for id_, title, service, publisher, date, source, licence, text, sha256 in rows
        )

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Return the chunks of these ids; unknown ids are not in the result."""
        missing = [id_ for id_ in ids if id_ not in self._chunks]
        if missing:
            marks = ", ".join("?" * len(missing))
            query = f"SELECT {_CHUNK} FROM chunks WHERE id IN ({marks})"
            fresh = {row[0]: _chunk(row) for row in self._connection.execute(query, missing)}
            _remember(self._chunks, fresh)
        return {id_: self._chunks[id_] for id_ in ids if id_ in self._chunks}

    def notes(self, ids: Sequence[str]) -> dict[str, Note]:
        """Return what was read off the chunks of these ids."""
        missing = [id_ for id_ in ids if id_ not in self._notes]
        if missing:
            marks = ", ".join("?" * len(missing))
            query = f"SELECT * FROM notes WHERE chunk IN ({marks})"
            fresh = {row[0]: _note(*row[1:]) for row in self._connection.execute(query, missing)}
            _remember(self._notes, fresh)
        return {id_: self._notes[id_] for id_ in ids if id_ in self._notes}

    def places_named(self, document: str) -> frozenset[str]:
        """Return the ids of the places that a document names, and of those that contain them."""
        if document not in self._places:
            rows = self._connection.execute(
                "SELECT places, around FROM notes JOIN chunks ON chunk = id WHERE document = ?",
                (document,),
            )
            self._places[document] = frozenset(
                id_ for row in rows for ids in row for id_ in ids.split("\t") if id_
            )
        return self._places[document]

    def members(self, document: str, group: int) -> tuple[Chunk, ...]:
        """Return the chunks of one list, table or procedure in reading order."""
        return self._where("document = ? AND member = ?", (document, group))

    def block(self, document: str, block: int) -> tuple[Chunk, ...]:
        """Return the chunks of one block in reading order."""
        return self._where("document = ? AND block = ?", (document, block))

    def block_kind(self, document: str, kind: BlockKind) -> tuple[Chunk, ...]:
        """Return the chunks of one kind in a document."""
        return self._where("document = ? AND kind = ?", (document, kind.value))

    def neighbours(self, chunk: Chunk, reach: int = 600) -> tuple[Chunk, ...]:
        """Return the chunks that begin within `reach` code points around a chunk."""
        near = (chunk.document, chunk.span.start - reach, chunk.span.end + reach)
        return self._where("document = ? AND start BETWEEN ? AND ?", near)

    def facts(
        self,
        *,
        document: str | None = None,
        chunks: Sequence[str] | None = None,
        kind: FactKind | None = None,
    ) -> tuple[Fact, ...]:
        """Return facts by document and place; what is None does not restrict."""
        wanted: list[tuple[str, tuple[str, ...]]] = []
        if document is not None:
            wanted.append(("document = ?", (document,)))
        if kind is not None:
            wanted.append(("kind = ?", (kind.value,)))
        if chunks is not None:
            wanted.append((f"chunk IN ({', '.join('?' * len(chunks))})", tuple(chunks)))
        where = " AND ".join(condition for condition, _ in wanted) or "1 = 1"
        rows = self._connection.execute(
            f"SELECT {_FACT} FROM facts WHERE {where} ORDER BY document, start, kind",
            [value for _, values in wanted for value in values],
        )
        return tuple(_fact(row) for row in rows)

    def count(self) -> int:
        """Return the number of chunks."""
        return int(self._connection.execute("SELECT count(*) FROM chunks").fetchone()[0])

    def all_chunks(self) -> tuple[Chunk, ...]:
        """Return every chunk, by document and place."""
        return self._where("1 = 1", ())

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _where(self, condition: str, values: tuple[object, ...]) -> tuple[Chunk, ...]:
        query = f"SELECT {_CHUNK} FROM chunks WHERE {condition} ORDER BY document, start"
        return tuple(_chunk(row) for row in self._connection.execute(query, values))


def _remember(kept: dict[str, _Kept], fresh: dict[str, _Kept]) -> None:
    """Keep what was read; a build never changes. Started anew when it grows large."""
    if len(kept) > _KEPT:
        kept.clear()
    kept.update(fresh)


def _document_row(document: Document) -> tuple[object, ...]:
    about = document.about
    stated = about.date.isoformat() if about.date else None
    return (
        about.id, about.title, about.service, about.publisher, stated, about.source,
        about.licence, document.text, document.sha256,
    )  # fmt: skip


def _chunk_row(chunk: Chunk) -> tuple[object, ...]:
    return (
        chunk.id, chunk.document, chunk.span.start, chunk.span.end, chunk.text, chunk.kind.value,
        json.dumps(chunk.path, ensure_ascii=False), chunk.lead_in, chunk.block, chunk.group,
        chunk.context, json.dumps(chunk.support), chunk.record,
    )  # fmt: skip


def _note_row(noted: tuple[str, Note]) -> tuple[object, ...]:
    chunk, note = noted
    return (
        chunk, " ".join(sorted(note.signals)), "\t".join(sorted(note.places)),
        "\t".join(sorted(note.around)), note.placed, note.located,
    )  # fmt: skip


def _fact_row(fact: Fact) -> tuple[object, ...]:
    return (
        fact.id, fact.document, fact.chunk, fact.kind.value, fact.subject, fact.value,
        _listed(fact.places), _listed(fact.data), _listed(fact.conditions),
        _listed(fact.exceptions), fact.negated, fact.status.value,
        fact.as_of.isoformat() if fact.as_of else None, fact.span.start, fact.span.end,
        json.dumps(fact.support),
    )  # fmt: skip


def _listed(words: tuple[str, ...]) -> str:
    return json.dumps(words, ensure_ascii=False)


def _fact(row: tuple[Any, ...]) -> Fact:
    (id_, document, chunk, kind, subject, value, places, data, conditions, exceptions, negated,
     status, as_of, start, stop, support) = row  # fmt: skip
    return Fact(
        id_, document, chunk, FactKind(kind), subject, value, _path(places), _path(data),
        _path(conditions), _path(exceptions), bool(negated), FactStatus(status),
        parse_date(as_of), Span(start, stop), _spans(support),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _note(signals: str, places: str, around: str, placed: float, located: float) -> Note:
    return Note(
        frozenset(map(Signal, signals.split())),
        frozenset(filter(None, places.split("\t"))),
        frozenset(filter(None, around.split("\t"))),
        placed,
        located,
    )


def _chunk(row: tuple[str, str, int, int, str, str, str, str, int, int, str, str, int]) -> Chunk:
    (
        id_,
        document,
        start,
        stop,
        text,
        kind,
        path,
        lead_in,
        block,
        group,
        context,
        support,
        record,
    ) = row
    return Chunk(
        id_, document, Span(start, stop), text, BlockKind(kind), _path(path), lead_in,
        block, group, context, _spans(support), bool(record),
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _spans(stored: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(stored))


@lru_cache(maxsize=1024)
def _path(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))
