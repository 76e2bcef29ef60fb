"""A profile as it is kept: whose it is, and by what name."""

from __future__ import annotations

from typing import NamedTuple

from assistant.types import Profile


class KeptProfile(NamedTuple):
    """A profile, whose it is, and its name; of a standing one the name is empty."""

    owner: str
    name: str
    profile: Profile
