"""The profiles of a home: standing ones by owner, and tenants that are kept by name."""

from __future__ import annotations

import json

from sqlalchemy import delete, func, insert, literal, select, union_all

from assistant.errors import ProfileError
from assistant.history.history_tables import OnTables, profiles, tenants
from assistant.history.profiles import KeptProfile
from assistant.history.texts import is_storable
from assistant.types import Profile, json_form
from index.home.database import inserting

_LONGEST = 4000
_LONGEST_NAME = 80
_MOST_NAMED = 200
"""Profiles by name of one owner."""


class Profiles(OnTables):
    """The profiles of a home; they lie with the conversations. Every method raises ThreadError."""

    def of(self, owner: str) -> Profile | None:
        """Return the profile of an owner, None where none was kept."""
        rows = self._kept.rows(select(profiles.c.profile).where(profiles.c.owner == owner))
        if not rows:
            return None
        return json_form(Profile).validate_json(rows[0][0])

    def named(self, owner: str) -> dict[str, Profile]:
        """Return the tenants of an owner by their names, in order of these."""
        rows = self._kept.rows(
            select(tenants.c.name, tenants.c.profile)
            .where(tenants.c.owner == owner)
            .order_by(tenants.c.name)
        )
        return {name: json_form(Profile).validate_json(stored) for name, stored in rows}

    def every(self) -> tuple[KeptProfile, ...]:
        """Return all profiles of all owners: the standing ones, and those kept by name."""
        both = union_all(
            select(profiles.c.owner, literal("").label("name"), profiles.c.profile),
            select(tenants.c.owner, tenants.c.name, tenants.c.profile),
        ).subquery()
        rows = self._kept.rows(select(both))
        # In order here: a union has no collation of its own.
        return tuple(
            KeptProfile(owner, name, json_form(Profile).validate_json(stored))
            for owner, name, stored in sorted(rows, key=lambda row: (row[0], row[1]))
        )

    def keep_named(self, owner: str, name: str, profile: Profile) -> None:
        """Keep a tenant by a name, in place of one of the same name. Raises ProfileError."""
        if not 0 < len(name) <= _LONGEST_NAME or name != name.strip():
            raise ProfileError(
                f"{name!r}: no name for a profile. Give 1 to {_LONGEST_NAME} characters, no spaces "
                "around them"
            )
        stored = _stored(profile, owner, name)
        with self._kept.writing(owner) as connection:
            others = select(func.count()).where(tenants.c.owner == owner, tenants.c.name != name)
            if (connection.scalar(others) or 0) >= _MOST_NAMED:
                raise ProfileError(
                    f"{name}: {_MOST_NAMED} profiles are kept, and no more may be. Remove one that "
                    "is no longer needed"
                )
            connection.execute(
                inserting(connection.dialect.name, tenants)
                .values(owner=owner, name=name, profile=stored)
                .on_conflict_do_update(
                    index_elements=[tenants.c.owner, tenants.c.name], set_={"profile": stored}
                )
            )

    def remove_named(self, owner: str, name: str) -> bool:
        """Forget a tenant; tell whether there was one of that name."""
        if not is_storable(owner, name):
            return False
        with self._kept.deleting(owner) as connection:
            found = delete(tenants).where(tenants.c.owner == owner, tenants.c.name == name)
            return connection.execute(found).rowcount > 0

    def keep(self, owner: str, profile: Profile) -> None:
        """Keep a profile; an empty one is forgotten. Raises ProfileError."""
        stored = _stored(profile, owner)
        with self._kept.deleting(owner) as connection:
            connection.execute(delete(profiles).where(profiles.c.owner == owner))
            if profile != Profile():
                connection.execute(insert(profiles).values(owner=owner, profile=stored))


def _stored(profile: Profile, *names: str) -> str:
    """Return a profile as it is stored, or raise ProfileError."""
    stored = json.dumps(profile.to_json(), ensure_ascii=False)
    if len(stored) > _LONGEST or not is_storable(*names, stored):
        raise ProfileError(
            f"the profile holds more than {_LONGEST:,} characters, or some that are none. "
            "Shorten it"
        )
    return stored
