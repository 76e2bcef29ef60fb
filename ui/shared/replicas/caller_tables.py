"""The tables of what replicas of a served page know of callers together, on a server alone: without
one there is one process, which knows it by itself.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Boolean, Column, Double, Index, MetaData, Table

from index.home.schema import Schema, Words

_TABLES = MetaData()

sessions = Table(
    "sessions", _TABLES,
    Column("token", Words, primary_key=True),
    Column("member", Words, nullable=False),
    Column("password", Words, nullable=False),
    Column("ends", Double, nullable=False),
    Index("sessions_ends", "ends"),
)  # fmt: skip
"""Logins, by the hash of their token; the end is in seconds of the server's own clock."""
buckets = Table(
    "buckets", _TABLES,
    Column("rate", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("left", Double, nullable=False),
    Column("taken", Boolean, nullable=False),
    Column("seen", Double, nullable=False),
    Index("buckets_seen", "seen"),
)  # fmt: skip
"""What is left of a rate for a name, when it was looked at by the server's clock, and whether one
was taken then."""

SCHEMA = Schema("callers", _TABLES, 1, Path(__file__).parent / "revisions")
