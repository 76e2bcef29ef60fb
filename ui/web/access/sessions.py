"""Who is logged in: sessions in memory, each with an end."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

_MOST = 10_000
"""Sessions kept; the oldest give way."""


@dataclass(frozen=True, slots=True)
class Session:
    """One login."""

    user: str
    password: str
    """What was kept of the user's password then: a new password ends the session."""
    ends: float


class Sessions:
    """The logins of a served page. They end with the process, and nothing of them is on disk."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._open: dict[str, Session] = {}
        self._changing = threading.Lock()

    def begin(self, user: str, password: str) -> str:
        """Return the token of a new session; it is 256 random bits and is not kept itself."""
        token = secrets.token_urlsafe(32)
        with self._changing:
            self._drop_ended()
            self._open[_key(token)] = Session(user, password, self._clock() + self.seconds)
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token, None when there is none or it ended."""
        session = self._open.get(_key(token))
        return session if session and session.ends > self._clock() else None

    def end(self, token: str) -> None:
        """End a session."""
        with self._changing:
            self._open.pop(_key(token), None)

    def _drop_ended(self) -> None:
        now = self._clock()
        self._open = {key: one for key, one in self._open.items() if one.ends > now}
        while len(self._open) >= _MOST:
            self._open.pop(next(iter(self._open)))


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
