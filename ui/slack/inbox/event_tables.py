"""The tables of what the Slack bot was told, in a file of a home or on a server."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    Column,
    Connection,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Row,
    Select,
    Table,
    text,
)
from sqlalchemy.types import TypeEngine

from index.errors import StoreUnusable
from index.home.database import Database
from index.home.database_server import Place
from index.home.faults.kinds import next_step
from index.home.paths import make_private
from index.home.schema import Schema, Words
from ui.errors import InboxError

_TABLES = MetaData()
_COUNT = BigInteger().with_variant(Integer, "sqlite")
_TIME: TypeEngine[float] = Double().with_variant(REAL, "sqlite")
"""Seconds since the epoch, by the clock that all bots share."""

arrivals = Table(
    "arrivals", _TABLES,
    Column("number", _COUNT, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("owner", Words, nullable=False),
    Column("team", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("conversation", Words, nullable=False),
    Column("lane", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("told", Words, nullable=False),
    Column("came", _TIME, nullable=False),
    Column("due", _TIME, nullable=False),
    Column("working", Integer, nullable=False, server_default=text("0")),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("position", Integer),
    Index("arrivals_of_lane", "lane", "number"),
    sqlite_autoincrement=True,
)  # fmt: skip
"""`due` is when it may be taken; of one in work on a server, when its lease runs out. `tries` is
how often it was taken."""
posted = Table(
    "posted", _TABLES,
    Column("key", Words, ForeignKey(arrivals.c.key, ondelete="CASCADE"), primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("ts", Words, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
lanes = Table(
    "lanes", _TABLES,
    Column("lane", Words, primary_key=True),
    Column("turn", _COUNT, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
"""`turn` is the number that the next arrival was to have when the lane had its turn: what is left
in the lane stands as if it came then."""
ended = Table(
    "ended", _TABLES,
    Column("key", Words, primary_key=True),
    Column("outcome", Words, nullable=False),
    Column("ended", _TIME, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
engaged = Table(
    "engaged", _TABLES,
    Column("conversation", Words, primary_key=True),
    Column("owner", Words, primary_key=True),
    Column("team", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("since", _TIME, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

STEPS = (
    """
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
    ) WITHOUT ROWID
    """,
)
"""What brought files to the layout that the first revision makes; closed: add revisions."""

SCHEMA = Schema("inbox", _TABLES, len(STEPS), Path(__file__).parent / "revisions", STEPS)
_NONE: Mapping[str, object] = {}


class EventTables:
    """The tables, for reading and for writing; safe between threads and processes.

    Every method raises InboxError.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._database = Database(place, SCHEMA)
        # Threads that write to one file wait for each other here: SQLite looks again now and then.
        self._turn: AbstractContextManager[object] = (
            threading.Lock() if isinstance(place, Path) else nullcontext()
        )

    @property
    def is_there(self) -> bool:
        """Tell whether there can be anything in them; asking makes no file."""
        return self._database.is_there

    def rows(
        self, query: Select[*tuple[Any, ...]], values: Mapping[str, object] = _NONE
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return what a query finds; nothing where there is no file."""
        with self._told():
            return self._database.rows(query, values)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees what is kept as it is at one moment."""
        with self._told(), self._database.reading() as connection:
            yield connection

    @contextmanager
    def writing(self, *alone: str) -> Iterator[Connection]:
        """Yield a connection that holds the right to write about what is named, or about
        everything without a name, until all is written or nothing.
        """
        with self._told():
            self._make_folder()
            with self._turn, self._database.writing(*alone) as connection:
                yield connection

    def tidy(self) -> None:
        """Let nothing that was deleted be in any file."""
        with self._told():
            self._database.tidy()

    def close(self) -> None:
        """Let go of what is open."""
        self._database.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except StoreUnusable as error:
            raise InboxError(error.told_of(_WHAT)) from error
        except OSError as error:
            raise InboxError(
                f"{self._place}: {_WHAT} cannot be used ({error.strerror}). {next_step(error)}"
            ) from error

    def _make_folder(self) -> None:
        if isinstance(self._place, Path) and not self._place.exists():
            make_private(self._place.parent)


_WHAT = "what the Slack bot was told"
