"""The tables of approved answers, in a file of a home or on a server."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    text,
)

from index.home.schema import Schema, Words

_TABLES = MetaData()
_REPLACED = text("replaced != ''")

entries = Table(
    "entries", _TABLES,
    Column("id", Words, primary_key=True),
    Column("question", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("service", Words, nullable=False),
    Column("customer", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("approver", Words, nullable=False),
    Column("approved", Words, nullable=False),
    Column("review", Words, nullable=False),
    Column("origin", Words, nullable=False),
    Column("cited", Words, nullable=False),
    Column("corrected", Integer, nullable=False),
    Column("withdrawn", Words, nullable=False),
    Column("replaced", Words, nullable=False, server_default=""),
    Index(
        "entries_replaced", "replaced", sqlite_where=_REPLACED, postgresql_where=_REPLACED
    ),
    sqlite_with_rowid=False,
)  # fmt: skip
"""`replaced` is the id of the entry that took the place of one."""
grounds = Table(
    "grounds", _TABLES,
    Column("entry", Words, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("ground", Words, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
contradictions = Table(
    "contradictions", _TABLES,
    Column("first", Words, primary_key=True),
    Column("second", Words, primary_key=True),
    Index("contradictions_of_second", "second"),
    sqlite_with_rowid=False,
)  # fmt: skip
events = Table(
    "events", _TABLES,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("entry", Words, nullable=False),
    Column("event", Words, nullable=False),
    Column("at", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("why", Words, nullable=False),
    Index("events_of_entry", "entry"),
)  # fmt: skip
"""What happened to entries; numbers rise in the order in which it became visible, as one writes at
a time."""
vectors = Table(
    "vectors", _TABLES,
    Column("entry", Words, primary_key=True),
    Column("encoder", Words, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

STEPS = (
    """
    CREATE TABLE entries (
        id TEXT PRIMARY KEY, question TEXT NOT NULL, text TEXT NOT NULL, service TEXT NOT NULL,
        customer TEXT NOT NULL, language TEXT NOT NULL, approver TEXT NOT NULL,
        approved TEXT NOT NULL, review TEXT NOT NULL, origin TEXT NOT NULL, cited TEXT NOT NULL,
        corrected INTEGER NOT NULL, withdrawn TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE grounds (
        entry TEXT NOT NULL, position INTEGER NOT NULL, ground TEXT NOT NULL,
        PRIMARY KEY (entry, position)
    ) WITHOUT ROWID;
    CREATE TABLE contradictions (
        first TEXT NOT NULL, second TEXT NOT NULL, PRIMARY KEY (first, second)
    ) WITHOUT ROWID;
    CREATE TABLE events (
        number INTEGER PRIMARY KEY, entry TEXT NOT NULL, event TEXT NOT NULL, at TEXT NOT NULL,
        who TEXT NOT NULL, why TEXT NOT NULL
    );
    CREATE INDEX events_of_entry ON events (entry);
    CREATE TABLE vectors (
        entry TEXT NOT NULL, encoder TEXT NOT NULL, vector BLOB NOT NULL,
        PRIMARY KEY (entry, encoder)
    ) WITHOUT ROWID
    """,
    """
    ALTER TABLE entries ADD COLUMN replaced TEXT NOT NULL DEFAULT '';
    CREATE INDEX entries_replaced ON entries (replaced) WHERE replaced != '';
    CREATE INDEX contradictions_of_second ON contradictions (second)
    """,
)
"""What brought files to the layout that the first revision makes; closed: add revisions."""

SCHEMA = Schema("library", _TABLES, len(STEPS), Path(__file__).parent / "revisions", STEPS)
