"""The date that a document's own properties state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from corpus.language.written_date import written_date

_NAMES = (
    "last updated", "last update", "last modified", "last changed", "last revised", "lastmod",
    "revdate", "revision date", "updated", "modified", "date", "revision", "docdate", "effective",
    "published",
)  # fmt: skip
"""Of properties, the surest first."""
_KEYWORD = re.compile(r"\$\w+:(?P<value>[^$]*)\$")
"""What a version control system fills in."""
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")


def stated_date(properties: Mapping[str, str]) -> date | None:
    """Return when a document was last changed by its properties, whose names are in any case."""
    known = {_plain(name): value for name, value in properties.items()}
    dates = (_read_date(known[name]) for name in _NAMES if name in known)
    return next((found for found in dates if found), None)


def _read_date(value: str) -> date | None:
    keyword = _KEYWORD.fullmatch(value.strip())
    return written_date(_REMARK.sub("", keyword["value"] if keyword else value))


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().lower()
