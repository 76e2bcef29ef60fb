"""Stores as earlier versions wrote them, opened by today's code: nothing lost or half done."""

from __future__ import annotations

import multiprocessing
import re
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from assistant.errors import LedgerError, ThreadError
from assistant.history.database import STEPS
from assistant.history.store import Kept
from assistant.history.thread_store import Threads
from assistant.model.chat_model import Usage
from assistant.model.ledger import Ledger
from assistant.query import QuestionType, Turn
from assistant.types import Answer, Verdict
from corpus.intake.describe import Given
from index.errors import HomeUnusable, RegistryError
from index.home.added_sources import Registry, Source
from index.home.sqlite import opened
from index.stores.vector_cache import EmbeddedTexts
from index.types import Encoded

FIRST_CONVERSATIONS = """
CREATE TABLE turns (
    owner TEXT NOT NULL, thread TEXT NOT NULL, position INTEGER NOT NULL, question TEXT NOT NULL,
    standalone TEXT NOT NULL, document TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (owner, thread, position)
) WITHOUT ROWID;
INSERT INTO turns VALUES ('', 't', 1, 'Where is it kept?', 'Where is Intune kept?', 'intune', '{}')
"""
TYPED_CONVERSATIONS = """
CREATE TABLE turns (
    owner TEXT NOT NULL, thread TEXT NOT NULL, position INTEGER NOT NULL, question TEXT NOT NULL,
    standalone TEXT NOT NULL, document TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (owner, thread, position)
) WITHOUT ROWID;
ALTER TABLE turns ADD COLUMN type TEXT NOT NULL DEFAULT 'what';
INSERT INTO turns VALUES
    ('', 't', 1, 'Where is it kept?', 'Where is Intune kept?', 'intune', '{}', 'where')
"""
ANSWERED_CONVERSATIONS = """
CREATE TABLE turns (
    owner TEXT NOT NULL, thread TEXT NOT NULL, position INTEGER NOT NULL, question TEXT NOT NULL,
    standalone TEXT NOT NULL, document TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (owner, thread, position)
) WITHOUT ROWID;
ALTER TABLE turns ADD COLUMN type TEXT NOT NULL DEFAULT 'what';
PRAGMA user_version = 2;
INSERT INTO turns VALUES
    ('', 't', 1, 'Where is it kept?', 'Where is Intune kept?', 'intune', '{}', 'where'),
    ('', 't', 2, 'Torn?', 'Torn?', '', '{"id": "a1"', 'what'),
    ('', 't', 3, 'In Zürich?', 'In Zürich?', 'intune', '{"id": "a2", "question": "In Zürich?",
     "text": "STRASSE.", "verdict": "answered", "citations": [], "facts": [], "caveats": [],
     "choices": [], "mode": "structured", "index": "i", "latency_ms": 1.5}', 'what'),
    ('anna', 't', 1, 'Hers?', 'Hers?', '', '{"id": "a2", "text": "taken id"}', 'what')
"""
FIRST_LEDGER = """
CREATE TABLE usage (
    day TEXT PRIMARY KEY, calls INTEGER NOT NULL, prompt INTEGER NOT NULL,
    completion INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE replies (
    key TEXT PRIMARY KEY, text TEXT NOT NULL, day TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO usage VALUES ('2025-01-02', 3, 40, 2);
INSERT INTO replies VALUES ('k', 'kept', '2025-01-02')
"""
FIRST_SOURCES = """
CREATE TABLE sources (
    location TEXT PRIMARY KEY, path TEXT NOT NULL, include TEXT NOT NULL, given TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE corrections (document TEXT PRIMARY KEY, given TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE left_out (
    source TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (source, name)
) WITHOUT ROWID;
INSERT INTO sources VALUES ('/docs', '/docs', '["*.md"]', '{"service": "Intune"}');
INSERT INTO corrections VALUES ('acme', '{"date": "2024-05-06"}');
INSERT INTO left_out VALUES ('/docs', 'old.md');
PRAGMA user_version = 1
"""
FIRST_EMBEDDED = """
CREATE TABLE embedded (
    weights TEXT, text BLOB, vector BLOB, PRIMARY KEY (weights, text)
) WITHOUT ROWID;
INSERT INTO embedded VALUES ('w', x'00', x'00')
"""
# The key is the SHA-256 of "known", the vector (2.0, 0.5), the one word piece (3, 4).
PIECED_EMBEDDED = """
CREATE TABLE texts (
    weights TEXT, text BLOB, vector BLOB, pieces BLOB, width INTEGER, PRIMARY KEY (weights, text)
) WITHOUT ROWID;
INSERT INTO texts VALUES (
    'w', x'7117fff2d0fd294462b3c802b7cb8753579f23f3946b99cf55f38e873f013f10',
    x'000000400000003f', x'0304', 2
)
"""
DAY = date(2025, 1, 2)


class Halves:
    """An encoder whose vectors tell the length of the text."""

    sha256 = "w"

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.asked: list[str] = []
        self._meanwhile = meanwhile

    def said(self, texts: Sequence[str]) -> list[Encoded]:
        self._meanwhile()
        self.asked.extend(texts)
        none = np.zeros((0, 0), np.float32)
        return [Encoded(np.array([len(text), 0.5], np.float32), none) for text in texts]


def _made(path: Path, layout: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(layout)
    return path


def _use_conversations(path: Path) -> None:
    assert Threads(path).turns("", "t")[0].standalone == "Where is Intune kept?"
    turn = Turn("And logs?", "And logs of Intune?", "intune", QuestionType.WHERE)
    Threads(path).add("", "t", turn, _answer())
    assert Threads(path).turns("", "t")[-1] == turn
    assert _rows(path, "SELECT position, answer FROM turns")[0] == (1, "{}")


def _use_ledger(path: Path) -> None:
    ledger = Ledger(path, lambda: DAY)
    assert ledger.reply("k") == "kept"
    before = ledger.spent_today()
    ledger.spend(Usage(1, 1))
    assert ledger.spent_today() == before + 2 >= 44
    assert ledger.days()[0][0] == "2025-01-02"


def _use_sources(path: Path) -> None:
    registry = Registry(path)
    assert registry.sources()[0] == Source(
        "/docs", Path("/docs"), ("*.md",), Given(service="Intune")
    )
    assert registry.corrections() == {"acme": Given(date=date(2024, 5, 6))}
    assert registry.left_out() == {("/docs", "old.md")}
    registry.add(Source("/more", Path("/more")))
    assert [source.location for source in registry.sources()] == ["/docs", "/more"]


def _use_embedded(path: Path) -> None:
    encoder = Halves()
    known, fresh = EmbeddedTexts(path).said(encoder, ["known", "a fresh one"])
    assert "known" not in encoder.asked
    assert (known.vector.tolist(), known.pieces.tolist()) == ([2.0, 0.5], [[3, 4]])
    assert fresh.vector.tolist() == [11.0, 0.5]
    _expect_kept(path)


def _use_first_embedded(path: Path) -> None:
    EmbeddedTexts(path).said(Halves(), ["a fresh one"])
    assert _rows(path, "SELECT weights FROM embedded") == [("w",)]
    _expect_kept(path)


def _expect_kept(path: Path) -> None:
    again = Halves()
    assert EmbeddedTexts(path).said(again, ["a fresh one"])[0].vector.tolist() == [11.0, 0.5]
    assert again.asked == []


class Old(NamedTuple):
    """A store as it was."""

    name: str
    layout: str
    use: Callable[[Path], None]
    refused: type[Exception]


OLD = (
    Old("conversations.sqlite", FIRST_CONVERSATIONS, _use_conversations, ThreadError),
    Old("conversations.sqlite", TYPED_CONVERSATIONS, _use_conversations, ThreadError),
    Old("conversations.sqlite", ANSWERED_CONVERSATIONS, _use_conversations, ThreadError),
    Old("model.sqlite", FIRST_LEDGER, _use_ledger, LedgerError),
    Old("sources.sqlite", FIRST_SOURCES, _use_sources, RegistryError),
    Old("embedded.sqlite", FIRST_EMBEDDED, _use_first_embedded, HomeUnusable),
    Old("embedded.sqlite", PIECED_EMBEDDED, _use_embedded, HomeUnusable),
)
NAMES = (
    "conversations", "typed conversations", "answered conversations", "ledger", "sources",
    "vectors", "vectors with pieces",
)  # fmt: skip
every_old_store = pytest.mark.parametrize("old", OLD, ids=NAMES)


@every_old_store
def test_the_rows_of_an_old_store_are_there_and_usable(old: Old, tmp_path: Path) -> None:
    path = _made(tmp_path / old.name, old.layout)
    old.use(path)
    assert _rows(path, "PRAGMA user_version") != [(0,)]
    old.use(path)


def test_a_typed_conversation_keeps_its_types(tmp_path: Path) -> None:
    path = _made(tmp_path / "conversations.sqlite", TYPED_CONVERSATIONS)
    assert Threads(path).turns("", "t")[0].type is QuestionType.WHERE
    first = _made(tmp_path / "first.sqlite", FIRST_CONVERSATIONS)
    assert Threads(first).turns("", "t")[0].type is QuestionType.WHAT


def test_an_old_conversation_has_a_title_unknown_times_and_its_answers(tmp_path: Path) -> None:
    _made(tmp_path / "conversations.sqlite", ANSWERED_CONVERSATIONS)
    kept = Kept(tmp_path)
    (known,) = kept.threads.conversations("", "straße")
    assert (known.title, known.turns) == ("Where is it kept?", 3)
    assert (known.started, known.changed) == (None, None)
    first, torn, whole = kept.threads.messages("", "t")
    assert (first.answer, torn.answer, whole.asked) == (None, None, None)
    assert whole.answer is not None
    assert (whole.answer.text, whole.answer.latency_ms) == ("STRASSE.", 1.5)
    record = kept.records.get("a2", "")
    assert [turn.question for turn in record.turns] == ["Where is it kept?", "Torn?"]
    assert (record.answer, record.circumstances.asked) == (whole.answer, None)
    assert kept.threads.messages("anna", "t")[0].answer is None
    assert kept.expire(1) == 0
    assert kept.threads.delete("", "t")
    assert kept.threads.turns("anna", "t")


@every_old_store
def test_a_store_of_a_later_version_is_refused_and_left_alone(old: Old, tmp_path: Path) -> None:
    path = _made(tmp_path / old.name, old.layout + ";PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(old.refused, match=rf"{old.name}: it has layout 99.* install that one"):
        old.use(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [old.name]


def _open_each(paths: Sequence[Path], barrier: Any, outcomes: Any) -> None:
    """Open stores of every kind one after another, each at the same time as others do."""
    uses: dict[str, Callable[[Path], object]] = {
        "conversations": lambda path: Threads(path).turns("", "t"),
        "model": lambda path: Ledger(path).days(),
        "sources": lambda path: Registry(path).sources(),
        "embedded": lambda path: EmbeddedTexts(path).said(Halves(), ["one"]),
    }
    for path in paths:
        barrier.wait(60)
        try:
            outcomes.put(bool(uses[path.stem.partition("-")[0]](path)))
        except (ThreadError, LedgerError, RegistryError, HomeUnusable) as error:
            outcomes.put(str(error))


def test_processes_that_open_an_old_store_at_once_all_succeed(tmp_path: Path) -> None:
    paths = [
        _made(tmp_path / f"{Path(old.name).stem}-{which}-{attempt}.sqlite", old.layout)
        for attempt in range(5)
        for which, old in enumerate(OLD)
    ]
    context = multiprocessing.get_context("spawn")
    barrier, outcomes = context.Barrier(3), context.Queue()
    processes = [
        context.Process(target=_open_each, args=(paths, barrier, outcomes)) for _ in range(3)
    ]
    for process in processes:
        process.start()
    assert [outcomes.get(timeout=60) for _ in range(3 * len(paths))] == [True] * 3 * len(paths)
    for process in processes:
        process.join(60)
    assert all(_rows(path, "PRAGMA user_version") != [(0,)] for path in paths)


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk I/O"), KeyboardInterrupt("^C")])
def test_a_migration_that_fails_half_way_leaves_the_store_as_it_was(
    tmp_path: Path, error: BaseException
) -> None:
    path = _made(tmp_path / "conversations.sqlite", FIRST_CONVERSATIONS)
    before = _dump(path)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM turns")
        raise error

    steps = (*STEPS, "CREATE TABLE more (a); DROP TABLE IF EXISTS none", fail)
    with pytest.raises(type(error), match=re.escape(str(error))), opened(path, steps):
        pass
    assert _dump(path) == before
    assert _rows(path, "PRAGMA user_version") == [(0,)]
    _use_conversations(path)


def test_what_is_embedded_by_then_survives_and_the_file_stays_free(tmp_path: Path) -> None:
    path = tmp_path / "embedded.sqlite"
    texts = [f"text {number:04}" for number in range(600)]
    calls: list[int] = []

    def meanwhile() -> None:
        calls.append(len(_rows(path, "SELECT text FROM texts")))
        with closing(sqlite3.connect(path, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.rollback()
        if len(calls) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        EmbeddedTexts(path).said(Halves(meanwhile), texts)
    assert calls == [0, 256, 512]
    again = Halves()
    counts: list[int] = []
    said = EmbeddedTexts(path).said(again, texts, counts.append)
    assert counts == [600 - 512] == [len(again.asked)]
    assert len(said) == 600


@pytest.mark.parametrize("broken", [b"no database at all" * 300, None])
def test_a_damaged_file_of_vectors_is_begun_anew(tmp_path: Path, broken: bytes | None) -> None:
    path = tmp_path / "embedded.sqlite"
    texts = [f"text {number:04}" for number in range(600)]
    EmbeddedTexts(path).said(Halves(), texts)
    if broken is None:
        # The header is whole, the pages behind it are not.
        size = path.stat().st_size
        broken = path.read_bytes()[:4096] + b"\xff" * (size - 4096)
    path.write_bytes(broken)
    encoder = Halves()
    EmbeddedTexts(path).said(encoder, texts)
    assert len(encoder.asked) == 600
    _expect_nothing_asked(path, texts)


def _expect_nothing_asked(path: Path, texts: Sequence[str]) -> None:
    again = Halves()
    EmbeddedTexts(path).said(again, texts)
    assert again.asked == []


def test_a_locked_file_of_vectors_is_not_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "embedded.sqlite"
    EmbeddedTexts(path).said(Halves(), ["one"])
    monkeypatch.setattr("index.home.sqlite._WAIT_S", 0)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HomeUnusable, match=r"embedded\.sqlite.*locked"):
            EmbeddedTexts(path).said(Halves(), ["two"])
    _expect_nothing_asked(path, ["one"])


def _rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def _answer() -> Answer:
    return Answer(
        uuid.uuid4().hex, "q", "t", Verdict.ANSWERED, (), (), (), (), "structured", "i", 1.0
    )
