"""The tables of what the language model costs and replied, in a file of a home or on a server."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table

from index.home.schema import Schema, Words

_TABLES = MetaData()
_COUNT = BigInteger().with_variant(Integer, "sqlite")

usage = Table(
    "usage", _TABLES,
    Column("day", Words, primary_key=True),
    Column("calls", _COUNT, nullable=False),
    Column("prompt", _COUNT, nullable=False),
    Column("completion", _COUNT, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
replies = Table(
    "replies", _TABLES,
    Column("key", Words, primary_key=True),
    Column("text", Words, nullable=False),
    Column("day", Words, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

STEPS = (
    """
    CREATE TABLE IF NOT EXISTS usage (
        day TEXT PRIMARY KEY, calls INTEGER NOT NULL, prompt INTEGER NOT NULL,
        completion INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS replies (
        key TEXT PRIMARY KEY, text TEXT NOT NULL, day TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)
"""What brought files to the layout that the first revision makes; closed: add revisions."""

SCHEMA = Schema("ledger", _TABLES, len(STEPS), Path(__file__).parent / "revisions", STEPS)
