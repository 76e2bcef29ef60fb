"""Logins that every replica knows, in the database that they share.

Only hashes are kept. A session that was found is believed for a moment without asking again, and
while the database is away for as long as a person takes to notice: a page that is being read does
not ask for a password because a database is restarted.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from index.errors import StoreUnusable
from index.home.database import Database
from index.home.database_server import DatabaseServer
from ui.shared.replicas.caller_tables import SCHEMA, sessions
from ui.shared.replicas.shared_rates import NOW
from ui.web.access.sessions import Session, key_of, new_token

_LOG = logging.getLogger(__name__)
_BELIEVED_S = 2.0
"""A page is some fifty requests; a logout at another replica holds after this time."""
_BELIEVED_AWAY_S = 300.0
_MOST = 10_000
_FIND = select(sessions.c.member, sessions.c.password, (sessions.c.ends - NOW).label("left"))


@dataclass(frozen=True, slots=True)
class _Found:
    """A session as it was found in the database."""

    session: Session
    """Its end is of this process's clock."""
    at: float


class SharedSessions:
    """The logins of all replicas. `begin` and `end` raise StoreUnusable, as `find` does where
    nothing was found before.
    """

    def __init__(
        self, server: DatabaseServer, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.seconds = seconds
        self._database = Database(server, SCHEMA)
        self._clock = clock
        self._found: OrderedDict[str, _Found] = OrderedDict()
        self._changing = threading.Lock()

    def begin(self, user: str, password: str) -> str:
        """Return the token of a new session; those that have ended go."""
        token = new_token()
        with self._database.writing(user) as connection:
            connection.execute(delete(sessions).where(sessions.c.ends < NOW))
            kept = {"token": key_of(token), "member": user, "password": key_of(password)}
            connection.execute(insert(sessions).values(**kept, ends=NOW + self.seconds))
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token, None when there is none or it ended."""
        if not token:
            return None
        key = key_of(token)
        now = self._clock()
        with self._changing:
            before = self._found.get(key)
        if before is not None and now - before.at > _BELIEVED_S:
            return self._asked_again(key, before, now)
        session = before.session if before is not None else self._asked(key, now)
        return session if session and session.ends > now else None

    def end(self, token: str) -> None:
        """End a session, at every replica."""
        key = key_of(token)
        with self._changing:
            self._found.pop(key, None)
        with self._database.writing(key) as connection:
            connection.execute(delete(sessions).where(sessions.c.token == key))

    def _asked_again(self, key: str, before: _Found, now: float) -> Session | None:
        try:
            return self._asked(key, now)
        except StoreUnusable as error:
            if now - before.at > _BELIEVED_AWAY_S or before.session.ends <= now:
                raise
            _LOG.warning("%s; a session of before is believed meanwhile", error)
            return before.session

    def _asked(self, key: str, now: float) -> Session | None:
        rows = self._database.rows(_FIND.where(sessions.c.token == key))
        if not rows or rows[0].left <= 0:
            with self._changing:
                self._found.pop(key, None)
            return None
        session = Session(rows[0].member, rows[0].password, now + rows[0].left)
        with self._changing:
            self._found[key] = _Found(session, now)
            self._found.move_to_end(key)
            if len(self._found) > _MOST:
                self._found.popitem(last=False)
        return session
