"""The tables of a store, and how an older database gets them: within one transaction.

A schema has a number, which only rises. What is new is made from the tables as they are; what is
older is brought up by Alembic, revision by revision, each named by the number that it leads to.
Files of the time before Alembic were numbered likewise and had steps of their own. A file has its
number in `user_version`, a server has it in a table of Alembic's for each store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, MetaData, Text, text

from index.errors import NewerLayout
from index.home.database_server import DatabaseServer, Place
from index.home.sqlite import Step, take

LAYOUTS_APART = 1
"""How much newer a database may be: replicas of two versions work side by side while they are
replaced one by one. A revision adds and takes nothing away that the version before it uses."""
_SCRIPTS = Path(__file__).parent / "migrations"
_FILE = "sqlite"
_IS_THERE = text("SELECT count(*) FROM pg_class WHERE relname = :name AND pg_table_is_visible(oid)")
"""Not `to_regclass`: who waited for a lock is told by that what was so before."""

Words = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared and ordered by its code points, as a file does it, on any server."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one store."""

    name: str
    """Of the store; its locks and its number go by it."""
    tables: MetaData
    number: int
    """What the tables are at; a revision of that name leads there."""
    revisions: Path
    """Folder with the scripts."""
    steps: Sequence[Step] = ()
    """Of files from before there were revisions; closed, as what they led to is the first one."""

    @property
    def version_table(self) -> str:
        """Name of the table in which Alembic notes the revision."""
        return f"{self.name}_version"


def is_current(connection: Connection, place: Place, schema: Schema) -> bool:
    """Tell whether the tables are there as this version wants them; raise NewerLayout."""
    number = number_of(connection, schema)
    if number > schema.number + LAYOUTS_APART:
        otherwise = "" if isinstance(place, DatabaseServer) else _OR_AWAY
        raise NewerLayout(str(place), number, schema.number, otherwise)
    return number >= schema.number


_OR_AWAY = ", or move the file away to begin anew"


def bring_up(connection: Connection, schema: Schema) -> None:
    """Make the tables or change them, in the transaction that has the right to write alone."""
    number = number_of(connection, schema)
    if number >= schema.number:
        # Another one has done it while this one waited.
        return
    if number == 0 and _is_empty(connection):
        schema.tables.create_all(connection, checkfirst=False)
    else:
        _upgrade(connection, schema, _stepped(connection, schema, number))
    _note_number(connection, schema, schema.number)


def number_of(connection: Connection, schema: Schema) -> int:
    """Return the number that the tables of a store are at; 0 where there are none."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        return int(driver.execute("PRAGMA user_version").fetchone()[0])
    if not connection.scalar(_IS_THERE, {"name": schema.version_table}):
        return 0
    return int(connection.scalar(text(f"SELECT version_num FROM {schema.version_table}")) or 0)


def _is_empty(connection: Connection) -> bool:
    """Tell whether there is no table of the store; on a server its number says that."""
    if connection.dialect.name != _FILE:
        return True
    return not connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()


def _stepped(connection: Connection, schema: Schema, number: int) -> int:
    """Take the steps that a file of before revisions has not seen; return what it is at."""
    if number >= len(schema.steps):
        return number
    own = cast("sqlite3.Connection", connection.connection.driver_connection)
    for step in schema.steps[number:]:
        take(own, step)
    return len(schema.steps)


def _upgrade(connection: Connection, schema: Schema, number: int) -> None:
    if number >= schema.number:
        return
    # Seldom needed, and slow to load.
    from alembic import command
    from alembic.config import Config

    if number:
        _note_revision(connection, schema, number)
    config = Config()
    config.set_main_option("script_location", _literal(_SCRIPTS))
    config.set_main_option("version_locations", _literal(schema.revisions))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    config.attributes["version_table"] = schema.version_table
    command.upgrade(config, f"{schema.number:04}")


def _literal(path: Path) -> str:
    """Return a path for a file of settings, in which a per cent sign means something."""
    return str(path).replace("%", "%%")


def _note_number(connection: Connection, schema: Schema, number: int) -> None:
    if connection.dialect.name == _FILE:
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    else:
        _note_revision(connection, schema, number)


def _note_revision(connection: Connection, schema: Schema, number: int) -> None:
    """Let Alembic know where it begins."""
    table = schema.version_table
    connection.exec_driver_sql(
        f"CREATE TABLE IF NOT EXISTS {table} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    )
    connection.exec_driver_sql(f"DELETE FROM {table}")
    connection.exec_driver_sql(f"INSERT INTO {table} VALUES ('{number:04}')")
