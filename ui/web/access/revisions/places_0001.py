"""Where users logged in before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.home.schema import Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "known_places",
        sa.Column("place", Words, primary_key=True),
        sa.Column("member", Words, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
    )
    op.create_index("known_places_member", "known_places", ["member", "day"])
