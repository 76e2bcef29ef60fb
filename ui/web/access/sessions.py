"""Who is logged in: sessions that end, of one process or of all replicas together."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

_MOST = 10_000
"""Sessions kept; the oldest give way."""


@dataclass(frozen=True, slots=True)
class Session:
    """One login."""

    user: str
    password: str
    """The hash of what was kept of the user's password then: a new password ends the session."""
    ends: float

    def is_of(self, kept: str) -> bool:
        """Tell whether what is kept of the user's password is what it was at the login."""
        return self.password == key_of(kept)


class Sessions(Protocol):
    """The logins of a served page."""

    @property
    def seconds(self) -> float:
        """How long a session lasts."""
        ...

    def begin(self, user: str, password: str) -> str:
        """Return the token of a new session; it is 256 random bits and is not kept itself."""
        ...

    def find(self, token: str) -> Session | None:
        """Return the session of a token, None when there is none or it ended."""
        ...

    def end(self, token: str) -> None:
        """End a session."""
        ...


class OwnSessions:
    """The logins of one process: they end with it, and nothing of them is on disk."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._open: dict[str, Session] = {}
        self._changing = threading.Lock()

    def begin(self, user: str, password: str) -> str:
        """Return the token of a new session; it is 256 random bits and is not kept itself."""
        token = new_token()
        with self._changing:
            self._drop_ended()
            ends = self._clock() + self.seconds
            self._open[key_of(token)] = Session(user, key_of(password), ends)
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token, None when there is none or it ended."""
        session = self._open.get(key_of(token))
        return session if session and session.ends > self._clock() else None

    def end(self, token: str) -> None:
        """End a session."""
        with self._changing:
            self._open.pop(key_of(token), None)

    def _drop_ended(self) -> None:
        now = self._clock()
        self._open = {key: one for key, one in self._open.items() if one.ends > now}
        while len(self._open) >= _MOST:
            self._open.pop(next(iter(self._open)))


def new_token() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def key_of(secret: str) -> str:
    """Return what is kept of a secret, which cannot be told from it."""
    return hashlib.sha256(secret.encode()).hexdigest()
