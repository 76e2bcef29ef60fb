"""What a store of builds does, whether it is a folder or a bucket."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol


class Stored(NamedTuple):
    """An object of a store."""

    size: int
    """Bytes."""
    modified: float
    """Seconds since 1970, by the clock of the store."""


class ObjectStore(Protocol):
    """Objects by name, with slashes between the parts of a name.

    An object is there whole or not at all. Every method raises BuildStoreUnusable.
    """

    def listed(self, folder: str) -> Mapping[str, Stored]:
        """Return what lies below a folder, by its name within that."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return what an object holds, None where there is none."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Write an object, in the place of one that is there."""
        ...

    def create(self, name: str, content: bytes) -> bool:
        """Write an object unless there is one; tell whether it was written."""
        ...

    def upload(self, source: Path, name: str) -> None:
        """Write an object from a file."""
        ...

    def download(self, name: str, target: Path) -> bool:
        """Write a file from an object; tell whether there was one."""
        ...

    def delete(self, name: str) -> None:
        """Delete an object; what is gone already is."""
        ...

    def tidy(self, folder: str) -> None:
        """Delete what killed writers left below a folder, where nobody writes."""
        ...
