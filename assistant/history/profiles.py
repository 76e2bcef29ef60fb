"""Standing profiles by owner, which hold in every question; and tenants that are kept by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from assistant.errors import ProfileError
from assistant.history.database import Keeping
from assistant.history.texts import is_storable
from assistant.types import Profile, json_form

_LONGEST = 4000
_LONGEST_NAME = 80


class KeptProfile(NamedTuple):
    """A profile, whose it is, and its name; of a standing one the name is empty."""

    owner: str
    name: str
    profile: Profile


class Profiles:
    """The profiles of a home folder; they lie with the conversations."""

    def __init__(self, path: Path) -> None:
        self._kept = Keeping(path)

    def of(self, owner: str) -> Profile | None:
        """Return the profile of an owner, None where none was kept."""
        rows = self._kept.rows("SELECT profile FROM profiles WHERE owner = ?", (owner,))
        if not rows:
            return None
        return json_form(Profile).validate_json(rows[0][0])

    def named(self, owner: str) -> dict[str, Profile]:
        """Return the tenants of an owner by their names, in order of these."""
        rows = self._kept.rows(
            "SELECT name, profile FROM tenants WHERE owner = ? ORDER BY name", (owner,)
        )
        return {name: json_form(Profile).validate_json(stored) for name, stored in rows}

    def every(self) -> tuple[KeptProfile, ...]:
        """Return all profiles of all owners: the standing ones, and those kept by name."""
        rows = self._kept.rows(
            "SELECT owner, '', profile FROM profiles "
            "UNION ALL SELECT owner, name, profile FROM tenants ORDER BY 1, 2", (),
        )  # fmt: skip
        return tuple(
            KeptProfile(owner, name, json_form(Profile).validate_json(stored))
            for owner, name, stored in rows
        )

    def keep_named(self, owner: str, name: str, profile: Profile) -> None:
        """Keep a tenant by a name, in place of one of the same name. Raises ProfileError."""
        if not 0 < len(name) <= _LONGEST_NAME or name != name.strip():
            raise ProfileError(
                f"{name!r}: no name for a profile. Give 1 to {_LONGEST_NAME} characters, no spaces "
                "around them"
            )
        stored = _stored(profile, owner, name)
        with self._kept.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO tenants VALUES (?, ?, ?)", (owner, name, stored)
            )

    def remove_named(self, owner: str, name: str) -> bool:
        """Forget a tenant; tell whether there was one of that name."""
        if not is_storable(owner, name):
            return False
        with self._kept.deleting() as connection:
            found = connection.execute(
                "DELETE FROM tenants WHERE owner = ? AND name = ?", (owner, name)
            )
            return found.rowcount > 0

    def keep(self, owner: str, profile: Profile) -> None:
        """Keep a profile; an empty one is forgotten. Raises ProfileError."""
        stored = _stored(profile, owner)
        with self._kept.deleting() as connection:
            connection.execute("DELETE FROM profiles WHERE owner = ?", (owner,))
            if profile != Profile():
                connection.execute("INSERT INTO profiles VALUES (?, ?)", (owner, stored))


def _stored(profile: Profile, *names: str) -> str:
    """Return a profile as it is stored, or raise ProfileError."""
    stored = json.dumps(profile.to_json(), ensure_ascii=False)
    if len(stored) > _LONGEST or not is_storable(*names, stored):
        raise ProfileError(
            f"the profile holds more than {_LONGEST:,} characters, or some that are none. "
            "Shorten it"
        )
    return stored
