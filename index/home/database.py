"""One store of a home on its engine: a SQLite file, or a PostgreSQL server that replicas share.

Connections stay open and are lent; those of one place are shared by all stores of the process
that lie there, and go with the last of them. Loading SQLAlchemy takes a while: whoever may have
nothing to keep or to read loads this late.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import URL, Connection, Engine, Row, Select, Table, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool, QueuePool

from index.home.database_faults import driver_missing, fault_of
from index.home.database_server import DatabaseServer, Place
from index.home.faults.kinds import STORE_ERRORS
from index.home.faults.store_look import read_only_address, tell_if_emptied
from index.home.paths import claim_private
from index.home.schema import Schema, bring_up, is_current
from index.home.server_connection import WAIT_S, connected, lock_number
from index.home.sqlite import write_ahead

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as ServerInsert
    from sqlalchemy.dialects.sqlite import Insert as FileInsert

_FILE_SETTINGS = (
    # What is acknowledged outlives a power cut, and what is deleted is in no file.
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
)
_KEPT_OPEN = 5
"""Connections to a server that stay open; twice as many more are opened for a while."""
_FILE = "sqlite"


_NONE: Mapping[str, object] = MappingProxyType({})


class _Way(NamedTuple):
    """A way to begin a transaction."""

    in_file: str
    on_server: str
    """The level that it is isolated at."""


_READS = _Way("BEGIN", "REPEATABLE READ")
_WRITES = _Way("BEGIN IMMEDIATE", "READ COMMITTED")


class Database:
    """The tables of one store in one place; safe between threads, processes and forks.

    Every method raises StoreUnusable.
    """

    def __init__(self, place: Place, schema: Schema) -> None:
        self._place = place
        self._schema = schema
        self._opened: _Opened | None = None

    @property
    def store(self) -> str:
        """Name of the store."""
        return self._schema.name

    @property
    def is_shared(self) -> bool:
        """Tell whether it lies on a server, where other machines may use it."""
        return isinstance(self._place, DatabaseServer)

    @property
    def is_there(self) -> bool:
        """Tell whether there can be anything in it; asking makes no file."""
        return isinstance(self._place, DatabaseServer) or self._place.exists()

    def apart(self) -> Connection:
        """Return a connection that is lent to nobody else, without transactions; close it."""
        with self.told():
            connection = self._current().engine.connect()
            connection.execution_options(isolation_level="AUTOCOMMIT")
            # What sets the level needs the pool that this one leaves.
            connection.detach()
        return connection

    def rows(
        self, query: Select[*tuple[Any, ...]], values: Mapping[str, object] = _NONE
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return what a query finds for values; nothing where there is no file, or for a text that
        neither engine can hold.

        A query that is made once and asked often costs a part of one that is made each time.
        """
        if not self.is_there:
            return ()
        with self.reading() as connection:
            try:
                return connection.execute(query, values).all()
            except UnicodeEncodeError:
                return ()
            except DBAPIError as error:
                if _is_unstorable(error):
                    return ()
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees what is kept as it is at one moment."""
        with self.told(), self._begun(_READS) as connection:
            yield connection

    @contextmanager
    def writing(self, *alone: str) -> Iterator[Connection]:
        """Yield a connection that holds the right to write, until all is written or nothing.

        A file has one who writes at a time. On a server one writes at a time who names the same,
        and who names nothing writes alone.
        """
        with self.told(), self._begun(_WRITES) as connection:
            # Taken before anything is read: one who reads first cannot wait for a writer.
            _take_turn(connection, self._schema.name, alone)
            yield connection
            connection.commit()

    def tidy(self) -> None:
        """Let nothing that was deleted be in any file; a server does that by itself, in time."""
        if isinstance(self._place, DatabaseServer) or not self.is_there:
            return
        with self.told(), self._current().engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of what is open; what is asked later opens it again."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.engine.dispose()

    @contextmanager
    def _begun(self, how: _Way) -> Iterator[Connection]:
        opened = self._current()
        with opened.engine.connect() as connection:
            _begin(connection, how)
            if not (opened.has_seen(self._schema) or self._is_current(connection)):
                _abandon(connection)
                self._bring_up(opened.engine)
                _begin(connection, how)
            opened.note_seen(self._schema)
            yield connection

    def _is_current(self, connection: Connection) -> bool:
        return is_current(connection, self._place, self._schema)

    def _bring_up(self, engine: Engine) -> None:
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            if isinstance(driver, sqlite3.Connection):
                write_ahead(driver)
            _begin(connection, _WRITES)
            _take_turn(connection, f"{self._schema.name} layout", ())
            bring_up(connection, self._schema)
            connection.commit()

    def _current(self) -> _Opened:
        opened = self._opened
        if opened is None or not opened.is_same:
            opened = self._opened = _opened_at(self._place)
        return opened

    @contextmanager
    def told(self) -> Iterator[None]:
        """Raise what an engine raises as what the user can do about it."""
        try:
            yield
        except DBAPIError as error:
            raise fault_of(self._place, error.orig or error) from error
        except (*STORE_ERRORS, PoolTimeout) as error:
            raise fault_of(self._place, error) from error


@dataclass(frozen=True, slots=True)
class Connections:
    """Connections of this process to one place."""

    is_server: bool
    lent: int
    free: int


def connections() -> tuple[Connections, ...]:
    """Return what connections are open, by the places that stores of this process lie in."""
    with _placing:
        engines = [one.engine for one in _places.values()]
    return tuple(
        Connections(engine.dialect.name != _FILE, pool.checkedout(), pool.checkedin())
        for engine in engines
        if isinstance(pool := engine.pool, QueuePool)
    )


def inserting(engine: str, table: Table) -> FileInsert | ServerInsert:
    """Return an insertion that may say what is to happen where its row is there already.

    `engine` is the name of a connection's dialect.
    """
    # Loading either takes a while, and one is never needed.
    if engine == _FILE:
        from sqlalchemy.dialects.sqlite import insert as into_file

        return into_file(table)
    from sqlalchemy.dialects.postgresql import insert as into_server

    return into_server(table)


def time_of(connection: Connection) -> float:
    """Return the seconds since the epoch by the clock that all who use the place share: that of
    the server, or of the machine that has the file.
    """
    if connection.dialect.name == _FILE:
        return time.time()
    return float(connection.scalar(_SERVER_TIME) or 0)


def next_number(connection: Connection, table: Table) -> int:
    """Return a number above those of all rows that a table has or had; rows that are added later
    have no smaller one. The table counts its rows by itself, and uses no number twice.
    """
    counting = table.autoincrement_column
    assert counting is not None
    names = {"name": table.name, "column": counting.name}
    return int(connection.scalar(_NEXT[connection.dialect.name], names) or 1)


_SERVER_TIME = text("SELECT extract(epoch FROM clock_timestamp())")
_NEXT = {
    _FILE: text("SELECT seq + 1 FROM sqlite_sequence WHERE name = :name AND :column != ''"),
    "postgresql": text("SELECT nextval(pg_get_serial_sequence(:name, :column))"),
}


class _Opened:
    """What is open of one place: connections that are lent, for as long as somebody uses it."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._process = os.getpid()
        self._seen = _Seen()
        self._read_only = None if isinstance(place, DatabaseServer) else read_only_address(place)
        self.engine = (
            _of_server(place)
            if isinstance(place, DatabaseServer)
            else _of_file(place, self._read_only)
        )
        event.listen(self.engine, "connect", partial(_connected, place, self._seen))
        self.ending = weakref.finalize(self, self.engine.dispose)

    @property
    def is_same(self) -> bool:
        """Tell whether it is still what lies there: a file may have been put in its place."""
        if self._process != os.getpid():
            return False
        if isinstance(self._place, DatabaseServer):
            return True
        known = self._seen.file
        is_there = known is None or known == _identity(self._place)
        return is_there and self._read_only == read_only_address(self._place)

    def has_seen(self, schema: Schema) -> bool:
        """Tell whether nobody has to look at the tables: on a server, where it was done since it
        was connected to. In a file it costs nothing to look.
        """
        return isinstance(self._place, DatabaseServer) and schema.name in self._seen.schemas

    def note_seen(self, schema: Schema) -> None:
        """Note that the tables are as they are to be."""
        self._seen.schemas.add(schema.name)


@dataclass(slots=True)
class _Seen:
    """What was found when it was connected to."""

    schemas: set[str] = field(default_factory=set)
    file: tuple[int, int] | None = None


_places: weakref.WeakValueDictionary[Place, _Opened] = weakref.WeakValueDictionary()
_placing = threading.RLock()
_inherited: list[_Opened] = []
"""Of the process that this one was forked off: never used, and never closed."""
_watching: list[bool] = []
"""Whether forks are watched."""


def _opened_at(place: Place) -> _Opened:
    with _placing:
        if not _watching:
            os.register_at_fork(after_in_child=_leave_to_parent)
            _watching.append(True)
        opened = _places.get(place)
        if opened is None or not opened.is_same:
            opened = _places[place] = _Opened(place)
        return opened


def _leave_to_parent() -> None:
    global _placing  # noqa: PLW0603
    # Another thread of the parent may have held it.
    _placing = threading.RLock()
    for opened in list(_places.values()):
        opened.ending.detach()
        _inherited.append(opened)
    _places.clear()


def _of_file(path: Path, read_only: str | None) -> Engine:
    tell_if_emptied(path)
    if read_only is not None:
        # Nobody tells such a connection that the file has changed: each use gets one of its own.
        return create_engine(
            URL.create("sqlite", database=read_only, query={"uri": "true"}),
            connect_args={"timeout": WAIT_S, "isolation_level": None},
            poolclass=NullPool,
        )
    claim_private(path)
    return create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": WAIT_S, "isolation_level": None},
        max_overflow=-1,
        pool_use_lifo=True,
    )


def _of_server(server: DatabaseServer) -> Engine:
    if find_spec("psycopg") is None:
        raise driver_missing(server)
    return create_engine(
        "postgresql+psycopg://",
        creator=partial(connected, server),
        pool_size=_KEPT_OPEN,
        max_overflow=2 * _KEPT_OPEN,
        pool_pre_ping=True,
        pool_use_lifo=True,
        use_native_hstore=False,
    )


def _connected(place: Place, seen: _Seen, driver: Any, record: object) -> None:  # noqa: ARG001
    seen.schemas.clear()
    if isinstance(driver, sqlite3.Connection):
        for statement in _FILE_SETTINGS:
            driver.execute(statement)
        seen.file = _identity(place)


def _identity(place: Place) -> tuple[int, int] | None:
    if isinstance(place, DatabaseServer):
        return None
    try:
        status = place.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _begin(connection: Connection, how: _Way) -> None:
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        # At once: it is done before every use.
        driver.execute(how.in_file)
    else:
        # psycopg begins by itself.
        connection.execution_options(isolation_level=how.on_server)


def _abandon(connection: Connection) -> None:
    """End what was just begun; SQLAlchemy knows of it only once a statement went through it."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.rollback()
    connection.rollback()


def _take_turn(connection: Connection, store: str, alone: Sequence[str]) -> None:
    """Wait until nobody else writes what this one is going to; a file has one writer anyway."""
    if connection.dialect.name == _FILE:
        return
    if not alone:
        connection.execute(_ALONE, {"store": lock_number(store)})
        return
    for one in sorted(alone):
        connection.execute(_BESIDE, {"store": lock_number(store), "one": lock_number(store, one)})


_ALONE = text("SELECT pg_advisory_xact_lock(:store)")
_BESIDE = text("SELECT pg_advisory_xact_lock_shared(:store), pg_advisory_xact_lock(:one)")


def _is_unstorable(error: DBAPIError) -> bool:
    """Tell whether a server was asked for a text that it cannot hold: one with a null character."""
    return "NUL" in str(error.orig) and getattr(error.orig, "sqlstate", None) is None
