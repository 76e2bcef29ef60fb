"""The file of a home folder with conversations, answers, feedback and profiles: as it was before
its tables had revisions (`history_tables.py`).
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from assistant.history.texts import folded, titled

FILE = "conversations.sqlite"


def _add_type(connection: sqlite3.Connection) -> None:
    """Add the type of a question; files of the time before steps were numbered may have it."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(turns)")}
    if "type" not in columns:
        connection.execute("ALTER TABLE turns ADD COLUMN type TEXT NOT NULL DEFAULT 'what'")


_ANSWERS = """
    CREATE TABLE threads (
        owner TEXT NOT NULL, thread TEXT NOT NULL, title TEXT NOT NULL, named INTEGER NOT NULL,
        started TEXT, changed TEXT, noted TEXT NOT NULL, PRIMARY KEY (owner, thread)
    ) WITHOUT ROWID;
    CREATE TABLE answers (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, thread TEXT NOT NULL, seen INTEGER NOT NULL,
        asked TEXT, given TEXT NOT NULL, answer TEXT NOT NULL
    );
    CREATE INDEX answers_of_owner ON answers (owner, thread);
    CREATE TABLE texts (
        answer TEXT PRIMARY KEY, owner TEXT NOT NULL, thread TEXT NOT NULL, text TEXT NOT NULL
    );
    CREATE INDEX texts_of_owner ON texts (owner);
    CREATE TABLE feedback (
        answer TEXT PRIMARY KEY, owner TEXT NOT NULL, rating TEXT NOT NULL, reason TEXT NOT NULL,
        correction TEXT NOT NULL, given TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX feedback_of_owner ON feedback (owner);
    ALTER TABLE turns ADD COLUMN answer_id TEXT NOT NULL DEFAULT ''
"""
"""`seen` is the position of the latest turn that an answer could lean on, `given` the
circumstances, `noted` when a row was written, which is known where the times are not."""
_MOVED = (
    "INSERT INTO threads SELECT owner, thread, titled(question), 0, NULL, NULL, "
    "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now') FROM turns AS first "
    "WHERE position = (SELECT min(position) FROM turns "
    "WHERE owner = first.owner AND thread = first.thread)",
    "UPDATE turns SET answer_id = json_extract(answer, '$.id') WHERE CASE WHEN json_valid(answer) "
    "THEN json_type(answer, '$.id') = 'text' AND json_type(answer, '$.text') = 'text' END",
    "INSERT OR IGNORE INTO answers SELECT answer_id, owner, thread, position - 1, NULL, '{}', "
    "answer FROM turns WHERE answer_id != ''",
    "INSERT OR IGNORE INTO texts SELECT answer_id, owner, thread, "
    "folded(question || char(10) || json_extract(answer, '$.text')) "
    "FROM turns WHERE answer_id != ''",
    "UPDATE turns SET answer = '' WHERE answer_id != ''",
)


def _move_answers(connection: sqlite3.Connection) -> None:
    """Give the conversations of before a title, and their answers the place that they have now.

    When they were asked is not known of them.
    """
    connection.create_function("titled", 1, titled, deterministic=True)
    connection.create_function("folded", 1, folded, deterministic=True)
    for statement in _MOVED:
        connection.execute(statement)


STEPS = (
    """
    CREATE TABLE IF NOT EXISTS turns (
        owner TEXT NOT NULL, thread TEXT NOT NULL, position INTEGER NOT NULL,
        question TEXT NOT NULL, standalone TEXT NOT NULL, document TEXT NOT NULL,
        answer TEXT NOT NULL, PRIMARY KEY (owner, thread, position)
    ) WITHOUT ROWID
    """,
    _add_type,
    _ANSWERS,
    _move_answers,
    "CREATE TABLE profiles (owner TEXT PRIMARY KEY, profile TEXT NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE tenants (
        owner TEXT NOT NULL, name TEXT NOT NULL, profile TEXT NOT NULL, PRIMARY KEY (owner, name)
    ) WITHOUT ROWID
    """,
)
"""What brought files to the layout that the first revision makes; closed: add revisions."""


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)
