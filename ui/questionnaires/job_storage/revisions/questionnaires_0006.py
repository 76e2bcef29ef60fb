"""Which run of a questionnaire may store answers, and files that several machines share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.home.schema import Words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the name of the run, and the table of files."""
    op.add_column("jobs", sa.Column("run", Words, nullable=False, server_default=""))
    op.create_table(
        "job_files",
        sa.Column("job", Words, primary_key=True),
        sa.Column("suffix", Words, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
