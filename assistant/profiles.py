"""Standing profiles by owner, in SQLite: what holds for a tenant in every question."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from assistant.errors import ProfileError
from assistant.types import Profile
from index.store import NewerStore, opened

FILE = "profiles.sqlite"
_STEPS = ("CREATE TABLE profiles (owner TEXT PRIMARY KEY, profile TEXT NOT NULL) WITHOUT ROWID",)
"""Migrations; add to the end, change none."""


class Profiles:
    """The store of all profiles of a home folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, owner: str) -> Profile | None:
        """Return the profile of an owner, None where none was kept."""
        if not self._path.exists():
            return None
        with self._connection() as connection:
            row = connection.execute(
                "SELECT profile FROM profiles WHERE owner = ?", (owner,)
            ).fetchone()
        if row is None:
            return None
        kept = json.loads(row[0])
        return Profile(
            kept["country"], tuple(kept["add_ons"]), kept["agreement"], tuple(kept["services"])
        )

    def keep(self, owner: str, profile: Profile) -> None:
        """Keep a profile; an empty one is forgotten."""
        with self._connection() as connection:
            connection.execute("DELETE FROM profiles WHERE owner = ?", (owner,))
            if profile != Profile():
                stored = json.dumps(asdict(profile), ensure_ascii=False)
                connection.execute("INSERT INTO profiles VALUES (?, ?)", (owner, stored))

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with opened(self._path, _STEPS) as connection:
                yield connection
        except NewerStore as error:
            raise ProfileError(str(error)) from error
        except sqlite3.Error as error:
            raise ProfileError(
                f"{self._path}: the profiles cannot be used ({error}). "
                "Move the file away to begin anew, or restore it"
            ) from error
