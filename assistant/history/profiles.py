"""Standing profiles by owner: what holds for a tenant in every question."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from assistant.errors import ProfileError
from assistant.history.database import Keeping
from assistant.history.texts import is_storable
from assistant.types import Profile, json_form

_LONGEST = 4000


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

    def keep(self, owner: str, profile: Profile) -> None:
        """Keep a profile; an empty one is forgotten. Raises ProfileError."""
        stored = json.dumps(asdict(profile), ensure_ascii=False)
        if len(stored) > _LONGEST or not is_storable(owner, stored):
            raise ProfileError(
                f"the profile holds more than {_LONGEST:,} characters, or some that are none. "
                "Shorten it"
            )
        with self._kept.deleting() as connection:
            connection.execute("DELETE FROM profiles WHERE owner = ?", (owner,))
            if profile != Profile():
                connection.execute("INSERT INTO profiles VALUES (?, ?)", (owner, stored))
