"""The tables of questionnaires that are worked on, in a file of a home or on a server."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table

from index.home.schema import Schema, Words

_TABLES = MetaData()

jobs = Table(
    "jobs", _TABLES,
    Column("id", Words, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("made", Words, nullable=False),
    Column("profile", Words, nullable=False, server_default=""),
    Column("sheet", Words),
    Column("place", Integer),
    Column("header", Integer),
    Column("titles", Words, nullable=False, server_default="[]"),
    Column("tables", Words, nullable=False, server_default=""),
    Column("customer", Words, nullable=False, server_default=""),
    Column("run", Words, nullable=False, server_default=""),
    Index("jobs_of_owner", "owner", "made"),
)  # fmt: skip
"""`run` names who may store answers: each run has a name of its own, a stopped job has none.
`place`, `header` and `titles` are of versions that knew one table."""
rows = Table(
    "rows", _TABLES,
    Column("job", Words, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("row", Integer, nullable=False),
    Column("key", Words, nullable=False),
    Column("turns", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("line", Words, nullable=False, server_default=""),
    Column("correction", Words, nullable=False, server_default=""),
    Column("triage", Words, nullable=False, server_default=""),
    Column("assigned", Words, nullable=False, server_default=""),
    Column("comment", Words, nullable=False, server_default=""),
    Column("approved", Words, nullable=False, server_default=""),
    Column("accepted", Words, nullable=False, server_default=""),
    Index("rows_of_person", "assigned", "job"),
    sqlite_with_rowid=False,
)  # fmt: skip
job_files = Table(
    "job_files", _TABLES,
    Column("job", Words, primary_key=True),
    Column("suffix", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
)  # fmt: skip
"""The files of questions, for those who share a server; those of a home lie in its folder."""
rows_refused = Table(
    "rows_refused", _TABLES,
    Column("job", Words, primary_key=True),
    Column("person", Words, primary_key=True),
)  # fmt: skip
"""Who gave the rows of a questionnaire back, and gets none of it any more."""

STEPS = (
    """
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL,
        made TEXT NOT NULL, profile TEXT NOT NULL DEFAULT '',
        sheet TEXT, place INTEGER, header INTEGER, titles TEXT NOT NULL DEFAULT '[]'
    );
    CREATE INDEX jobs_of_owner ON jobs (owner, made);
    CREATE TABLE rows (
        job TEXT NOT NULL, position INTEGER NOT NULL, row INTEGER NOT NULL, key TEXT NOT NULL,
        turns TEXT NOT NULL, state TEXT NOT NULL, line TEXT NOT NULL DEFAULT '',
        correction TEXT NOT NULL DEFAULT '', PRIMARY KEY (job, position)
    ) WITHOUT ROWID
    """,
    # What `place`, `header` and `titles` told of one table, this tells of all, as JSON.
    "ALTER TABLE jobs ADD COLUMN tables TEXT NOT NULL DEFAULT ''",
    # What people add to a row, and what it is filtered by.
    """
    ALTER TABLE rows ADD COLUMN triage TEXT NOT NULL DEFAULT '';
    ALTER TABLE rows ADD COLUMN assigned TEXT NOT NULL DEFAULT '';
    ALTER TABLE rows ADD COLUMN comment TEXT NOT NULL DEFAULT '';
    ALTER TABLE rows ADD COLUMN approved TEXT NOT NULL DEFAULT '';
    UPDATE rows SET triage = coalesce(json_extract(line, '$.triage'), '') WHERE line <> '';
    CREATE INDEX rows_of_person ON rows (assigned, job)
    """,
    # Whether a person let an answer stand: a review goes on behind what was decided.
    "ALTER TABLE rows ADD COLUMN accepted TEXT NOT NULL DEFAULT ''",
    # Whose approved answers are given beside those for all.
    "ALTER TABLE jobs ADD COLUMN customer TEXT NOT NULL DEFAULT ''",
)
"""What brought files to the layout that the first revision makes; closed: add revisions."""

SCHEMA = Schema("questionnaires", _TABLES, 7, Path(__file__).parent / "revisions", STEPS)
