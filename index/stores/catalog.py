"""Documents, chunks and facts of a build in SQLite, looked up by id and by what they say.

Written by `index.stores.catalog_writer`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from corpus.facts.types import Statement, StatementKind, Subject
from corpus.intake.walk import Stamp
from corpus.language.signals import Signal
from corpus.types import Block, BlockKind, Chunk, Description, Pair, Section, Span
from index.stores.statement_rows import COLUMNS, statement_of
from index.stores.structures import contents_of, left_out_of, unpack_structure
from index.types import FileRecord, FileState, Note, StoredDocument, Vectors

_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")
_EMPTY_BOXES = ("[ ]", "☐")
_KEPT = 20_000
"""Chunks, groups of them, and statements that a reader keeps in memory."""
_ASKED_AT_ONCE = 10_000
"""Ids in one query; SQLite takes 32,766 (its documented limit of variables)."""
_OF_NO_DATA = (
    StatementKind.COMMAND.value,
    StatementKind.STEP.value,
    StatementKind.DEFINED.value,
    StatementKind.CONTACT.value,
    StatementKind.DATE.value,
)
"""Kinds of statements whose places are not where data is: manuals name a region in each command,
licences the country of a trademark."""
FILE_COLUMNS = (
    "source, name, path, state, reason, document, sha256, identity, stamp, checked, size, "
    "duplicate_of, warnings, compared"
)
CHUNK_COLUMNS = (
    "id, document, start, stop, text, kind, path, lead_in, block, member, context, support, "
    "record, pairs"
)


class Catalog:
    """The documents and chunks of a finished build, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        self._chunks: dict[str, Chunk] = {}
        self._notes: dict[str, Note] = {}
        self._groups: dict[tuple[str, tuple[object, ...]], tuple[Chunk, ...]] = {}
        self._places: dict[str, frozenset[str]] = {}
        self._statements: dict[str, tuple[Statement, ...]] = {}
        self._unticked: dict[str, frozenset[int]] = {}

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return all documents in the order of their ids."""
        rows = self._connection.execute(
            "SELECT id, title, service, publisher, date, source, licence, supersedes, text, "
            "sha256, pages, left_out FROM documents ORDER BY id"
        )
        older: dict[str, list[str]] = {}
        for before, newer in self._connection.execute("SELECT older, newer FROM editions"):
            older.setdefault(newer, []).append(before)
        return tuple(_document(row, older.get(row[0], ())) for row in rows)

    def identities(self) -> dict[str, str]:
        """Return, by document id, the hash of all that the document was made of."""
        return dict(self._connection.execute("SELECT id, identity FROM documents"))

    def structure(self, document: str) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
        """Return the sections and blocks of a document of the build."""
        query = "SELECT packed FROM structures WHERE document = ?"
        return unpack_structure(self._connection.execute(query, (document,)).fetchone()[0])

    def unticked(self, document: str) -> frozenset[int]:
        """Return the blocks of a document whose box is not ticked: what they say is not so."""
        known = self._unticked.get(document)
        if known is None:
            query = "SELECT instr(text, ?) + instr(text, ?) FROM documents WHERE id = ?"
            row = self._connection.execute(query, (*_EMPTY_BOXES, document)).fetchone()
            blocks = self.structure(document)[1] if row and row[0] else ()
            known = frozenset(n for n, block in enumerate(blocks) if block.checked is False)
            _remember(self._unticked, {document: known})
        return known

    def files(self) -> tuple[FileRecord, ...]:
        """Return every file that was looked at, by source and name."""
        columns = ", ".join(f"files.{name}" for name in FILE_COLUMNS.split(", "))
        rows = self._connection.execute(
            f"SELECT {columns}, left_out, contents FROM files LEFT JOIN documents "
            "ON documents.id = files.document AND files.state = 'ok' "
            "ORDER BY files.source, files.name"
        )
        return tuple(map(_file, rows))

    def parses(self, keys: Collection[bytes]) -> dict[bytes, bytes]:
        """Return the trees that are kept under keys; none of a build from before they were kept."""
        if not keys or not self._keeps_parses:
            return {}
        marks = ", ".join("?" * len(keys))
        query = f"SELECT key, packed FROM parses WHERE key IN ({marks})"
        return dict(self._connection.execute(query, tuple(keys)))

    @cached_property
    def _keeps_parses(self) -> bool:
        query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'parses'"
        return self._connection.execute(query).fetchone() is not None

    def texts(self, which: Vectors) -> Iterator[tuple[str, str]]:
        """Yield id and text of all that one set of vectors holds."""
        query = "SELECT id, text FROM embedded WHERE collection = ?"
        yield from self._connection.execute(query, (which.value,))

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each table, and of vectors in each set."""
        found = {
            table: int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table in ("documents", "chunks", "notes", "statements", "asked")
        }
        failed = "SELECT count(*) FROM files WHERE state = 'failed'"
        found["failed files"] = int(self._connection.execute(failed).fetchone()[0])
        for which in Vectors:
            query = "SELECT count(*) FROM embedded WHERE collection = ?"
            row = self._connection.execute(query, (which.value,)).fetchone()
            found[f"vectors of {which.value}"] = int(row[0])
        return found

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Return the chunks of these ids; unknown ids are not in the result."""
        found = {id_: self._chunks[id_] for id_ in ids if id_ in self._chunks}
        missing = [id_ for id_ in ids if id_ not in found]
        for first in range(0, len(missing), _ASKED_AT_ONCE):
            some = missing[first : first + _ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            query = f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE id IN ({marks})"
            fresh = {row[0]: _chunk(row) for row in self._connection.execute(query, some)}
            _remember(self._chunks, fresh)
            found |= fresh
        return {id_: found[id_] for id_ in ids if id_ in found}

    def chunk_ids(self, documents: Collection[str], limit: int) -> tuple[str, ...]:
        """Return the ids of the first chunks of documents."""
        marks = ", ".join("?" * len(documents))
        query = (
            f"SELECT id FROM chunks WHERE document IN ({marks}) ORDER BY document, start LIMIT ?"
        )
        rows = self._connection.execute(query, (*sorted(documents), limit))
        return tuple(id_ for (id_,) in rows)

    def notes(self, ids: Sequence[str]) -> dict[str, Note]:
        """Return what was read off the chunks of these ids."""
        found = {id_: self._notes[id_] for id_ in ids if id_ in self._notes}
        missing = [id_ for id_ in ids if id_ not in found]
        if missing:
            marks = ", ".join("?" * len(missing))
            query = f"SELECT * FROM notes WHERE chunk IN ({marks})"
            fresh = {row[0]: _note(*row[1:]) for row in self._connection.execute(query, missing)}
            _remember(self._notes, fresh)
            found |= fresh
        return {id_: found[id_] for id_ in ids if id_ in found}

    def asked(self, chunks: Sequence[str], which: Vectors) -> list[tuple[str, str]]:
        """Return the questions written for chunks, or made for them, each after its chunk."""
        # Ids begin with that of the chunk, and are ordered: a look-up for each, no scan.
        query = "SELECT question FROM asked WHERE collection = ? AND id > ? AND id < ?"
        return [
            (chunk, question)
            for chunk in chunks
            for (question,) in self._connection.execute(
                query, (which.value, f"{chunk}/", f"{chunk}0")
            )
        ]

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
        return self.between(chunk.document, chunk.span.start - reach, chunk.span.end + reach)

    def between(self, document: str, first: int, last: int) -> tuple[Chunk, ...]:
        """Return the chunks of a document that begin between two offsets."""
        return self._where("document = ? AND start BETWEEN ? AND ?", (document, first, last))

    def statements(
        self,
        *,
        document: str | None = None,
        chunks: Sequence[str] | None = None,
        kind: StatementKind | None = None,
    ) -> tuple[Statement, ...]:
        """Return statements by document and place; what is None does not restrict."""
        if document is None and chunks is None:
            return self._stated("kind = ?", (kind.value,)) if kind else self._stated("1 = 1", ())
        wanted = frozenset(chunks or ())
        of = {one.document for one in self.chunks(sorted(wanted)).values()}
        documents = sorted(of) if chunks is not None else [document or ""]
        return tuple(
            one
            for id_ in documents if document is None or id_ == document
            for one in self._statements_of(id_)
            if (kind is None or one.kind is kind) and (chunks is None or one.chunk in wanted)
        )  # fmt: skip

    def _statements_of(self, document: str) -> tuple[Statement, ...]:
        """Return the statements of a document; the same documents are asked for again and again."""
        known = self._statements.get(document)
        if known is None:
            known = self._stated("document = ?", (document,))
            if sum(map(len, self._statements.values())) + len(known) > _KEPT:
                self._statements.clear()
            self._statements[document] = known
        return known

    def _stated(self, condition: str, values: Sequence[str]) -> tuple[Statement, ...]:
        rows = self._connection.execute(
            f"SELECT {', '.join(COLUMNS)} FROM statements WHERE {condition} "
            "ORDER BY document, start, kind",
            values,
        )
        return tuple(map(statement_of, rows))

    def about_data(self, least: float) -> frozenset[str]:
        """Return the documents of which at least a share of the chunks says where data is or moves,
        or how long it is kept.
        """
        return frozenset(
            id_ for id_, stated, size in self._stated_and_all if stated >= least * size
        )

    @cached_property
    def stating(self) -> frozenset[str]:
        """The documents that say anything of where data is or moves, or how long it is kept."""
        return frozenset(id_ for id_, stated, _ in self._stated_and_all if stated)

    @cached_property
    def _stated_and_all(self) -> tuple[tuple[str, int, int], ...]:
        """Each document with the number of its statements about data, and of its chunks."""
        rows = self._connection.execute(
            "SELECT document, count(*) FROM statements WHERE (kind = ? AND data != '[]') "
            f"OR (places != '[]' AND kind NOT IN ({', '.join('?' * len(_OF_NO_DATA))})) "
            "GROUP BY document",
            (StatementKind.RETAINED.value, *_OF_NO_DATA),
        )
        stated = dict(rows.fetchall())
        sizes = self._connection.execute("SELECT document, count(*) FROM chunks GROUP BY document")
        return tuple((id_, stated.get(id_, 0), size) for id_, size in sizes)

    def of_kinds(self, kinds: Collection[StatementKind]) -> tuple[Statement, ...]:
        """Return the statements of some kinds, of all documents, by document and place."""
        wanted = sorted(one.value for one in kinds)
        return self._stated(f"kind IN ({', '.join('?' * len(wanted))})", wanted)

    def subjects(self, documents: Collection[str]) -> tuple[tuple[str, Subject], ...]:
        """Return what the statements of documents are about, each once, after the document's id."""
        among, ids = _among(documents)
        rows = self._connection.execute(
            "SELECT DISTINCT document, subject, part_of, aliases FROM statements "
            f"WHERE {among} ORDER BY document",
            ids,
        )
        return tuple(
            (document, Subject(name, _path(part_of), _path(aliases)))
            for document, name, part_of, aliases in rows
        )

    def first_cells(self, longest: int, documents: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Return the short first cells of table rows of documents, each once, after the document's
        id.
        """
        among, ids = _among(documents)
        rows = self._connection.execute(
            "SELECT DISTINCT document, json_extract(pairs, '$[0][1]') AS cell FROM chunks "
            f"WHERE {among} AND kind = ? AND length(cell) BETWEEN 1 AND ? ORDER BY document, cell",
            (*ids, BlockKind.ROW.value, longest),
        )
        return tuple((document, cell) for document, cell in rows)

    def all_chunks(self) -> tuple[Chunk, ...]:
        """Return every chunk, by document and place."""
        return self._read("1 = 1", ())

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _where(self, condition: str, values: tuple[object, ...]) -> tuple[Chunk, ...]:
        """Return chunks as `_read` does, but for those that say what is not so; the same are asked
        for again and again.
        """
        known = self._groups.get((condition, values))
        if known is None:
            read = self._read(condition, values)
            known = tuple(one for one in read if one.block not in self.unticked(one.document))
            _remember(self._groups, {(condition, values): known})
        return known

    def _read(self, condition: str, values: tuple[object, ...]) -> tuple[Chunk, ...]:
        query = f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE {condition} ORDER BY document, start"
        return tuple(_chunk(row) for row in self._connection.execute(query, values))


def _among(documents: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Return a condition that a row is of one of some documents, and its values.

    One value however many there are: SQLite bounds how many a query may have.
    """
    return "document IN (SELECT value FROM json_each(?))", (json.dumps(sorted(documents)),)


def _remember(kept: dict[_Key, _Kept], fresh: dict[_Key, _Kept]) -> None:
    """Keep what was read; a build never changes. Started anew when it grows large."""
    if len(kept) > _KEPT:
        kept.clear()
    kept.update(fresh)


def _document(row: tuple[Any, ...], editions: Sequence[str]) -> StoredDocument:
    """Return a document; `editions` are the older ones of its page, which it supersedes too."""
    (id_, title, service, publisher, stated, source, licence, older, text, sha256, pages,
     left_out) = row  # fmt: skip
    about = Description(
        id_, title, service, publisher, date.fromisoformat(stated) if stated else None,
        source, licence,
        tuple(dict.fromkeys((*_path(older), *editions))),
    )  # fmt: skip
    return StoredDocument(about, text, sha256, tuple(json.loads(pages)), left_out_of(left_out))


def _file(row: tuple[Any, ...]) -> FileRecord:
    (source, name, path, state, reason, document, sha256, identity, stamp, checked, size,
     duplicate_of, warnings, compared, left_out, contents) = row  # fmt: skip
    return FileRecord(
        source, name, path, FileState(state), reason, document, sha256, identity,
        Stamp(*json.loads(stamp)) if stamp else None, checked, size,
        left_out_of(left_out) if left_out else (), contents_of(contents) if contents else None,
        duplicate_of, _path(warnings), _path(compared),
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


def _chunk(
    row: tuple[str, str, int, int, str, str, str, str, int, int, str, str, int, str],
) -> Chunk:
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
        pairs,
    ) = row
    return Chunk(
        id_, document, Span(start, stop), text, BlockKind(kind), _path(path), lead_in,
        block, group, context, _spans(support), bool(record), _pairs(pairs),
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _spans(stored: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(stored))


def _pairs(stored: str) -> tuple[Pair, ...]:
    return tuple(Pair(title, value) for title, value in json.loads(stored))


@lru_cache(maxsize=1024)
def _path(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))
