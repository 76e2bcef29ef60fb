"""What the engines of databases say, as what the user can do about it."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from index.errors import StoreUnusable
from index.home.database_server import SETTING, DatabaseServer, Place
from index.home.faults.kinds import next_step

_AWAY = f"See that it runs and can be reached, and check {SETTING}; nothing has to be started anew"
_LOGIN = f"Correct user and password in {SETTING}"
_READ_ONLY = (
    f"It takes no writing, as a standby does: name the primary in {SETTING} (several hosts and "
    "target_session_attrs=read-write find it by themselves)"
)
_HELD = "Another program holds it: end that one, or try again later"
_STEPS = {
    "25006": _READ_ONLY,
    "28000": _LOGIN,
    "28P01": _LOGIN,
    "3D000": f"Make the database, or correct its name in {SETTING}",
    "40001": "Try again",
    "40P01": "Try again",
    "42501": "Give its user the right to make and change tables there",
    "53100": "Free space on the disk of the server",
    "53200": "Give the server more memory, or use fewer connections",
    "53300": "Raise max_connections of the server, or use fewer processes",
    "55P03": _HELD,
    "57P01": _AWAY,
    "57P02": _AWAY,
    "57P03": _AWAY,
}
"""By SQLSTATE."""
_SAID = (
    ("password authentication failed", _LOGIN),
    ("no password supplied", _LOGIN),
    ("too many clients", _STEPS["53300"]),
    ("does not exist", f"Correct {SETTING}: its database or its user is not there"),
    ("read-only", _READ_ONLY),
)
"""Who is turned away when connecting gets a text alone; in another language, what follows it."""
_OTHERWISE = "See the log of the server"
_DRIVER = "Install what PostgreSQL needs: pip install 'residency-assistant[postgresql]'"


class FaultCount:
    """How often an engine failed since the process began."""

    def __init__(self) -> None:
        self.files = 0
        self.servers = 0
        self._changing = threading.Lock()

    def add(self, place: Place) -> None:
        """Count one more."""
        with self._changing:
            if isinstance(place, DatabaseServer):
                self.servers += 1
            else:
                self.files += 1


fault_count = FaultCount()


def fault_of(place: Place, error: BaseException) -> StoreUnusable:
    """Return an engine's error as where, why and what to do; without a password."""
    fault_count.add(place)
    if isinstance(place, DatabaseServer):
        cause = place.without_secrets(_cause(error))
        return StoreUnusable(str(place), cause, _server_step(error, cause))
    return StoreUnusable(str(place), str(error), _file_step(place, error))


def driver_missing(server: DatabaseServer) -> StoreUnusable:
    """Return what is wrong where a server is set and nothing can speak with it."""
    return StoreUnusable(str(server), "the driver psycopg is not installed", _DRIVER)


def _file_step(path: Path, error: BaseException) -> str:
    return next_step(error, path) if isinstance(error, sqlite3.Error) else _HELD


def _cause(error: BaseException) -> str:
    """Return what a server said: no detail, which quotes rows, and one line."""
    told = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _server_step(error: BaseException, cause: str) -> str:
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return _STEPS.get(state, _AWAY if state.startswith("08") else _OTHERWISE)
    return next((step for words, step in _SAID if words in cause), _AWAY)
