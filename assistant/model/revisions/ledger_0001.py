"""The tables as files of before revisions have them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.home.schema import Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    count = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "usage",
        sa.Column("day", Words, primary_key=True),
        sa.Column("calls", count, nullable=False),
        sa.Column("prompt", count, nullable=False),
        sa.Column("completion", count, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "replies",
        sa.Column("key", Words, primary_key=True),
        sa.Column("text", Words, nullable=False),
        sa.Column("day", Words, nullable=False),
        sqlite_with_rowid=False,
    )
