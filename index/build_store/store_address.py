"""Where finished builds are shared: the address of a folder or of a bucket."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from index.home.database_server import DatabaseServer

SETTING = "RESIDENCY_BUILD_STORE"
_FOLDER = "file"
_CLOUDS = ("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az")


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """The address of a store of builds, which holds no secret."""

    url: str

    def __post_init__(self) -> None:
        """Raise ValueError for what is no such address; the message shows no password."""
        try:
            parts = urlsplit(self.url)
        except ValueError:
            raise ValueError("no address") from None
        if parts.password is not None or (parts.username is not None and not _is_azure(self.url)):
            raise ValueError(
                "credentials in an address are seen by everybody: leave them to the environment"
            )
        if parts.scheme == "memory":
            raise ValueError("memory is of one process alone, nobody could fetch from it")
        if parts.query or parts.fragment or not self._has_place():
            raise ValueError("no address of a folder or a bucket")

    def __str__(self) -> str:
        """Return the address in one spelling."""
        return self.url.rstrip("/")

    @property
    def protocol(self) -> str:
        """What speaks with it, as fsspec names it."""
        return urlsplit(self.url).scheme

    @property
    def folder(self) -> Path | None:
        """The folder, None for a bucket."""
        parts = urlsplit(self.url)
        return Path(unquote(parts.path)) if parts.scheme == _FOLDER else None

    def _has_place(self) -> bool:
        parts = urlsplit(self.url)
        if parts.scheme == _FOLDER:
            return parts.netloc in ("", "localhost") and parts.path.startswith("/")
        return parts.scheme in _CLOUDS and bool(parts.netloc)


def _is_azure(url: str) -> bool:
    """Tell whether a name before the host is that of a container."""
    return url.startswith("abfs")


@dataclass(frozen=True, slots=True)
class BuildStore:
    """A store of builds, and what tells who may write to it."""

    address: StoreAddress
    database: DatabaseServer | None = None
    """Its locks tell it; without one, an object of the store does as well as it can."""
