"""Writes the catalog of a build: from nothing, or from the catalog of the build before."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from corpus.intake.question_bank import AskedChunk
from corpus.types import BlockKind, Chunk, Description
from index.stores.catalog import CHUNK_COLUMNS, FILE_COLUMNS
from index.stores.statement_rows import COLUMNS, row_of
from index.stores.structures import contents_json, left_out_json, pack_structure
from index.types import FileRecord, Note, Prepared, Vectors

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT, service TEXT, publisher TEXT, date TEXT, source TEXT,
    licence TEXT, supersedes TEXT, text TEXT, sha256 TEXT, pages TEXT, identity TEXT,
    placed INTEGER, left_out TEXT, contents TEXT
) WITHOUT ROWID;
CREATE TABLE structures (document TEXT PRIMARY KEY, packed BLOB);
CREATE TABLE chunks (
    id TEXT PRIMARY KEY, document TEXT, start INTEGER, stop INTEGER, text TEXT, kind TEXT,
    path TEXT, lead_in TEXT, block INTEGER, member INTEGER, context TEXT, support TEXT,
    record INTEGER, pairs TEXT, key TEXT
) WITHOUT ROWID;
CREATE TABLE notes (
    chunk TEXT PRIMARY KEY, signals TEXT, places TEXT, around TEXT, placed REAL, located REAL
) WITHOUT ROWID;
CREATE TABLE statements (
    id TEXT PRIMARY KEY, document TEXT, chunk TEXT, kind TEXT, subject TEXT, part_of TEXT,
    aliases TEXT, value TEXT, said TEXT, places TEXT, data TEXT, conditions TEXT, exceptions TEXT,
    negated INTEGER, modality TEXT, sole INTEGER, status TEXT, as_of TEXT, member TEXT,
    start INTEGER, stop INTEGER, support TEXT
) WITHOUT ROWID;
CREATE TABLE asked (
    id TEXT, collection TEXT, chunk TEXT, document TEXT, question TEXT,
    PRIMARY KEY (collection, id)
) WITHOUT ROWID;
CREATE TABLE files (
    source TEXT, name TEXT, path TEXT, state TEXT, reason TEXT, document TEXT, sha256 TEXT,
    identity TEXT, stamp TEXT, checked INTEGER, size INTEGER, duplicate_of TEXT, warnings TEXT,
    compared TEXT, PRIMARY KEY (source, name)
) WITHOUT ROWID;
CREATE TABLE parses (key BLOB, document TEXT, packed BLOB, PRIMARY KEY (key, document))
    WITHOUT ROWID;
CREATE TABLE editions (older TEXT PRIMARY KEY, newer TEXT) WITHOUT ROWID;
CREATE INDEX statement_place ON statements (document, start);
CREATE INDEX statement_chunk ON statements (chunk);
CREATE INDEX place ON chunks (document, start);
CREATE INDEX membership ON chunks (document, member);
CREATE INDEX asked_of ON asked (document);
CREATE INDEX parse_of ON parses (document);
CREATE VIEW embedded AS
    SELECT 'chunks' AS collection, id || '/' || key AS id, context AS text FROM chunks
    UNION ALL
    SELECT collection, id, question FROM asked
    UNION ALL
    SELECT 'placed', chunks.id || '/' || key, context FROM chunks
    JOIN documents ON documents.id = chunks.document
    WHERE placed AND EXISTS (SELECT 1 FROM documents WHERE NOT placed);
"""
"""The view lists what has a vector. The id of a vector is its chunk and a hash of its text: what
is said in other words gets another one."""
_ALL = "SELECT id, text FROM {base}.embedded WHERE collection = '{which}'"
_OF_TOUCHED = {
    Vectors.CHUNKS: "SELECT id || '/' || key AS id, context AS text FROM {base}.chunks "
    "WHERE document IN temp.touched",
    Vectors.PLACED: "SELECT chunks.id || '/' || key AS id, context AS text FROM {base}.chunks "
    "JOIN {base}.documents ON documents.id = chunks.document "
    "WHERE placed AND document IN temp.touched",
}
_ASKED_OF_TOUCHED = (
    "SELECT id, question AS text FROM {base}.asked WHERE collection = '{which}' "
    "AND document IN temp.touched"
)
"""The same of the documents that were left out or taken in: all others have the vectors that they
had."""
_ASKED = 500
"""Keys looked up at once."""
_OF_DOCUMENT = (
    "DELETE FROM notes WHERE chunk IN (SELECT id FROM chunks WHERE document = ?)",
    "DELETE FROM chunks WHERE document = ?",
    "DELETE FROM statements WHERE document = ?",
    "DELETE FROM asked WHERE document = ?",
    "DELETE FROM structures WHERE document = ?",
    "DELETE FROM parses WHERE document = ?",
    "DELETE FROM documents WHERE id = ?",
)


def text_key(text: str) -> str:
    """Return a short hash of what a vector stands for."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class CatalogWriter:
    """A catalog that is being written; nobody reads it before it is closed."""

    def __init__(self, path: Path, base: Path | None = None) -> None:
        """Begin a catalog; `base` is the one that it starts from."""
        if base is not None:
            shutil.copyfile(base, path)
        # No journal: a catalog whose writer died is thrown away.
        self._has_base = base is not None
        self._connection = sqlite3.connect(path, uri=True)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        if base is None:
            self._connection.executescript(_SCHEMA)
        else:
            self._connection.execute("ATTACH ? AS base", (f"{base.as_uri()}?mode=ro",))
            self._connection.execute("CREATE TEMP TABLE touched (document TEXT PRIMARY KEY)")

    def drop(self, documents: Iterable[str]) -> None:
        """Delete all that is known of documents."""
        for document in documents:
            self._touch(document)
            for statement in _OF_DOCUMENT:
                self._connection.execute(statement, (document,))

    def add(self, prepared: Prepared) -> None:
        """Write a document with what was read off it."""
        execute = self._connection.executemany
        document = prepared.document
        self._touch(document.id)
        execute(f"INSERT INTO documents VALUES ({_marks(15)})", [_document_row(prepared)])
        packed = pack_structure(document.sections, document.blocks)
        execute("INSERT INTO structures VALUES (?, ?)", [(document.id, packed)])
        execute(
            "INSERT INTO parses VALUES (?, ?, ?)",
            [(key, document.id, packed) for key, packed in prepared.parses],
        )
        execute(
            f"INSERT INTO chunks ({CHUNK_COLUMNS}, key) VALUES ({_marks(15)})",
            map(_chunk_row, prepared.chunks),
        )
        execute(f"INSERT INTO notes VALUES ({_marks(6)})", map(_note_row, prepared.notes))
        execute(
            f"INSERT INTO statements ({', '.join(COLUMNS)}) VALUES ({_marks(len(COLUMNS))})",
            map(row_of, prepared.statements),
        )
        execute(
            f"INSERT OR IGNORE INTO asked VALUES ({_marks(5)})",
            (_asked_row(row, Vectors.ASKED, document.id) for row in prepared.asked),
        )

    def write_files(self, records: Iterable[FileRecord]) -> None:
        """Write what became of every file."""
        self._connection.execute("DELETE FROM files")
        self._connection.executemany(
            f"INSERT OR REPLACE INTO files ({FILE_COLUMNS}) VALUES ({_marks(14)})",
            map(_file_row, records),
        )

    def write_editions(self, successors: Mapping[str, str]) -> None:
        """Write which documents are older editions, and of which."""
        self._connection.execute("DELETE FROM editions")
        self._connection.executemany("INSERT INTO editions VALUES (?, ?)", successors.items())

    def abouts(self) -> list[Description]:
        """Return what is said of every document, by id; licences left out."""
        rows = self._connection.execute(
            "SELECT id, title, service, publisher, date, source, supersedes FROM main.documents "
            "ORDER BY id"
        )
        return [
            Description(
                id_, title, service, publisher, date.fromisoformat(stated) if stated else None,
                source, "", tuple(json.loads(older)),
            )
            for id_, title, service, publisher, stated, source, older in rows
        ]  # fmt: skip

    def text(self, document: str) -> str:
        """Return the text of a document."""
        query = "SELECT text FROM main.documents WHERE id = ?"
        return str(self._connection.execute(query, (document,)).fetchone()[0])

    def passages(self, document: str) -> frozenset[str]:
        """Return the passages of a document without their white space, fields left out."""
        query = "SELECT text FROM main.chunks WHERE document = ? AND kind != ?"
        rows = self._connection.execute(query, (document, BlockKind.FIELD.value))
        return frozenset("".join(text.split()) for (text,) in rows)

    def parses(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return kept parses by key: those of documents taken in so far, and of the base."""
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _ASKED):
            part = keys[start : start + _ASKED]
            for of in ("main", "base") if self._has_base else ("main",):
                query = f"SELECT key, packed FROM {of}.parses WHERE key IN ({_marks(len(part))})"
                found.update(self._connection.execute(query, part))
        return found

    def to_embed(self, which: Vectors) -> list[tuple[str, str]]:
        """Return id and text of the vectors that the base has not, in order of their ids."""
        if not self._has_base:
            return self.embedded(which)
        query = (
            f"SELECT id, text FROM ({self._vectors('main', which)}) WHERE id NOT IN "
            f"(SELECT id FROM ({self._vectors('base', which)})) ORDER BY id"
        )
        return self._connection.execute(query).fetchall()

    def embedded(self, which: Vectors) -> list[tuple[str, str]]:
        """Return id and text of all vectors of a set, in order of their ids."""
        query = f"SELECT id, text FROM ({_ALL.format(base='main', which=which.value)}) ORDER BY id"
        return self._connection.execute(query).fetchall()

    def count(self, which: Vectors) -> int:
        """Return the number of vectors of a set."""
        query = "SELECT count(*) FROM main.embedded WHERE collection = ?"
        return int(self._connection.execute(query, (which.value,)).fetchone()[0])

    def outdated(self, which: Vectors) -> list[str]:
        """Return the ids of the base's vectors that are no longer wanted."""
        if not self._has_base:
            return []
        query = (
            f"SELECT id FROM ({self._vectors('base', which)}) WHERE id NOT IN "
            f"(SELECT id FROM ({self._vectors('main', which)}))"
        )
        return [id_ for (id_,) in self._connection.execute(query)]

    def _vectors(self, base: str, which: Vectors) -> str:
        """Return what selects the vectors of a set that may be in one of the catalogs alone."""
        if which is Vectors.PLACED and not (self._is_apart("main") and self._is_apart("base")):
            # Whether there is such a set at all depends on all documents.
            return _ALL.format(base=base, which=which.value)
        return _OF_TOUCHED.get(which, _ASKED_OF_TOUCHED).format(base=base, which=which.value)

    def _is_apart(self, base: str) -> bool:
        """Tell whether documents that are about where data is are searched apart too."""
        query = f"SELECT EXISTS (SELECT 1 FROM {base}.documents WHERE NOT placed)"
        return bool(self._connection.execute(query).fetchone()[0])

    def _touch(self, document: str) -> None:
        if self._has_base:
            self._connection.execute("INSERT OR IGNORE INTO temp.touched VALUES (?)", (document,))

    def documents(self) -> list[str]:
        """Return the ids of all documents."""
        return [id_ for (id_,) in self._connection.execute("SELECT id FROM main.documents")]

    def chunk_ids(self) -> list[str]:
        """Return the ids of all chunks."""
        return [id_ for (id_,) in self._connection.execute("SELECT id FROM main.chunks")]

    def close(self) -> None:
        """Finish the file."""
        self._connection.commit()
        self._connection.close()


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _document_row(prepared: Prepared) -> tuple[object, ...]:
    document, about = prepared.document, prepared.document.about
    stated = about.date.isoformat() if about.date else None
    return (
        about.id, about.title, about.service, about.publisher, stated, about.source,
        about.licence, _listed(about.supersedes), document.text, document.sha256,
        json.dumps(document.pages), prepared.identity, prepared.placed,
        left_out_json(document.left_out), contents_json(document.contents),
    )  # fmt: skip


def _chunk_row(chunk: Chunk) -> tuple[object, ...]:
    return (
        chunk.id, chunk.document, chunk.span.start, chunk.span.end, chunk.text, chunk.kind.value,
        _listed(chunk.path), chunk.lead_in, chunk.block, chunk.group, chunk.context,
        json.dumps(chunk.support), chunk.record, json.dumps(chunk.pairs), text_key(chunk.context),
    )  # fmt: skip


def _note_row(noted: tuple[str, Note]) -> tuple[object, ...]:
    chunk, note = noted
    return (
        chunk, " ".join(sorted(note.signals)), "\t".join(sorted(note.places)),
        "\t".join(sorted(note.around)), note.placed, note.located,
    )  # fmt: skip


def _asked_row(row: AskedChunk, which: Vectors, document: str) -> tuple[object, ...]:
    return (f"{row.chunk}/{text_key(row.question)}", which.value, row.chunk, document, row.question)


def _file_row(record: FileRecord) -> tuple[object, ...]:
    stamp = json.dumps(record.stamp) if record.stamp else ""
    return (
        record.source, record.name, record.path, record.state.value, record.reason,
        record.document, record.sha256, record.identity, stamp, record.checked_ns, record.size,
        record.duplicate_of, _listed(record.warnings), _listed(record.compared),
    )  # fmt: skip


def _listed(words: Sequence[str]) -> str:
    return json.dumps(words, ensure_ascii=False)
