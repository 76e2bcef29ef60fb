"""Stores on two engines: transactions, turns, revisions, forks, and what is said when one fails."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, func, insert, inspect, select, text

from assistant.history.history_tables import SCHEMA as HISTORY
from assistant.library.library_tables import SCHEMA as LIBRARY
from assistant.model.ledger_tables import SCHEMA as LEDGER
from index.errors import NewerLayout, StoreUnusable
from index.home import database, server_connection
from index.home.database import Database
from index.home.database_server import DatabaseServer, Place
from index.home.schema import Schema
from tests.index.home import files_of_before
from tests.index.home.made_schema import failing_schema, schema
from tests.postgresql_server import PostgresqlServer, running_server
from ui.questionnaires.job_storage.job_tables import SCHEMA as QUESTIONNAIRES
from ui.slack.inbox.event_tables import SCHEMA as INBOX

SCHEMAS = pytest.mark.parametrize(
    "known", [HISTORY, LIBRARY, LEDGER, QUESTIONNAIRES, INBOX], ids=lambda one: one.name
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "revisions of 100%"


@pytest.fixture
def first(folder: Path) -> Schema:
    return schema(folder)


@pytest.fixture
def own_server() -> Iterator[PostgresqlServer]:
    """A server that a test may stop, and that keeps what was committed."""
    with running_server("synchronous_commit=on") as server:
        yield server


def _notes(known: Schema) -> Table:
    return known.tables.tables["notes"]


def _say(place: Place, known: Schema, *said: str) -> None:
    with Database(place, known).writing() as connection:
        for one in said:
            connection.execute(insert(_notes(known)).values(said=one))


def _said(place: Place, known: Schema) -> list[str]:
    notes = _notes(known)
    return [
        one for (one,) in Database(place, known).rows(select(notes.c.said).order_by(notes.c.id))
    ]


def test_a_transaction_is_written_whole_or_not_at_all(place: Place, first: Schema) -> None:
    _say(place, first, "one")

    def fail() -> None:
        with Database(place, first).writing() as connection:
            connection.execute(insert(_notes(first)).values(said="two"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert _said(place, first) == ["one"]


def test_who_reads_sees_one_moment_while_another_writes(place: Place, first: Schema) -> None:
    _say(place, first, "one")
    count = select(func.count()).select_from(_notes(first))
    with Database(place, first).reading() as connection:
        assert connection.scalar(count) == 1
        _say(place, first, "two")
        assert connection.scalar(count) == 1
    assert _said(place, first) == ["one", "two"]


@pytest.mark.parametrize("value", ["\ud800", "a\x00b"])
def test_a_text_that_cannot_be_kept_is_not_found(place: Place, first: Schema, value: str) -> None:
    _say(place, first, "one")
    notes = _notes(first)
    assert not Database(place, first).rows(select(notes).where(notes.c.said == value))


def _count_up(place: Place, folder: Path, name: str, times: int) -> None:
    known = schema(folder)
    notes, store = _notes(known), Database(place, known)
    for _ in range(times):
        with store.writing(name) as connection:
            last = connection.scalar(select(func.max(notes.c.id))) or 0
            connection.execute(insert(notes).values(id=last + 1, said=name))


def test_those_who_name_the_same_take_turns(place: Place, folder: Path) -> None:
    """Each reads what was there before it adds to it: two at once would take the same number."""
    _say(place, schema(folder), "first")
    workers = [
        threading.Thread(target=_count_up, args=(place, folder, "same", 20)) for _ in range(4)
    ]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(_said(place, schema(folder))) == 81


def test_those_who_name_others_do_not_wait_and_who_names_none_waits_for_all(
    database_url: str, first: Schema
) -> None:
    store = Database(DatabaseServer(database_url), first)
    done: list[str] = []

    def write(*names: str) -> None:
        with store.writing(*names):
            done.append(names[0] if names else "alone")

    with store.writing("anna"):
        write("bert")
        alone = threading.Thread(target=write)
        alone.start()
        alone.join(0.3)
        assert done == ["bert"]
    alone.join()
    assert done == ["bert", "alone"]


def test_who_waits_too_long_is_told_that_another_writes(
    place: Place, first: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    _say(place, first, "one")
    monkeypatch.setattr(database, "WAIT_S", 0)
    monkeypatch.setattr(server_connection, "_SERVER_SETTINGS", "-c lock_timeout=1")
    with (
        Database(place, first).writing(),
        pytest.raises(StoreUnusable, match="Another program holds it"),
        Database(place, first).writing(),
    ):
        pass


@SCHEMAS
def test_revisions_make_the_tables_as_they_are(
    known: Schema, place: Place, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What is new is made from the tables at once; what is older comes there by its revisions."""
    other = tmp_path / "by-revisions.sqlite"
    by_revisions: Place = other
    if isinstance(place, DatabaseServer):
        server = request.getfixturevalue("postgresql")
        by_revisions = DatabaseServer(server.new_database())
    _make_by_revisions(by_revisions, known)
    assert _layout(place, known) == _layout(by_revisions, known)
    assert _differences(by_revisions, known) == []
    assert max(int(one.stem[-4:]) for one in known.revisions.glob("*.py")) == known.number


def _make_by_revisions(place: Place, known: Schema) -> None:
    from index.home import schema as schemas

    empty = Schema(known.name, type(known.tables)(), known.number, known.revisions)
    with Database(place, empty)._current().engine.connect() as connection:
        schemas._upgrade(connection, empty, 0)
        schemas._note_number(connection, empty, known.number)
        connection.commit()


def _layout(place: Place, known: Schema) -> dict[str, object]:
    """Return columns, keys and indexes of the tables, as the engine has them."""
    with Database(place, known).reading() as connection:
        found = inspect(connection)
        return {
            name: (
                [
                    (one["name"], str(one["type"]), one["default"])
                    for one in found.get_columns(name)
                ],
                found.get_pk_constraint(name)["constrained_columns"],
                sorted((one["name"], one["column_names"]) for one in found.get_indexes(name)),
            )
            for name in known.tables.tables
        }


def _differences(place: Place, known: Schema) -> list[object]:
    """Return what Alembic would change to make the tables of a database those of the program."""
    with Database(place, known).reading() as connection:
        options = {"compare_type": True, "version_table": known.version_table}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, known.tables))


def test_an_older_database_is_brought_up_with_all_that_is_in_it(place: Place, folder: Path) -> None:
    _say(place, schema(folder), "one", "two")
    later = schema(folder, 3)
    rows = Database(place, later).rows(select(_notes(later)).order_by("id"))
    assert [tuple(row)[1:] for row in rows] == [("one", "one!", "one!"), ("two", "two!", "two!")]
    _say(place, later, "three")
    assert _said(place, later) == ["one", "two", "three"]


OF_BEFORE = pytest.mark.parametrize(
    ("known", "layout"),
    [
        (HISTORY, files_of_before.CONVERSATIONS),
        (LIBRARY, files_of_before.LIBRARY),
        (LEDGER, files_of_before.LEDGER),
        (INBOX, files_of_before.INBOX),
    ],
    ids=["history", "library", "ledger", "inbox"],
)


@OF_BEFORE
def test_a_file_of_before_revisions_is_taken_over_row_by_row(
    known: Schema, layout: str, tmp_path: Path
) -> None:
    path = files_of_before.made(tmp_path / "kept.sqlite", layout)
    before = files_of_before.rows_of(path)
    assert all(before.values())
    for name, table in known.tables.tables.items():
        read = Database(path, known).rows(select(table).order_by(*list(table.c)[:2]))
        assert [tuple(row) for row in read] == before[name]
    with Database(path, known).writing() as connection:
        connection.execute(text("SELECT 1"))
    assert files_of_before.rows_of(path) == before
    assert _layout(path, known) == _layout(tmp_path / "new.sqlite", known)


@OF_BEFORE
def test_a_file_of_before_revisions_has_later_ones_too(
    known: Schema, layout: str, tmp_path: Path
) -> None:
    path = files_of_before.made(tmp_path / "kept.sqlite", layout)
    before = files_of_before.rows_of(path)
    (tmp_path / "revisions").mkdir()
    for one in known.revisions.glob("*.py"):
        shutil.copy(one, tmp_path / "revisions")
    (tmp_path / "revisions" / "more.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '{known.number + 1:04}', '{known.number:04}'\n"
        "def upgrade():\n    op.execute('CREATE TABLE more (one TEXT)')\n",
        encoding="utf-8",
    )
    later = replace(known, number=known.number + 1, revisions=tmp_path / "revisions")
    assert Database(path, later).rows(select(text("one FROM more"))) == []
    after = files_of_before.rows_of(path)
    assert {name: after[name] for name in before} == before


def test_versions_that_are_one_step_apart_work_side_by_side(place: Place, folder: Path) -> None:
    before, after, beyond = schema(folder), schema(folder, 2), schema(folder, 3)
    _say(place, before, "old")
    _say(place, after, "new")
    _say(place, before, "old again")
    assert _said(place, before) == ["old", "new", "old again"]
    _say(place, beyond, "newer")
    # Connections that were open before are not asked again, new ones are.
    Database(place, before).close()
    with pytest.raises(NewerLayout, match=r"layout 3, this version knows 1.*install that one"):
        _said(place, before)
    assert _said(place, after) == ["old", "new", "old again", "newer"]


def test_a_revision_that_fails_half_way_leaves_all_as_it_was(place: Place, folder: Path) -> None:
    known = schema(folder)
    _say(place, known, "one")
    later = failing_schema(folder)
    with pytest.raises(RuntimeError, match="half way"):
        _said(place, later)
    assert _said(place, known) == ["one"]


def _open_together(place: Place, folder: Path, barrier: Any, outcomes: Any) -> None:
    known = schema(folder, 3)
    barrier.wait(60)
    outcomes.put(_said(place, known))


def test_processes_that_bring_it_up_at_once_do_it_once(place: Place, folder: Path) -> None:
    _say(place, schema(folder), "one")
    schema(folder, 3)
    context = multiprocessing.get_context("spawn")
    barrier, outcomes = context.Barrier(3), context.Queue()
    processes = [
        context.Process(target=_open_together, args=(place, folder, barrier, outcomes))
        for _ in range(3)
    ]
    for one in processes:
        one.start()
    assert [outcomes.get(timeout=60) for _ in processes] == [["one"]] * 3
    for one in processes:
        one.join(60)


def test_a_forked_process_leaves_the_connections_of_its_parent_alone(
    place: Place, first: Schema
) -> None:
    store = Database(place, first)
    with store.writing() as connection:
        connection.execute(insert(_notes(first)).values(said="parent"))
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with store.writing() as connection:
                connection.execute(insert(_notes(first)).values(said="child"))
            store.close()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    assert [one for (one,) in store.rows(select(_notes(first).c.said))] == ["parent", "child"]


def test_connections_are_kept_between_uses_and_closed_with_the_last_store(
    tmp_path: Path, first: Schema
) -> None:
    path = tmp_path / "kept.sqlite"
    store, other = Database(path, first), Database(path, first)
    _say(path, first, "one")
    for one in (store, other):
        assert one.rows(select(_notes(first)))
    assert len(_open_files(path)) == 1
    del one, store
    assert other.rows(select(_notes(first)))
    del other
    assert _open_files(path) == []


def _open_files(path: Path) -> list[str]:
    """Return which of the files of a store this process has open, but for those beside it."""
    links = Path("/proc/self/fd").iterdir()
    return [str(one) for one in links if one.exists() and one.resolve() == path.resolve()]


def test_another_file_in_the_place_is_the_one_that_is_read(tmp_path: Path, first: Schema) -> None:
    here, there = tmp_path / "here.sqlite", tmp_path / "there.sqlite"
    store = Database(here, first)
    _say(here, first, "here")
    assert len(store.rows(select(_notes(first)))) == 1
    _say(there, first, "there", "too")
    store.close()
    there.replace(here)
    assert len(store.rows(select(_notes(first)))) == 2
    here.unlink()
    assert store.rows(select(_notes(first))) == ()


def test_a_server_that_is_away_is_named_and_needs_no_restart_afterwards(
    own_server: PostgresqlServer, first: Schema
) -> None:
    place = DatabaseServer(own_server.new_database())
    store = Database(place, first)
    _say(place, first, "one")
    with store.writing() as connection:
        connection.execute(insert(_notes(first)).values(said="two"))
    own_server.stop(signal.SIGQUIT)
    begun = time.monotonic()
    with pytest.raises(StoreUnusable, match=r"residency@127.0.0.1:\d+.*can be reached") as caught:
        store.rows(select(_notes(first)))
    assert time.monotonic() - begun < 10
    _expect_no_secret(caught.value, own_server.password)
    own_server.start()
    assert _said(place, first) == ["one", "two"]
    with store.writing() as connection:
        connection.execute(insert(_notes(first)).values(said="three"))


def test_a_transaction_that_loses_its_server_is_written_not_at_all(
    own_server: PostgresqlServer, first: Schema
) -> None:
    place = DatabaseServer(own_server.new_database())
    _say(place, first, "one")

    def lose() -> None:
        with Database(place, first).writing() as connection:
            connection.execute(insert(_notes(first)).values(said="lost"))
            own_server.stop()
            connection.execute(insert(_notes(first)).values(said="lost too"))

    with pytest.raises(StoreUnusable):
        lose()
    own_server.start()
    assert _said(place, first) == ["one"]


def test_a_server_that_takes_no_writing_is_named_with_what_to_do(
    postgresql: PostgresqlServer, first: Schema
) -> None:
    url = postgresql.new_database()
    _say(DatabaseServer(url), first, "one")
    place = DatabaseServer(f"{url}%20-cdefault_transaction_read_only%3Don")
    assert _said(place, first) == ["one"]
    with pytest.raises(StoreUnusable, match=r"read-only transaction.*name the primary"):
        _say(place, first, "two")


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"password": "wr0ng/secret@x"}, "Correct user and password in RESIDENCY_DATABASE_URL"),
        ({"database": "nowhere"}, "its database or its user is not there"),
    ],
)
def test_who_is_turned_away_is_told_what_to_correct(
    postgresql: PostgresqlServer, first: Schema, change: dict[str, str], step: str
) -> None:
    place = DatabaseServer(postgresql.url(**change))
    with pytest.raises(StoreUnusable, match=step) as caught:
        _said(place, first)
    _expect_no_secret(caught.value, change.get("password", postgresql.password))


def _expect_no_secret(error: BaseException, password: str) -> None:
    told = f"{error} {error!r} {error.__cause__}"
    assert password not in told
    assert password.replace("@", "%40").replace("/", "%2F") not in told


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("53100", "Free space on the disk of the server"),
        ("53300", "max_connections"),
        ("42501", "right to make and change tables"),
        ("57P01", "can be reached"),
        ("08006", "can be reached"),
        ("XX000", "See the log of the server"),
    ],
)
def test_what_a_server_says_comes_with_the_next_step(
    database_url: str, first: Schema, state: str, step: str
) -> None:
    place = DatabaseServer(database_url)
    raised = text(f"DO $$ BEGIN RAISE EXCEPTION 'so it is' USING ERRCODE = '{state}'; END $$")
    with (
        pytest.raises(StoreUnusable, match=rf"\(so it is\).*{step}"),
        Database(place, first).writing() as connection,
    ):
        connection.execute(raised)


def test_a_server_without_a_driver_says_what_to_install(
    first: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "find_spec", lambda name: None)
    place = DatabaseServer("postgresql://me:hidden@elsewhere/kept")
    with pytest.raises(StoreUnusable, match=r"elsewhere/kept.*\[postgresql\]") as caught:
        _said(place, first)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:s3cret@db.example:5433/kept?sslmode=require",
         "postgresql://me@db.example:5433/kept"),
        ("postgres://me@one:1,two:2/kept?target_session_attrs=read-write",
         "postgresql://me@one:1,two:2/kept"),
        ("postgresql:///kept?host=/run/postgresql&password=s3cret", "postgresql:///kept"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_what_is_secret_in_it(url: str, shown: str) -> None:
    server = DatabaseServer(url)
    assert (str(server), "s3cret" in repr(server)) == (shown, False)
    assert "s3cret" not in url or "s3cret" not in server.without_secrets("said s3cret")


@pytest.mark.parametrize(
    "url", ["s3cret", "mysql://a:s3cret@b/c", "postgresql://a:s3cret@b", "//["]
)
def test_what_is_no_address_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(ValueError, match="no address") as caught:
        DatabaseServer(url)
    assert "s3cret" not in str(caught.value)


def test_a_file_in_a_folder_that_is_not_there_is_named(tmp_path: Path, first: Schema) -> None:
    path = tmp_path / "none" / "kept.sqlite"
    with pytest.raises(StoreUnusable, match=r"kept\.sqlite.*See that its folder is there"):
        _say(path, first, "one")


def test_what_is_deleted_is_in_no_file(tmp_path: Path, first: Schema) -> None:
    path = tmp_path / "kept.sqlite"
    store = Database(path, first)
    _say(path, first, "Qaanaaq" * 1_000)
    with store.writing() as connection:
        connection.execute(_notes(first).delete())
    store.tidy()
    assert not any(b"Qaanaaq" in one.read_bytes() for one in tmp_path.glob("kept*"))
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
