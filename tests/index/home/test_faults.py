"""What keeps a file from being used is told apart, each with its own next step."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.home.faults.kinds import Fault, fault_kind, next_step, step
from index.home.faults.store_look import Flaw, StoreFile, look_at

_ROWS = 300


@pytest.fixture
def store(tmp_path: Path) -> StoreFile:
    path = tmp_path / "kept.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, said TEXT)")
        database.execute("CREATE INDEX notes_said ON notes (said)")
        rows = [(f"note {number} " * 9,) for number in range(_ROWS)]
        database.executemany("INSERT INTO notes (said) VALUES (?)", rows)
        database.execute("PRAGMA user_version = 3")
    return StoreFile("notes", path, frozenset({"notes"}), 3)


def _flaw(store: StoreFile, *, deep: bool = True) -> Flaw:
    found = look_at(store, deep=deep)
    assert found is not None
    return found


@pytest.mark.parametrize("deep", [True, False])
def test_a_whole_store_and_one_that_is_not_there_have_no_flaw(store: StoreFile, deep: bool) -> None:
    before = store.path.read_bytes()
    assert look_at(store, deep=deep) is None
    assert store.path.read_bytes() == before
    assert [one.name for one in store.path.parent.iterdir()] == [store.path.name]
    store.path.unlink()
    assert look_at(store, deep=deep) is None


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _cut_within_a_page(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 100)


def _overwritten(path: Path) -> None:
    path.write_bytes(b"this is no database\n" * 500)


def _emptied(path: Path) -> None:
    os.truncate(path, 0)


def _another(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE others (id INTEGER)")
        database.execute("PRAGMA user_version = 3")


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("deep", [True, False])
@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (_cut, Fault.DAMAGED),
        (_cut_within_a_page, Fault.DAMAGED),
        (_overwritten, Fault.DAMAGED),
        (_emptied, Fault.DAMAGED),
        (_another, Fault.FOREIGN),
        (_a_folder, Fault.FOREIGN),
    ],
)
def test_damage_is_seen_and_changes_nothing(
    store: StoreFile, damage: Callable[[Path], None], kind: Fault, deep: bool
) -> None:
    damage(store.path)
    before = store.path.read_bytes() if store.path.is_file() else b""
    flaw = _flaw(store, deep=deep)
    assert flaw.kind is kind
    assert "restore it from a backup" in flaw.next_step.lower()
    assert "permissions" not in flaw.next_step
    assert "Free space" not in flaw.next_step
    assert not store.path.is_file() or store.path.read_bytes() == before


def test_a_page_that_is_none_is_seen_by_reading_all(store: StoreFile) -> None:
    content = bytearray(store.path.read_bytes())
    content[4096 * 3 : 4096 * 3 + 8] = b"\xff" * 8
    store.path.write_bytes(content)
    assert look_at(store, deep=False) is None
    assert _flaw(store).kind is Fault.DAMAGED


def test_text_that_is_none_is_seen_by_reading_all(store: StoreFile) -> None:
    with closing(sqlite3.connect(store.path)) as database, database:
        database.execute("UPDATE notes SET said = CAST(x'ff41' AS TEXT) WHERE id = 7")
    assert _flaw(store).kind is Fault.DAMAGED


def test_a_later_layout_is_no_damage(store: StoreFile) -> None:
    with closing(sqlite3.connect(store.path)) as database, database:
        database.execute("PRAGMA user_version = 9")
    flaw = _flaw(store)
    assert "install that one" in flaw.next_step
    assert "way" not in flaw.next_step


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [
        (errno.ENOSPC, Fault.FULL, "Free space"),
        (errno.EDQUOT, Fault.FULL, "Free space"),
        (errno.EROFS, Fault.READ_ONLY, "make the disk writable"),
        (errno.EACCES, Fault.UNREADABLE, "permissions"),
        (errno.EIO, Fault.FAILING, "Check its disk"),
        (errno.ENOENT, Fault.MISSING, "folder is there"),
    ],
)
def test_errors_of_the_system_are_told_apart(number: int, kind: Fault, said: str) -> None:
    error = OSError(number, os.strerror(number))
    assert fault_kind(error) is kind
    assert said in next_step(error)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_CORRUPT_INDEX, Fault.DAMAGED),
        (sqlite3.SQLITE_NOTADB, Fault.DAMAGED),
        (sqlite3.SQLITE_FULL, Fault.FULL),
        (sqlite3.SQLITE_READONLY_DIRECTORY, Fault.READ_ONLY),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Fault.LOCKED),
        (sqlite3.SQLITE_LOCKED, Fault.LOCKED),
        (sqlite3.SQLITE_CANTOPEN, Fault.UNREADABLE),
        (sqlite3.SQLITE_IOERR_READ, Fault.FAILING),
        (sqlite3.SQLITE_NOMEM, Fault.OTHER),
    ],
)
def test_errors_of_sqlite_are_told_apart(code: int, kind: Fault) -> None:
    error = sqlite3.OperationalError("cannot")
    error.sqlite_errorcode = code
    assert fault_kind(error) is kind


def test_only_damage_is_moved_away() -> None:
    away = {kind for kind in Fault if "away" in step(kind)}
    assert away == {Fault.DAMAGED, Fault.FOREIGN}


def test_a_full_disk_is_named_as_one(store: StoreFile, small_disk: Path) -> None:
    path = Path(shutil.copy(store.path, small_disk))
    much = [("x" * 100_000,) for _ in range(100)]
    with (
        closing(sqlite3.connect(path)) as database,
        pytest.raises(sqlite3.Error) as raised,
        database,
    ):
        database.executemany("INSERT INTO notes (said) VALUES (?)", much)
    assert next_step(raised.value, path) in {step(Fault.FULL), step(Fault.FAILING)}
    assert look_at(StoreFile("notes", path, store.tables, 3), deep=True) is None


def test_a_look_leaves_the_locks_of_its_own_process_alone(store: StoreFile) -> None:
    """Else another process takes itself for the last one, and removes the log of what is kept."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as kept:
        kept.execute("INSERT INTO notes (said) VALUES ('kept before')")
        assert look_at(store, deep=False) is None
        assert look_at(store, deep=True) is None
        _used_by_another_process(store.path)
        assert store.path.with_name(f"{store.path.name}-wal").exists()
        kept.execute("INSERT INTO notes (said) VALUES ('kept after')")
        assert _used_by_another_process(store.path) == f"{_ROWS + 2}\n"


def _used_by_another_process(path: Path) -> str:
    program = (
        "import sqlite3, sys; kept = sqlite3.connect(sys.argv[1]); "
        "print(kept.execute('SELECT count(*) FROM notes').fetchone()[0]); kept.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_damaged_list_of_tables_whose_names_are_no_text(store: StoreFile) -> None:
    content = store.path.read_bytes().replace(b"tablenotesnotes", b"tablen\xe5tesnotes")
    store.path.write_bytes(content.replace(b"CREATE TABLE notes", b"CREATE FABLE notes"))
    assert _flaw(store, deep=False).kind is Fault.DAMAGED
    assert _flaw(store).kind is Fault.DAMAGED
