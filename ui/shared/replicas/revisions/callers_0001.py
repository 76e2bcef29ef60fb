"""Logins and rates that replicas share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.home.schema import Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sessions",
        sa.Column("token", Words, primary_key=True),
        sa.Column("member", Words, nullable=False),
        sa.Column("password", Words, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
    )
    op.create_index("sessions_ends", "sessions", ["ends"])
    op.create_table(
        "buckets",
        sa.Column("rate", Words, primary_key=True),
        sa.Column("name", Words, primary_key=True),
        sa.Column("left", sa.Double, nullable=False),
        sa.Column("taken", sa.Boolean, nullable=False),
        sa.Column("seen", sa.Double, nullable=False),
    )
    op.create_index("buckets_seen", "buckets", ["seen"])
