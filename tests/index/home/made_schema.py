"""A store of one table, and what later versions of the program make of it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, Table, Text

from index.home.schema import Schema

_FIRST = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.create_table("notes", sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("said", sa.Text, nullable=False))
"""
_NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{number:04}", "{before:04}"
def upgrade():
    op.add_column("notes", sa.Column("more_{number}", sa.Text, nullable=False, server_default=""))
    op.get_bind().execute(sa.text("UPDATE notes SET more_{number} = said || '!'"))
"""
_FAILING = """
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.execute("DELETE FROM notes")
    raise RuntimeError("half way")
"""


def schema(folder: Path, number: int = 1) -> Schema:
    """Return the schema of a version, with the revisions that lead to it."""
    _written(folder, number)
    columns = [
        Column(f"more_{n}", Text, nullable=False, server_default="") for n in range(2, number + 1)
    ]
    tables = MetaData()
    Table(
        "notes", tables, Column("id", Integer, primary_key=True),
        Column("said", Text, nullable=False), *columns,
    )  # fmt: skip
    return Schema("notes", tables, number, folder)


def failing_schema(folder: Path) -> Schema:
    """Return a second version whose revision fails after it has changed something."""
    made = schema(folder, 2)
    (folder / "notes_0002.py").write_text(_FAILING, encoding="utf-8")
    return made


def _written(folder: Path, number: int) -> None:
    folder.mkdir(exist_ok=True)
    for one in range(1, number + 1):
        text = _FIRST if one == 1 else _NEXT.format(number=one, before=one - 1)
        (folder / f"notes_{one:04}.py").write_text(text, encoding="utf-8")
