"""The tables as files of before revisions have them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.home.schema import Words

revision = "0006"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _conversations()
    _answers()
    op.create_table(
        "profiles",
        sa.Column("owner", Words, primary_key=True),
        sa.Column("profile", Words, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tenants",
        sa.Column("owner", Words, primary_key=True),
        sa.Column("name", Words, primary_key=True),
        sa.Column("profile", Words, nullable=False),
        sqlite_with_rowid=False,
    )


def _conversations() -> None:
    op.create_table(
        "turns",
        sa.Column("owner", Words, primary_key=True),
        sa.Column("thread", Words, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("question", Words, nullable=False),
        sa.Column("standalone", Words, nullable=False),
        sa.Column("document", Words, nullable=False),
        sa.Column("answer", Words, nullable=False),
        sa.Column("type", Words, nullable=False, server_default="what"),
        sa.Column("answer_id", Words, nullable=False, server_default=""),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "threads",
        sa.Column("owner", Words, primary_key=True),
        sa.Column("thread", Words, primary_key=True),
        sa.Column("title", Words, nullable=False),
        sa.Column("named", sa.Integer, nullable=False),
        sa.Column("started", Words),
        sa.Column("changed", Words),
        sa.Column("noted", Words, nullable=False),
        sqlite_with_rowid=False,
    )


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", Words, primary_key=True),
        sa.Column("owner", Words, nullable=False),
        sa.Column("thread", Words, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("asked", Words),
        sa.Column("given", Words, nullable=False),
        sa.Column("answer", Words, nullable=False),
    )
    op.create_index("answers_of_owner", "answers", ["owner", "thread"])
    op.create_table(
        "texts",
        sa.Column("answer", Words, primary_key=True),
        sa.Column("owner", Words, nullable=False),
        sa.Column("thread", Words, nullable=False),
        sa.Column("text", Words, nullable=False),
    )
    op.create_index("texts_of_owner", "texts", ["owner"])
    op.create_table(
        "feedback",
        sa.Column("answer", Words, primary_key=True),
        sa.Column("owner", Words, nullable=False),
        sa.Column("rating", Words, nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.Column("correction", Words, nullable=False),
        sa.Column("given", Words, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("feedback_of_owner", "feedback", ["owner"])
