"""Which build of a store a home has."""

from __future__ import annotations

import hashlib
import json
import socket
from dataclasses import asdict, dataclass

from index.home.manifest import FILE, Sum
from index.home.paths import Home, replace_text


@dataclass(frozen=True, slots=True)
class Followed:
    """The latest that a home took from a store, or published there."""

    store: str
    """Address."""
    number: int
    """Of the pointer; what has a lower one is not taken any more."""
    build: str
    """Name of the build there."""
    own: bool = False
    """Whether this home published it, or has all that it was built from."""


def read_followed(home: Home, store: str) -> Followed:
    """Return what a home has of a store; number 0 where it has nothing."""
    try:
        plain = json.loads(home.followed.read_text(encoding="utf-8"))
        found = Followed(
            str(plain["store"]), int(plain["number"]), str(plain["build"]), plain.get("own") is True
        )
    except (OSError, ValueError, TypeError, KeyError):
        # Taken again: nothing is lost by not knowing.
        return Followed(store, 0, "")
    return found if found.store == store else Followed(store, 0, "")


def note_followed(home: Home, followed: Followed) -> None:
    """Remember what a home has."""
    replace_text(home.followed, json.dumps(asdict(followed)))


def replica_id(home: Home) -> str:
    """Return the name that a home goes by in a store."""
    told = f"{socket.gethostname()}\0{home.root}"
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def manifest_sha256(home: Home) -> str:
    """Return the hash of the current build's manifest; empty where there is none."""
    try:
        return Sum.of(home.current() / FILE).sha256 if home.pointer.exists() else ""
    except OSError:
        return ""
