"""`residency migrate`: a home to PostgreSQL and back, equal row by row, and what is refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import multiprocessing
import pkgutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

import assistant
import index
import ui
from assistant.history.thread_store import Threads
from assistant.library.library_store import Library
from assistant.library.types import Approver, Event, Right
from assistant.model.ledger import Ledger
from index.errors import MoveError, NewerLayout
from index.home.database_server import DatabaseServer
from index.home.schema import Schema
from index.upkeep.moving import move as moving
from index.upkeep.moving.move import MovedTable, move
from tests.index.home import files_of_before
from tests.postgresql_server import PostgresqlServer
from tests.ui.questionnaires.makers import Echo
from tests.ui.slack.told import asked
from ui.command_line.overview import COMMANDS
from ui.command_line.running import command_line
from ui.commands.upkeep.migrate import STORES
from ui.questionnaires.jobs import Jobs
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE as EVENTS

_ME = "web:me"
_FILES = ("conversations.sqlite", "library.sqlite", "model.sqlite", "questionnaires/jobs.sqlite")


def _home(folder: Path) -> Path:
    """Make a home as versions of before and this one leave it, with null characters in it."""
    folder.mkdir()
    files_of_before.made(folder / "conversations.sqlite", files_of_before.CONVERSATIONS)
    files_of_before.made(folder / "library.sqlite", files_of_before.LIBRARY)
    files_of_before.made(folder / "model.sqlite", files_of_before.LEDGER)
    questions = folder.parent / "upload.csv"
    questions.write_text("question\nWhere?\nWho?\n", encoding="utf-8")
    jobs = Jobs(folder, Echo())
    for name in ("a.csv", "b.csv"):
        job = jobs.add(_ME, questions, name).id
        jobs.start(_ME, job)
        jobs.wait(job, 30)
    return folder


def _without_nulls(home: Path) -> Path:
    for name, table, columns in (
        ("conversations", "turns", ("thread",)), ("conversations", "threads", ("thread",)),
        ("conversations", "answers", ("thread",)), ("conversations", "texts", ("thread",)),
        ("model", "replies", ("key", "text")),
    ):  # fmt: skip
        with closing(sqlite3.connect(home / f"{name}.sqlite")) as file, file:
            # What SQLite has for it takes a null character for the end.
            file.create_function("without", 1, lambda text: text.replace("\0", "-"))
            for column in columns:
                file.execute(f"UPDATE {table} SET {column} = without({column})")
    return home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return _without_nulls(_home(tmp_path / "home"))


@pytest.fixture
def server(database_url: str) -> DatabaseServer:
    return DatabaseServer(database_url)


def _rows(home: Path) -> dict[str, dict[str, list[tuple[object, ...]]]]:
    return {name: files_of_before.rows_of(home / name) for name in _FILES}


def _sums(home: Path) -> dict[str, str]:
    """Return what all files of a home hold; files beside those in use aside."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def _is_untouched(server: PostgresqlServer, url: str) -> bool:
    found = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND pg_table_is_visible(oid) "
    return server.run(f"{found} AND relnamespace = current_schema()::regnamespace", url) == [(0,)]


def _counts(done: tuple[MovedTable, ...]) -> dict[str, int]:
    return {one.table: one.rows for one in done}


def test_a_home_goes_to_a_server_and_back_equal_row_by_row(
    home: Path, server: DatabaseServer, tmp_path: Path
) -> None:
    before, sums = _rows(home), _sums(home)
    done = move(STORES, home, server)
    assert _sums(home) == sums
    counts = _counts(done)
    assert (counts["turns"], counts["events"], counts["job_files"], counts["rows"]) == (2, 3, 2, 4)
    assert counts["vectors"] == 1
    back = tmp_path / "back" / "home"
    again = move(STORES, server, back)
    assert [one.sha256 for one in again] == [one.sha256 for one in done]
    after = _rows(back)
    for name in _FILES[:3]:
        assert after[name] == before[name]
    # The file was written by this version, and its empty table is one of the server.
    assert after[_FILES[3]] == before[_FILES[3]]
    files = [one for one in sums if one.endswith(".csv")]
    assert len(files) == 2
    assert {one: _sums(back)[one] for one in files} == {one: sums[one] for one in files}


def test_stores_go_on_where_they_are_then(home: Path, server: DatabaseServer) -> None:
    move(STORES, home, server)
    assert Threads(server).turns("", "t")[0].question == "Ünïcode 日本?"
    assert Ledger(server, lambda: dt.date(2026, 5, 6)).spent_today() == 4
    library = Library(server, lambda: dt.datetime(2026, 5, 7, tzinfo=dt.UTC))
    library.withdraw(library.entry("e1"), Approver("Ana", Right.OPERATOR), "moved")
    assert [one.event for one in library.happened("e1")] == [Event.APPROVED, Event.WITHDRAWN]
    jobs = Jobs(home, Echo(), server=server)
    (job, other) = jobs.listed(_ME)
    assert (job.counts.answered, other.counts.answered) == (2, 2)
    assert "Who?,Who?,answered" in jobs.export(_ME, job.id, home).read_text(encoding="utf-8")


def test_a_null_character_is_told_of_and_nothing_moved(
    tmp_path: Path, server: DatabaseServer, postgresql: PostgresqlServer
) -> None:
    home = _home(tmp_path / "home")
    with pytest.raises(
        MoveError,
        match=r"conversations\.sqlite: 1 rows of answers have a null "
        r"character.*'x1'.*Nothing was moved.*--replace-null",
    ):
        move(STORES, home, server)  # fmt: skip
    assert _is_untouched(postgresql, server.url)


def test_null_characters_are_replaced_on_demand_where_they_change_the_order_too(
    tmp_path: Path, server: DatabaseServer, postgresql: PostgresqlServer
) -> None:
    home = _home(tmp_path / "home")
    with closing(sqlite3.connect(home / "model.sqlite")) as file, file:
        file.execute("INSERT INTO replies VALUES ('k~', 'between', '2026-05-06')")
    sums = _sums(home)
    done = move(STORES, home, server, replace=True)
    assert _sums(home) == sums
    assert _counts(done)["replies"] == 3
    found = postgresql.run('SELECT key, text FROM replies ORDER BY key COLLATE "C"', server.url)
    assert found == [("k~", "between"), ("k\ufffd", "kept\ufffd"), ("l", "日本")]
    assert [one.added for one in move(STORES, home, server, replace=True)] == [0] * len(done)
    with pytest.raises(MoveError, match="null character"):
        move(STORES, home, server)


def test_keys_that_would_become_the_same_are_refused(
    tmp_path: Path, server: DatabaseServer
) -> None:
    home = _home(tmp_path / "home")
    with closing(sqlite3.connect(home / "model.sqlite")) as file, file:
        file.execute("INSERT INTO replies VALUES ('k\ufffd', 'other', '2026-05-06')")
    with pytest.raises(MoveError, match="replies: two keys are"):
        move(STORES, home, server, replace=True)


def test_a_finished_move_says_so_and_adds_nothing(home: Path, server: DatabaseServer) -> None:
    first = move(STORES, home, server)
    second = move(STORES, home, server)
    assert sum(one.added for one in first) == sum(one.rows for one in first) > 0
    assert [one.added for one in second] == [0] * len(first)
    assert [one.sha256 for one in second] == [one.sha256 for one in first]


def test_a_target_with_rows_of_its_own_is_refused(
    home: Path, server: DatabaseServer, postgresql: PostgresqlServer
) -> None:
    ledger = Ledger(server, lambda: dt.date(2026, 5, 6))
    ledger.days()
    postgresql.run("INSERT INTO replies VALUES ('m', 'own', '2026-05-06')", server.url)
    with pytest.raises(MoveError, match=r"replies has rows of its own.*'m'.*Give an empty"):
        move(STORES, home, server)
    assert postgresql.run("SELECT count(*) FROM usage", server.url) == [(0,)]
    postgresql.run("UPDATE replies SET key = 'l', text = 'otherwise'", server.url)
    with pytest.raises(MoveError, match=r"replies has rows of its own.*'l'"):
        move(STORES, home, server)


def test_a_file_of_a_questionnaire_that_is_another_one_is_refused(
    home: Path, server: DatabaseServer, tmp_path: Path
) -> None:
    move(STORES, home, server)
    back = tmp_path / "back"
    move(STORES, server, back)
    own = next(back.rglob("questions.csv"))
    own.write_text("question\nOther?\n", encoding="utf-8")
    with pytest.raises(MoveError, match="job_files has rows of its own"):
        move(STORES, server, back)
    own.unlink()
    assert sum(one.added for one in move(STORES, server, back)) == 1


def test_what_is_written_meanwhile_is_told_and_added_by_the_next(
    home: Path, server: DatabaseServer
) -> None:
    def write(told: str) -> None:
        if told.startswith("ledger replies"):
            with closing(sqlite3.connect(home / "model.sqlite")) as file, file:
                file.execute("INSERT INTO replies VALUES ('n', 'late', '2026-05-06')")

    with pytest.raises(MoveError, match=r"replies is not what was moved \(1 rows more\)"):
        move(STORES, home, server, say=write)
    assert sum(one.added for one in move(STORES, home, server)) == 1


@pytest.mark.parametrize("name", _FILES)
def test_a_newer_layout_is_refused_with_its_name(
    name: str, home: Path, server: DatabaseServer, postgresql: PostgresqlServer
) -> None:
    with closing(sqlite3.connect(home / name)) as file:
        (number,) = file.execute("PRAGMA user_version").fetchone()
        file.execute(f"PRAGMA user_version = {number + 1}")
    with pytest.raises(NewerLayout, match=rf"{name} \(.*it has layout {number + 1}, this version"):
        move(STORES, home, server)
    assert _is_untouched(postgresql, server.url)


def test_an_older_file_is_brought_up_and_left_as_it_was(
    home: Path, server: DatabaseServer, postgresql: PostgresqlServer
) -> None:
    with closing(sqlite3.connect(home / "library.sqlite")) as file, file:
        file.execute("DROP INDEX contradictions_of_second")
        file.execute("DROP INDEX entries_replaced")
        file.execute("ALTER TABLE entries DROP COLUMN replaced")
        file.execute("PRAGMA user_version = 1")
    sums = _sums(home)
    move(STORES, home, server)
    assert _sums(home) == sums
    assert postgresql.run("SELECT id, replaced FROM entries ORDER BY 1", server.url) == [
        ("e0", ""), ("e1", "")
    ]  # fmt: skip


def test_a_server_does_not_end_what_waits_for_the_other_side(
    home: Path, server: DatabaseServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = "-c idle_in_transaction_session_timeout=500ms"
    monkeypatch.setattr("index.home.server_connection._SERVER_SETTINGS", short)
    pause = {"ledger usage", "questionnaires job_files", "history profiles"}

    def wait(told: str) -> None:
        if told.partition(":")[0] in pause:
            time.sleep(1.0)

    move(STORES, home, server, say=wait)
    assert move(STORES, server, tmp_path / "back", say=wait)


def _until_killed(home: Path, url: str) -> None:
    moving._ROWS = 5
    move(STORES, home, DatabaseServer(url))


def test_a_move_that_is_killed_is_gone_on_with(
    home: Path, server: DatabaseServer, postgresql: PostgresqlServer
) -> None:
    with closing(sqlite3.connect(home / "model.sqlite")) as file, file:
        many = ((f"key {n:05}", "text " * 20, "2026-05-06") for n in range(5_000))
        file.executemany("INSERT INTO replies VALUES (?, ?, ?)", many)
    process = multiprocessing.get_context("spawn").Process(
        target=_until_killed, args=(home, server.url)
    )
    process.start()
    ends = time.monotonic() + 60
    while not 0 < _replies(postgresql, server.url) < 4_000:
        assert process.is_alive()
        assert time.monotonic() < ends
        time.sleep(0.02)
    process.kill()
    process.join(30)
    there = _replies(postgresql, server.url)
    assert 0 < there < 5_001
    (replies,) = [one for one in move(STORES, home, server) if one.table == "replies"]
    assert (replies.rows, replies.added) == (5_002, 5_002 - there)


def _replies(postgresql: PostgresqlServer, url: str) -> int:
    if postgresql.run("SELECT to_regclass('replies')", url) == [(None,)]:
        return 0
    return int(postgresql.run("SELECT count(*) FROM replies", url)[0][0])


def test_what_a_bot_was_told_is_answered_after_it_was_moved(
    home: Path, server: DatabaseServer, tmp_path: Path
) -> None:
    with closing(Inbox(home / EVENTS)) as inbox:
        for number in (1, 2, 3):
            inbox.put(asked(number))
        answered = inbox.take()
        assert answered is not None
        inbox.note_posted(answered, 0, "7.1")
        inbox.done(answered)
    counts = _counts(move(STORES, home, server))
    assert (counts["arrivals"], counts["ended"]) == (2, 1)
    with closing(Inbox(server)) as inbox:
        # What comes now stands after what came before.
        assert inbox.put(asked(4))
        assert not inbox.put(asked(1))
        assert [_answered(inbox) for _ in range(3)] == [asked(number).key for number in (2, 3, 4)]
    move(STORES, server, tmp_path / "back")
    with closing(Inbox(tmp_path / "back" / EVENTS)) as inbox:
        assert inbox.take() is None
        assert not inbox.put(asked(4))


def _answered(inbox: Inbox) -> str:
    job = inbox.take()
    assert job is not None
    inbox.done(job)
    return job.arrival.key


def test_every_store_of_the_product_is_moved() -> None:
    # Logins and limits are of those who serve: a home has none.
    every = {one.name for one in _schemas()} - {"callers"}
    assert {one.schema.name for one in STORES} == every


def _schemas() -> Iterator[Schema]:
    for package in (assistant, index, ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("_tables"):
                found = vars(importlib.import_module(module.name))
                yield from (one for one in found.values() if isinstance(one, Schema))


def _command(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        command_line([one for one in COMMANDS if one.name == "migrate"]), ["migrate", *words]
    )
    return done.exit_code, done.output + (str(done.exception) if done.exception else "")


def test_the_command_prints_counts_and_sums_and_no_password(
    home: Path, server: DatabaseServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RESIDENCY_HOME", str(home))
    code, said = _command("--to", server.url)
    assert code == 0, said
    assert "answers                   2 rows  sha256 " in said
    assert f"rows are equal in {home} and postgresql://residency@" in said
    assert "p%40ss" not in said
    assert "p@ss" not in said
    assert "moved already, nothing to add" in _command("--to", server.url)[1]
    monkeypatch.setenv("RESIDENCY_DATABASE_URL", server.url)
    code, said = _command("--to", str(tmp_path / "back"))
    assert code == 0, said
    assert "unset RESIDENCY_DATABASE_URL" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--to", "mysql://u:s3cret@h/d"), "--to: neither a home folder nor the address"),
        (("--to", "postgresql://u:s3cret@h"), "--to: no address of a PostgreSQL database"),
        (("--to", "elsewhere"), "no database is set. Give --from, or set RESIDENCY_DATABASE_URL"),
        (("--to", "same", "--from", "same"), "source and target are the same"),
        (("--to", "other", "--from", "nothing"), "nothing is kept there"),
    ],
)
def test_what_cannot_be_moved_is_told(
    words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = _command(*words)
    assert code == 1
    assert told in said
    assert "s3cret" not in said
    assert list(tmp_path.iterdir()) == []
