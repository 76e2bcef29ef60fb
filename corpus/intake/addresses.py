"""Addresses of pages on the web: what is one, where its file is, and what that is called here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.errors import FetchError
from corpus.formats.registry import BY_SUFFIX

_SLUG_BYTES = 80


def read_addresses(text: str, tell: Callable[[FetchError], None] | None = None) -> tuple[str, ...]:
    """Return the addresses of a list, one a line; blank lines and '#' comments are passed over.

    What is no address is told with its line, or raised where there is nobody to tell.
    """
    found: dict[str, None] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        address = re.sub(r"(^|\s)#.*", "", line).strip()
        try:
            if address:
                check(address, f"line {number}")
                found[address] = None
        except FetchError as error:
            if tell is None:
                raise
            tell(error)
    return tuple(found)


def check(address: str, name: str = "", relation: str = "") -> None:
    """Raise FetchError for what is no address of a page on the web, under that name if given."""
    try:
        split = urlsplit(address)
        usable = split.scheme in ("http", "https") and split.hostname and split.port != 0
    except ValueError:
        split, usable = urlsplit(""), None
    if not usable or not address.isprintable() or " " in address:
        raise FetchError(
            name or repr(address[:200]),
            relation + f"is no http or https address ({address[:200]!r})" if name
            else "is no http or https address",
            "Give one such as https://example.com/page",
        )  # fmt: skip
    if "@" in split.netloc:
        # It would be stored, and shown with every citation.
        raise FetchError(
            name or f"{split.scheme}://…@{split.hostname}",
            relation + "has a user name or password in its address",
            "Save the page yourself and give the file",
        )


def raw_page(url: str) -> str:
    """Return where the file itself is: GitHub's page about a file is a program that shows it."""
    split = urlsplit(url)
    parts = split.path.split("/")
    if split.hostname not in ("github.com", "www.github.com") or parts[3:4] != ["blob"]:
        return url
    if len(parts) < 6 or not all(parts[index] for index in (1, 2, 4, 5)):
        return url
    return "https://raw.githubusercontent.com" + "/".join([*parts[:3], *parts[4:]])


def stem(url: str) -> str:
    """Return a readable file name that only this address has."""
    split = urlsplit(url)
    path = PurePosixPath(unquote(split.path))
    if path.suffix.lower() in BY_SUFFIX:
        path = path.with_suffix("")
    words = unicodedata.normalize("NFC", f"{split.hostname}{path}").lower()
    slug = re.sub(r"[\W_]+", "-", words).strip("-").encode()[:_SLUG_BYTES].decode(errors="ignore")
    return f"{slug.strip('-')}-{hashlib.sha256(url.encode()).hexdigest()[:10]}"
