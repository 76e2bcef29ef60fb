"""Files as the last version before revisions wrote them: their layout, and a row or more of all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

CONVERSATIONS = """
CREATE TABLE turns (
    owner TEXT NOT NULL, thread TEXT NOT NULL, position INTEGER NOT NULL, question TEXT NOT NULL,
    standalone TEXT NOT NULL, document TEXT NOT NULL, answer TEXT NOT NULL,
    type TEXT NOT NULL DEFAULT 'what', answer_id TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (owner, thread, position)
) WITHOUT ROWID;
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
CREATE TABLE profiles (owner TEXT PRIMARY KEY, profile TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tenants (
    owner TEXT NOT NULL, name TEXT NOT NULL, profile TEXT NOT NULL, PRIMARY KEY (owner, name)
) WITHOUT ROWID;
INSERT INTO turns VALUES
    ('web:ann', 'a' || char(0) || 'b', 1, 'Where?', 'Where is Intune?', 'intune', '', 'where',
     'x1'),
    ('', 't', 1, 'Ünïcode 日本?', 'Ünïcode', '', '{}', 'what', '');
INSERT INTO threads VALUES
    ('web:ann', 'a' || char(0) || 'b', 'Where?', 0, '2026-05-06T12:00:00.000000+00:00',
     '2026-05-06T12:00:00.000000+00:00', '2026-05-06T12:00:00.000000+00:00'),
    ('', 't', 'Mine', 1, NULL, NULL, '2026-05-06T12:00:00.000000+00:00');
INSERT INTO answers VALUES
    ('x1', 'web:ann', 'a' || char(0) || 'b', 0, '2026-05-06T12:00:00.000000+00:00', '{}',
     '{"id": "x1", "question": "Where?", "text": "Here.", "verdict": "answered", "citations": [],
       "facts": [], "caveats": [], "choices": [], "mode": "structured", "index": "i",
       "latency_ms": 1.5}'),
    ('x2', '', '', 0, NULL, '{}', 'torn');
INSERT INTO texts VALUES ('x1', 'web:ann', 'a' || char(0) || 'b', 'where? here.');
INSERT INTO feedback VALUES
    ('x1', 'web:ann', 'up', 'good', '', '2026-05-06T12:00:00.000000+00:00');
INSERT INTO profiles VALUES ('web:ann', '{"country": "Norway"}');
INSERT INTO tenants VALUES ('', 'Äcme', '{"country": "Japan"}');
PRAGMA user_version = 6
"""
LEDGER = """
CREATE TABLE usage (
    day TEXT PRIMARY KEY, calls INTEGER NOT NULL, prompt INTEGER NOT NULL,
    completion INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE replies (
    key TEXT PRIMARY KEY, text TEXT NOT NULL, day TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO usage VALUES ('2026-05-05', 3, 40000, 2), ('2026-05-06', 1, 4, 0);
INSERT INTO replies VALUES
    ('k' || char(0), 'kept' || char(0), '2026-05-06'), ('l', '日本', '2026-05-05');
PRAGMA user_version = 1
"""
LIBRARY = """
CREATE TABLE entries (
    id TEXT PRIMARY KEY, question TEXT NOT NULL, text TEXT NOT NULL, service TEXT NOT NULL,
    customer TEXT NOT NULL, language TEXT NOT NULL, approver TEXT NOT NULL,
    approved TEXT NOT NULL, review TEXT NOT NULL, origin TEXT NOT NULL, cited TEXT NOT NULL,
    corrected INTEGER NOT NULL, withdrawn TEXT NOT NULL, replaced TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX entries_replaced ON entries (replaced) WHERE replaced != '';
CREATE TABLE grounds (
    entry TEXT NOT NULL, position INTEGER NOT NULL, ground TEXT NOT NULL,
    PRIMARY KEY (entry, position)
) WITHOUT ROWID;
CREATE TABLE contradictions (
    first TEXT NOT NULL, second TEXT NOT NULL, PRIMARY KEY (first, second)
) WITHOUT ROWID;
CREATE INDEX contradictions_of_second ON contradictions (second);
CREATE TABLE events (
    number INTEGER PRIMARY KEY, entry TEXT NOT NULL, event TEXT NOT NULL, at TEXT NOT NULL,
    who TEXT NOT NULL, why TEXT NOT NULL
);
CREATE INDEX events_of_entry ON events (entry);
CREATE TABLE vectors (
    entry TEXT NOT NULL, encoder TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (entry, encoder)
) WITHOUT ROWID;
INSERT INTO entries VALUES
    ('e1', 'Where?', 'Here.', 'Intune', '', '', 'Ana', '2026-05-06', '2027-05-06', 'written', '', 1,
     '', ''),
    ('e0', 'Where?', 'There.', 'Intune', '', '', 'Ana', '2026-05-05', '2027-05-05', 'written', '',
     0, 'Ana, 2026-05-06: replaced by e1', 'e1');
INSERT INTO grounds VALUES
    ('e1', 0, '{"document": "intune", "title": "T", "start": 4, "end": 26, "quote": "Q",
      "sha256": "s", "edition": "e", "under": "", "read_with": ""}');
INSERT INTO contradictions VALUES ('e0', 'e1');
INSERT INTO events VALUES
    (3, 'e0', 'approved', '2026-05-05T12:00:00.000000+00:00', 'Ana', 'written'),
    (7, 'e1', 'approved', '2026-05-06T12:00:00.000000+00:00', 'Ana', 'written'),
    (8, 'e0', 'replaced', '2026-05-06T12:00:00.000000+00:00', 'Ana', 'by e1');
INSERT INTO vectors VALUES ('e1', 'residency-minilm', x'00ff10');
PRAGMA user_version = 2
"""
INBOX = """
CREATE TABLE arrivals (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, owner TEXT NOT NULL,
    team TEXT NOT NULL, channel TEXT NOT NULL, conversation TEXT NOT NULL, lane TEXT NOT NULL,
    kind TEXT NOT NULL, told TEXT NOT NULL, came REAL NOT NULL, due REAL NOT NULL,
    working INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, position INTEGER
);
CREATE INDEX arrivals_of_lane ON arrivals (lane, number);
CREATE TABLE posted (
    key TEXT NOT NULL REFERENCES arrivals (key) ON DELETE CASCADE, part INTEGER NOT NULL,
    ts TEXT NOT NULL, PRIMARY KEY (key, part)
) WITHOUT ROWID;
CREATE TABLE lanes (lane TEXT PRIMARY KEY, turn INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE ended (
    key TEXT PRIMARY KEY, outcome TEXT NOT NULL, ended REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE engaged (
    conversation TEXT NOT NULL, owner TEXT NOT NULL, team TEXT NOT NULL, channel TEXT NOT NULL,
    since REAL NOT NULL, PRIMARY KEY (conversation, owner)
) WITHOUT ROWID;
INSERT INTO arrivals VALUES
    (3, 'message:T1:C1:1.1', 'slack:T1:U1', 'T1', 'C1', 'slack:T1:C1:1.1', 'slack:T1:C1:1.1:U1',
     'question', '{"place": {"team": "T1", "channel": "C1", "thread": "1.1", "user": "U1"},
     "text": "Ünïcode 日本?", "surface": "mention", "respond_to": ""}', 1767225600.25,
     1767225600.25, 1, 2, 4),
    (7, 'event:T1:2', '', 'T1', 'C2', 'slack:T1:C2:', 'gone:T1:C2', 'gone',
     '{"team": "T1", "channel": "C2", "reason": "the channel was archived"}', 1767225601.5,
     1767225631.5, 0, 1, NULL);
INSERT INTO posted VALUES ('message:T1:C1:1.1', 1, '1767225600.000200');
INSERT INTO lanes VALUES ('slack:T1:C1:1.1:U1', 4);
INSERT INTO ended VALUES ('message:T1:C1:0.1', 'done', 1767225500.125);
INSERT INTO engaged VALUES
    ('slack:T1:C1:1.1', 'slack:T1:U1', 'T1', 'C1', 1767225600.25);
PRAGMA user_version = 1
"""


def made(path: Path, layout: str) -> Path:
    """Write a file as it was; the version before left it in this journal mode."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(layout)
    return path


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables, read by SQLite alone."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=lambda row: row[:2])
            for (name,) in names
        }
