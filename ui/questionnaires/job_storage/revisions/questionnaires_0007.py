"""Who gave the rows of a questionnaire back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.home.schema import Words

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "rows_refused",
        sa.Column("job", Words, primary_key=True),
        sa.Column("person", Words, primary_key=True),
    )
