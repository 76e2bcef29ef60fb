"""The tables as files of before revisions have them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.home.schema import Words

revision = "0001"
down_revision = None

_COUNT = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TIME: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _arrivals()
    _ended()
    op.create_table(
        "engaged",
        sa.Column("conversation", Words, primary_key=True),
        sa.Column("owner", Words, primary_key=True),
        sa.Column("team", Words, nullable=False),
        sa.Column("channel", Words, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sqlite_with_rowid=False,
    )


def _arrivals() -> None:
    names = ("owner", "team", "channel", "conversation", "lane", "kind", "told")
    op.create_table(
        "arrivals",
        sa.Column("number", _COUNT, primary_key=True),
        sa.Column("key", Words, nullable=False, unique=True),
        *(sa.Column(name, Words, nullable=False) for name in names),
        sa.Column("came", _TIME, nullable=False),
        sa.Column("due", _TIME, nullable=False),
        sa.Column("working", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("tries", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("position", sa.Integer),
        sqlite_autoincrement=True,
    )
    op.create_index("arrivals_of_lane", "arrivals", ["lane", "number"])
    op.create_table(
        "posted",
        sa.Column(
            "key", Words, sa.ForeignKey("arrivals.key", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("ts", Words, nullable=False),
        sqlite_with_rowid=False,
    )


def _ended() -> None:
    op.create_table(
        "lanes",
        sa.Column("lane", Words, primary_key=True),
        sa.Column("turn", _COUNT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ended",
        sa.Column("key", Words, primary_key=True),
        sa.Column("outcome", Words, nullable=False),
        sa.Column("ended", _TIME, nullable=False),
        sqlite_with_rowid=False,
    )
