"""What one process does at a time, of all that share a database server."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from sqlalchemy import Connection, text

from index.home.database import Database
from index.home.server_connection import lock_number


class HeldNames:
    """Names that this process holds alone; safe between threads.

    On a server a name is a lock of a connection that is open meanwhile: it is free as soon as the
    process ends, however that happens, and no clock is asked. A connection that is lost lets go
    too: what is done under a name has to bear that another one goes on with it. In a file
    everything is free. Raises StoreUnusable.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._guard = threading.Lock()
        self._connection: Connection | None = None
        self._names: set[str] = set()

    def take(self, name: str) -> bool:
        """Take a name; False where it is held, by this process too."""
        with self._guard:
            if name in self._names:
                return False
            if self._database.is_shared and not self._asked(_TAKE, name):
                return False
            self._names.add(name)
            return True

    def let_go(self, name: str) -> None:
        """Give a name back."""
        with self._guard:
            self._names.discard(name)
            if self._connection is None:
                return
            # The last one goes with its connection, and all go with one that is lost.
            if self._names and not self._connection.invalidated:
                self._asked(_LET_GO, name)
            else:
                self._leave()

    def held(self, names: Iterable[str]) -> frozenset[str]:
        """Return which of the names somebody holds; nothing is known of a file."""
        if not self._database.is_shared:
            return frozenset()
        with self._database.reading() as connection:
            taken = {(high << 32) | low for high, low in connection.execute(_HELD)}
        return frozenset(one for one in names if self._number(one) % 2**64 in taken)

    def _asked(self, what: str, name: str) -> bool:
        if self._connection is not None and self._connection.invalidated:
            self._leave()
        if self._connection is None:
            self._connection = self._database.apart()
        with self._database.told():
            return bool(self._connection.scalar(text(what), {"one": self._number(name)}))

    def _leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _number(self, name: str) -> int:
        return lock_number(self._database.store, "held", name)


_TAKE = "SELECT pg_try_advisory_lock(:one)"
_LET_GO = "SELECT pg_advisory_unlock(:one)"
_HELD = text(
    "SELECT classid::bigint, objid::bigint FROM pg_locks WHERE locktype = 'advisory' "
    "AND objsubid = 1 AND granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
