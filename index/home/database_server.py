"""The address of a PostgreSQL database, which holds a password and never shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

SETTING = "RESIDENCY_DATABASE_URL"
_SCHEMES = ("postgresql", "postgres")
_HIDDEN = "…"


@dataclass(frozen=True, slots=True)
class DatabaseServer:
    """A database on a PostgreSQL server, shared by all who are given its address."""

    url: str = field(repr=False)
    """As libpq reads it, several hosts and parameters included; the password may stand in it."""

    def __post_init__(self) -> None:
        """Raise ValueError for what is no such address; the message shows nothing of it."""
        try:
            parts = urlsplit(self.url)
        except ValueError:
            raise ValueError("no address") from None
        if parts.scheme not in _SCHEMES or not parts.path.strip("/"):
            raise ValueError("no address of a PostgreSQL database")

    def __str__(self) -> str:
        """Return the address as it may be shown: no password, and no parameters."""
        parts = urlsplit(self.url)
        secret, _, hosts = parts.netloc.rpartition("@")
        user = secret.partition(":")[0]
        return f"postgresql://{user}{'@' if user else ''}{hosts}{parts.path}"

    def without_secrets(self, text: str) -> str:
        """Return what a vendor says with nothing of the password in it."""
        for one in self._secrets():
            text = text.replace(one, _HIDDEN)
        return text

    def _secrets(self) -> tuple[str, ...]:
        """Return the forms that the password may be written in, the longest first."""
        parts = urlsplit(self.url)
        written = parts.netloc.rpartition("@")[0].partition(":")[2]
        named = [one[9:] for one in parts.query.split("&") if one.startswith("password=")]
        forms = {form for one in (written, *named) for form in (one, unquote(one)) if form}
        return tuple(sorted(forms, key=len, reverse=True))


Place = Path | DatabaseServer
"""Where a store lies: a file of the home, or the database that replicas share."""
