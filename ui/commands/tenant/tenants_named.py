"""Tenants as a command line names them: a kept profile, or a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ProfileError
from assistant.tenant.profile_files import read_profile
from assistant.types import Profile

if TYPE_CHECKING:
    from assistant import Assistant

LOCAL_OWNER = ""
"""Whose profiles the command line keeps."""


def tenants_named(assistant: Assistant, names: Sequence[str]) -> list[tuple[str, Profile]]:
    """Return the profiles that are meant, each with its name; raise ProfileError for none."""
    kept = assistant.tenants(LOCAL_OWNER)
    return [(name, kept[name] if name in kept else _of_file(name, kept)) for name in names]


def _of_file(name: str, kept: dict[str, Profile]) -> Profile:
    path = Path(name)
    if not path.exists():
        known = ", ".join(kept) or "none"
        raise ProfileError(
            f"{name}: neither a kept profile nor a file. Kept are: {known}. Keep one with "
            f"`residency profile save NAME FILE`"
        )
    return read_profile(path)
