"""The tables of conversations, answers, feedback and profiles, in a file or on a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Row, Select, Table

from assistant.errors import ThreadError
from assistant.history.database import STEPS
from index.errors import StoreUnusable
from index.home.database import Database
from index.home.database_server import Place
from index.home.schema import Schema, Words

_TABLES = MetaData()

turns = Table(
    "turns", _TABLES,
    Column("owner", Words, primary_key=True),
    Column("thread", Words, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("question", Words, nullable=False),
    Column("standalone", Words, nullable=False),
    Column("document", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("type", Words, nullable=False, server_default="what"),
    Column("answer_id", Words, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)  # fmt: skip
"""Questions as they were understood. `answer` is one of a version that kept it here, or empty."""
threads = Table(
    "threads", _TABLES,
    Column("owner", Words, primary_key=True),
    Column("thread", Words, primary_key=True),
    Column("title", Words, nullable=False),
    Column("named", Integer, nullable=False),
    Column("started", Words),
    Column("changed", Words),
    Column("noted", Words, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
"""`noted` is when a row was written, which is known where the other times are not."""
answers = Table(
    "answers", _TABLES,
    Column("id", Words, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("asked", Words),
    Column("given", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Index("answers_of_owner", "owner", "thread"),
)  # fmt: skip
"""`seen` is the position of the latest turn that an answer could lean on, `given` the
circumstances."""
texts = Table(
    "texts", _TABLES,
    Column("answer", Words, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("text", Words, nullable=False),
    Index("texts_of_owner", "owner"),
)  # fmt: skip
"""What is searched."""
feedback = Table(
    "feedback", _TABLES,
    Column("answer", Words, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("rating", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("correction", Words, nullable=False),
    Column("given", Words, nullable=False),
    Index("feedback_of_owner", "owner"),
    sqlite_with_rowid=False,
)  # fmt: skip
profiles = Table(
    "profiles", _TABLES,
    Column("owner", Words, primary_key=True),
    Column("profile", Words, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
tenants = Table(
    "tenants", _TABLES,
    Column("owner", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("profile", Words, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

SCHEMA = Schema("history", _TABLES, 6, Path(__file__).parent / "revisions", STEPS)


class Keeping:
    """The tables, for reading and for writing; safe to share between threads and processes.

    Every method raises ThreadError.
    """

    def __init__(self, place: Place) -> None:
        self._database = Database(place, SCHEMA)

    def rows(
        self, query: Select[*tuple[Any, ...]], **values: object
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return what a query finds; nothing where there is no file, or no text can match."""
        with _told():
            return self._database.rows(query, values)

    @contextmanager
    def writing(self, *owner: str) -> Iterator[Connection]:
        """Yield a connection that holds the right to write what is an owner's, or all without
        one, until all is written or nothing.
        """
        with _told(), self._database.writing(*owner) as connection:
            yield connection

    @contextmanager
    def deleting(self, *owner: str) -> Iterator[Connection]:
        """Yield a connection like `writing`; afterwards what was deleted is in no file any more."""
        with self.writing(*owner) as connection:
            yield connection
        with _told():
            self._database.tidy()

    def close(self) -> None:
        """Let go of what is open."""
        self._database.close()


class OnTables:
    """A store on these tables."""

    def __init__(self, place: Place) -> None:
        self._kept = Keeping(place)

    def close(self) -> None:
        """Let go of what is open; what is asked later opens it again."""
        self._kept.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except StoreUnusable as error:
        raise ThreadError(error.told_of("the conversations")) from error
