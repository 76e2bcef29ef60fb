"""A connection to the database server without the layer of the stores, and the locks held by it.

Nothing of SQLAlchemy is loaded for it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.util import find_spec
from typing import Any

from index.home.database_faults import driver_missing, fault_of
from index.home.database_server import DatabaseServer

WAIT_S = 30
"""How long a store waits for another one that writes."""
_SERVER_OPTIONS: dict[str, Any] = {
    "connect_timeout": 5,
    # A server that is gone without a word is noticed.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "residency",
}
_SERVER_SETTINGS = (
    f"-c lock_timeout={WAIT_S}s -c idle_in_transaction_session_timeout=60s "
    # What a machine held that is gone without a word is free in half a minute.
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)


def connected(server: DatabaseServer) -> Any:
    """Return a connection of psycopg, which raises its errors as they are."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(server.url)
    options = f"{given.pop('options', None) or ''} {_SERVER_SETTINGS}".strip()
    return psycopg.connect(**{**_SERVER_OPTIONS, **given, "options": options})


def lock_number(*names: str) -> int:
    """Return the number of a lock of a server that goes by names: signed, of 64 bits."""
    told = "\0".join(("residency", *names)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), signed=True)


class HeldLock:
    """A lock of a server that its holder has for as long as the connection lives."""

    def __init__(self, server: DatabaseServer, connection: Any) -> None:
        self._server = server
        self._connection = connection

    def check(self) -> None:
        """Raise StoreUnusable where the connection, and the lock with it, is gone."""
        import psycopg

        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error as error:
            raise fault_of(self._server, error) from error


@contextmanager
def held_lock(
    server: DatabaseServer, names: Sequence[str], wait_s: float
) -> Iterator[HeldLock | None]:
    """Yield a lock of a server that one process has at a time, None where another one has it for
    longer.

    It takes a connection of its own, outside of a transaction, and ends with it. Raises
    StoreUnusable.
    """
    if find_spec("psycopg") is None:
        raise driver_missing(server)
    import psycopg

    try:
        connection = connected(server)
        connection.set_autocommit(True)
        if connection.info.server_version >= _ENDS_IDLE:
            connection.execute("SET idle_session_timeout = 0")
        taken = _taken(connection, lock_number(*names), time.monotonic() + wait_s)
    except psycopg.Error as error:
        raise fault_of(server, error) from error
    with closing(connection):
        yield HeldLock(server, connection) if taken else None


_ENDS_IDLE = 140_000
"""Version from which a server may end connections that do nothing."""
_LOOK_S = 0.2


def _taken(connection: Any, number: int, ends: float) -> bool:
    """Try until a time of the monotonic clock; a server would wait for half a minute at most."""
    while not connection.execute("SELECT pg_try_advisory_lock(%s)", (number,)).fetchone()[0]:
        if time.monotonic() >= ends:
            return False
        time.sleep(_LOOK_S)
    return True
