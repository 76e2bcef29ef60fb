"""The tables as files of before revisions have them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.home.schema import Words

revision = "0002"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _entries()
    _events()
    op.create_table(
        "vectors",
        sa.Column("entry", Words, primary_key=True),
        sa.Column("encoder", Words, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def _entries() -> None:
    names = (
        "question", "text", "service", "customer", "language", "approver", "approved", "review",
        "origin", "cited",
    )  # fmt: skip
    op.create_table(
        "entries",
        sa.Column("id", Words, primary_key=True),
        *(sa.Column(name, Words, nullable=False) for name in names),
        sa.Column("corrected", sa.Integer, nullable=False),
        sa.Column("withdrawn", Words, nullable=False),
        sa.Column("replaced", Words, nullable=False, server_default=""),
        sqlite_with_rowid=False,
    )
    some = sa.text("replaced != ''")
    op.create_index(
        "entries_replaced", "entries", ["replaced"], sqlite_where=some, postgresql_where=some
    )
    op.create_table(
        "grounds",
        sa.Column("entry", Words, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("ground", Words, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contradictions",
        sa.Column("first", Words, primary_key=True),
        sa.Column("second", Words, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("contradictions_of_second", "contradictions", ["second"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("entry", Words, nullable=False),
        sa.Column("event", Words, nullable=False),
        sa.Column("at", Words, nullable=False),
        sa.Column("who", Words, nullable=False),
        sa.Column("why", Words, nullable=False),
    )
    op.create_index("events_of_entry", "events", ["entry"])
