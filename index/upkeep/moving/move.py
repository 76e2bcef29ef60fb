"""Moves stores from a side to another one: what is there is looked at first, then the rows that are
missing are added, then both sides are read anew and held against each other.

Nothing is remembered of a move that was interrupted: the next one goes on with what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from index.errors import MoveError
from index.home.database import Database
from index.home.database_server import DatabaseServer
from index.home.paths import make_private
from index.upkeep.moving.compare import Compared, compared, missing
from index.upkeep.moving.stores import (
    KeptStore,
    Side,
    Values,
    is_empty,
    key_of,
    layout,
    reading,
    rows_of,
    with_nulls,
)

_ROWS = 500
_BYTES = 4 * 2**20
"""Of one transaction at most, unless one row has more."""
_NAMED = 3
"""Keys that a message names."""


@dataclass(frozen=True, slots=True)
class MovedTable:
    """A table that is equal on both sides."""

    store: str
    table: str
    rows: int
    sha256: str
    """Of its rows in order of the key; the same on both sides."""
    added: int
    """Rows that were not there before."""


def move(
    stores: Sequence[KeptStore],
    source: Side,
    target: Side,
    *,
    replace: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> tuple[MovedTable, ...]:
    """Bring the stores of a side to another one; return all tables, proved equal row by row.

    With `replace` each null character of a file is one that a server can hold. The source is not
    written to. Raises MoveError, NewerLayout and StoreUnusable; what was added by then stays, and
    the next move goes on with it.
    """
    if source == target:
        raise MoveError(f"{source}: source and target are the same. Give another target")
    moving = _Moving(source, target, replace)
    there = [one for one in stores if layout(one, source)]
    if not there:
        raise MoveError(f"{source}: nothing is kept there. Give the home or database that has it")
    for one in stores:
        moving.check(one)
    added: dict[tuple[str, str], int] = {}
    for one in there:
        for table, count in moving.add(one):
            added[one.schema.name, table] = count
            if count:
                say(f"{one.schema.name} {table}: {count:,} rows added")
    return tuple(
        MovedTable(
            one.schema.name, table, found.rows, found.sha256, added[one.schema.name, table]
        )
        for one in there
        for table, found in moving.prove(one)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Moving:
    """A move of stores."""

    source: Side
    target: Side
    replace: bool

    def check(self, store: KeptStore) -> None:
        """Raise MoveError for what is not to be moved, or would meet rows of the target's own."""
        if layout(store, self.target) == 0 and not self._holds_nulls():
            return
        with ExitStack() as stack:
            source = stack.enter_context(reading(store, self.source))
            if source is not None and self._holds_nulls():
                self._check_nulls(store, source)
            if layout(store, self.target) == 0:
                return
            # Brought up first: what is missing is added to it anyway.
            with Database(store.place(self.target), store.schema).writing():
                """Its layout is today's by then."""
            target = stack.enter_context(reading(store, self.target))
            for table in store.tables:
                found = self._compared(store, table, source, target)
                if found.own:
                    raise MoveError(
                        f"{store.place(self.target)}: {table.name} has rows of its own, or other "
                        f"ones than {self.source}: ({found.own}). Give an empty database or home"
                    )

    def add(self, store: KeptStore) -> Iterator[tuple[str, int]]:
        """Add what is missing; yield how many rows of each table."""
        place = store.place(self.target)
        if isinstance(place, Path):
            _make_folder(place.parent)
        database = Database(place, store.schema)
        with reading(store, self.source) as source:
            if source is None:
                return
            with database.writing():
                """Its tables are there by then."""
            for table in store.tables:
                rows = self._missing(store, table, source)
                yield table.name, self._added(database, store, table, rows)
        database.close()

    def prove(self, store: KeptStore) -> Iterator[tuple[str, Compared]]:
        """Yield how the tables stand, all equal; raise MoveError for the first that is not."""
        with reading(store, self.source) as source, reading(store, self.target) as target:
            for table in store.tables:
                found = self._compared(store, table, source, target)
                if not found.are_equal:
                    less = found.rows - found.equal
                    raise MoveError(
                        f"{store.place(self.source)}: {table.name} is not what was moved "
                        f"({found.own or f'{less:,} rows more'}): somebody writes to it or to "
                        f"{self.target}. End what uses them, then run the same command again"
                    )
                yield table.name, found

    def _holds_nulls(self) -> bool:
        return isinstance(self.target, DatabaseServer) and not self.replace

    def _check_nulls(self, store: KeptStore, source: Connection) -> None:
        for table in store.tables:
            count, keys = with_nulls(table, source, _NAMED)
            if count:
                named = "; ".join(", ".join(map(repr, key)) for key in keys)
                raise MoveError(
                    f"{store.place(self.source)}: {count:,} rows of {table.name} have a null "
                    f"character, which PostgreSQL cannot hold: ({named}). Nothing was moved. Use "
                    "`--replace-null` to have U+FFFD in its place there"
                )

    def _compared(
        self, store: KeptStore, table: Table, source: Connection | None, target: Connection | None
    ) -> Compared:
        return compared(
            self._rows(store, self.source, table, source),
            self._rows(store, self.target, table, target),
            key_of(table),
        )

    def _rows(
        self, store: KeptStore, side: Side, table: Table, connection: Connection | None
    ) -> Iterator[Values]:
        if connection is None:
            return iter(())
        replace = self.replace and side == self.source and isinstance(side, Path)
        return rows_of(store, side, table, connection, replace=replace)

    def _missing(self, store: KeptStore, table: Table, source: Connection) -> Iterator[Values]:
        """Yield the rows that the target has not; it is looked at meanwhile only if it has any."""
        wanted = self._rows(store, self.source, table, source)
        with reading(store, self.target) as there:
            has_some = there is not None and not is_empty(table, there)
        if not has_some and store.in_folder(self.target, table) is None:
            yield from wanted
            return
        found = Compared()
        with reading(store, self.target) as there:
            known = self._rows(store, self.target, table, there)
            yield from missing(wanted, known, key_of(table), found)
        if found.own:
            raise MoveError(
                f"{store.place(self.target)}: {table.name} got rows of its own meanwhile: "
                f"({found.own}). End what uses it, and give an empty database or home"
            )

    def _added(
        self, database: Database, store: KeptStore, table: Table, rows: Iterator[Values]
    ) -> int:
        count, folder = 0, store.in_folder(self.target, table)
        names = [one.name for one in table.columns]
        for some in _parted(rows):
            count += len(some)
            if folder is not None and isinstance(self.target, Path):
                folder.write(self.target, some)
                continue
            with database.writing() as connection:
                try:
                    connection.execute(
                        insert(table), [dict(zip(names, row, strict=True)) for row in some]
                    )
                except IntegrityError as error:
                    raise MoveError(
                        f"{store.place(self.target)}: {table.name} got rows of its own meanwhile. "
                        "End what uses it, and give an empty database or home"
                    ) from error
                _count_on(connection, table)
        return count


def _parted(rows: Iterable[Values]) -> Iterator[list[Values]]:
    """Yield rows together, few enough to be held at a time."""
    some: list[Values] = []
    size = 0
    for row in rows:
        some.append(row)
        size += sum(len(one) for one in row if isinstance(one, str | bytes))
        if len(some) >= _ROWS or size >= _BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def _count_on(connection: Connection, table: Table) -> None:
    """Let a server number the next row behind those that were added with their numbers."""
    column = table.autoincrement_column
    if column is None or connection.dialect.name == "sqlite":
        return
    last = connection.scalar(select(func.max(column)))
    counter = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
    connection.execute(counter, {"table": table.name, "column": column.name, "last": last})


def _make_folder(folder: Path) -> None:
    try:
        make_private(folder)
    except OSError as error:
        raise MoveError(
            f"{folder}: cannot be made ({error.strerror}). Give another home, or correct the "
            "permissions"
        ) from error
