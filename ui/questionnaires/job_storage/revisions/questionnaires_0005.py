"""The tables as files of before revisions have them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.home.schema import Words

revision = "0005"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "jobs",
        sa.Column("id", Words, primary_key=True),
        sa.Column("owner", Words, nullable=False),
        sa.Column("name", Words, nullable=False),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("made", Words, nullable=False),
        sa.Column("profile", Words, nullable=False, server_default=""),
        sa.Column("sheet", Words),
        sa.Column("place", sa.Integer),
        sa.Column("header", sa.Integer),
        sa.Column("titles", Words, nullable=False, server_default="[]"),
        sa.Column("tables", Words, nullable=False, server_default=""),
        sa.Column("customer", Words, nullable=False, server_default=""),
    )
    op.create_index("jobs_of_owner", "jobs", ["owner", "made"])
    added = ("line", "correction", "triage", "assigned", "comment", "approved", "accepted")
    op.create_table(
        "rows",
        sa.Column("job", Words, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("turns", Words, nullable=False),
        sa.Column("state", Words, nullable=False),
        *(sa.Column(name, Words, nullable=False, server_default="") for name in added),
        sqlite_with_rowid=False,
    )
    op.create_index("rows_of_person", "rows", ["assigned", "job"])
