"""The stores that are moved, where they lie on either side, and how their rows are read."""

from __future__ import annotations

import heapq
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, LargeBinary, Table, func, or_, select, text

from index.errors import MoveError, NewerLayout
from index.home.database import Database
from index.home.database_faults import fault_of
from index.home.database_server import DatabaseServer, Place
from index.home.faults.kinds import STORE_ERRORS
from index.home.schema import Schema, number_of

Values = tuple[Any, ...]
Side = Path | DatabaseServer
"""A home folder, or the database that replicas share."""
NULL = "\0"
REPLACED = "\N{REPLACEMENT CHARACTER}"
_AT_ONCE = 200
"""Rows that are read at a time."""


class FolderRows(Protocol):
    """A table whose rows lie in a folder of a home, where that is a side."""

    @property
    def table(self) -> str:
        """Its name."""
        ...

    def read(self, home: Path, connection: Connection) -> Iterator[Values]:
        """Yield the rows in order of their key; `connection` reads the store of the home."""
        ...

    def write(self, home: Path, rows: Iterable[Values]) -> None:
        """Write rows, each whole or not at all."""
        ...


@dataclass(frozen=True, slots=True)
class KeptStore:
    """A store that can lie on either side."""

    schema: Schema
    file: str
    """Its path in a home."""
    folder: FolderRows | None = None

    @property
    def tables(self) -> Sequence[Table]:
        """Its tables, by name."""
        return sorted(self.schema.tables.tables.values(), key=lambda one: one.name)

    def place(self, side: Side) -> Place:
        """Return where it lies on a side."""
        return side if isinstance(side, DatabaseServer) else side / self.file

    def in_folder(self, side: Side, table: Table) -> FolderRows | None:
        """Return what reads and writes the rows that lie in a folder there; None for others."""
        here = isinstance(side, Path) and self.folder is not None
        return self.folder if here and self.folder and self.folder.table == table.name else None


def layout(store: KeptStore, side: Side) -> int:
    """Return the number of a store's layout on a side, 0 where there is none; nothing is written.

    Raises NewerLayout for any that this version does not know, and StoreUnusable.
    """
    place = store.place(side)
    if isinstance(place, DatabaseServer):
        database = Database(place, store.schema)
        with database.told(), database.apart() as connection:
            number = number_of(connection, store.schema)
        database.close()
    else:
        number = _number_of_file(place)
    if number > store.schema.number:
        raise NewerLayout(f"{place} ({store.schema.name})", number, store.schema.number)
    return number


def _number_of_file(path: Path) -> int:
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            number = int(file.execute("PRAGMA user_version").fetchone()[0])
            # A file from before layouts had numbers.
            tables = file.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    except STORE_ERRORS as error:
        raise fault_of(path, error) from error
    return number or (-1 if tables else 0)


@contextmanager
def reading(store: KeptStore, side: Side) -> Iterator[Connection | None]:
    """Yield a connection that sees one moment of a store, with today's layout; None where there is
    nothing. What lies there is not written to: an older file is brought up as a copy.

    Raises MoveError for an older layout of a server.
    """
    number, place = layout(store, side), store.place(side)
    if number == 0:
        yield None
    elif number == store.schema.number:
        with _one_moment(place, store.schema) as connection:
            yield connection
    elif isinstance(place, Path):
        with tempfile.TemporaryDirectory(prefix="residency-") as folder:
            copy = _copied(place, Path(folder) / place.name)
            with Database(copy, store.schema).writing():
                """Brought up by then."""
            with _one_moment(copy, store.schema) as connection:
                yield connection
    else:
        raise MoveError(
            f"{place}: {store.schema.name} has layout {number}, this version {store.schema.number}."
            " Set RESIDENCY_DATABASE_URL to it and run `residency doctor` with this version first"
        )


@contextmanager
def _one_moment(place: Place, schema: Schema) -> Iterator[Connection]:
    database = Database(place, schema)
    with database.reading() as connection:
        if database.is_shared:
            # The other side may take its time.
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield connection
    database.close()


def _copied(path: Path, copy: Path) -> Path:
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except STORE_ERRORS as error:
        raise fault_of(path, error) from error
    return copy


def key_of(table: Table) -> int:
    """Return how many of a table's first columns are its key."""
    return len(table.primary_key.columns)


def is_empty(table: Table, connection: Connection) -> bool:
    """Tell whether a table has no row."""
    return connection.execute(select(*table.primary_key.columns).limit(1)).first() is None


def rows_of(
    store: KeptStore, side: Side, table: Table, connection: Connection, *, replace: bool = False
) -> Iterator[Values]:
    """Yield the rows of a table in order of its key, by code points.

    With `replace` each null character is one that can be kept everywhere. Raises MoveError for
    values of a kind that the column does not have, and for keys that are the same by that.
    """
    folder = store.in_folder(side, table)
    if folder is not None and isinstance(side, Path):
        yield from folder.read(side, connection)
        return
    where = f"{store.place(side)}: {table.name}"
    found = _checked(where, table, _streamed(table, connection, replace=replace))
    if not replace:
        yield from found
        return
    # Those whose key changes come elsewhere in the order; there are few.
    moved = sorted(map(_replaced, _with_null_key(table, connection)))
    key, last = key_of(table), None
    for row in heapq.merge(map(_replaced, found), moved, key=lambda one: one[:key]):
        if row[:key] == last:
            raise MoveError(
                f"{where}: two keys are {last} once null characters are replaced. Rename one of "
                "them with a program for SQLite"
            )
        last = row[:key]
        yield row


def with_nulls(table: Table, connection: Connection, most: int) -> tuple[int, list[Values]]:
    """Return how many rows of a file have a null character, and the keys of some."""
    has = or_(*(func.instr(one, func.char(0)) > 0 for one in _texts(table)))
    if connection.dialect.name != "sqlite" or not _texts(table):
        return 0, []
    count = connection.execute(select(func.count()).select_from(table).where(has)).scalar_one()
    keys = select(*table.primary_key.columns).where(has).limit(most)
    return count, [tuple(one) for one in connection.execute(keys)] if count else []


def _texts(table: Table) -> list[Any]:
    return [one for one in table.columns if one.type.python_type is str]


def _null_key(table: Table) -> Any:
    return or_(
        *(
            func.instr(one, func.char(0)) > 0
            for one in table.primary_key.columns
            if one.type.python_type is str
        )
    )


def _with_null_key(table: Table, connection: Connection) -> Iterator[Values]:
    if any(one.type.python_type is str for one in table.primary_key.columns):
        yield from map(tuple, connection.execute(select(table).where(_null_key(table))))


def _streamed(table: Table, connection: Connection, *, replace: bool) -> Iterator[Values]:
    large = any(isinstance(one.type, LargeBinary) for one in table.columns)
    wanted = select(table).order_by(*table.primary_key.columns)
    if replace and any(one.type.python_type is str for one in table.primary_key.columns):
        wanted = wanted.where(~_null_key(table))
    options = {"yield_per": 4 if large else _AT_ONCE}
    yield from map(tuple, connection.execute(wanted, execution_options=options))


def _checked(where: str, table: Table, rows: Iterator[Values]) -> Iterator[Values]:
    kinds = tuple((one.name, one.type.python_type) for one in table.columns)
    key = key_of(table)
    for row in rows:
        for value, (name, kind) in zip(row, kinds, strict=True):
            if value is not None and type(value) is not kind:
                raise MoveError(
                    f"{where} {row[:key]}: {name} is no {kind.__name__} but {type(value).__name__}"
                    ", which a server does not take. Correct it with a program for SQLite"
                )
        yield row


def _replaced(row: Values) -> Values:
    return tuple(one.replace(NULL, REPLACED) if isinstance(one, str) else one for one in row)
