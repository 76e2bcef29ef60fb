"""The date that a document's own properties state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_NAMES = (
    "last updated", "last update", "last modified", "last changed", "last revised", "lastmod",
    "revdate", "revision date", "updated", "modified", "date", "revision", "docdate", "effective",
    "published",
)  # fmt: skip
"""Of properties, the surest first."""
_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        "january february march april may june july august september october november "
        "december".split(),
        1,
    )
}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?:[T ].{0,30})?"),
    re.compile(r"(?P<year>\d{4})/(?P<number>\d{1,2})/(?P<day>\d{1,2})(?:[T ].{0,30})?"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[. -]+{_MONTH}[, -]+(?P<year>\d{{4}})"),
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})"),
)
_KEYWORD = re.compile(r"\$\w+:(.{0,60}?)\$")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def stated_date(properties: Mapping[str, str]) -> date | None:
    """Return when a document was last changed by its properties, whose names are in any case."""
    known = {_plain(name): value for name, value in properties.items()}
    dates = (read_date(known[name]) for name in _NAMES if name in known)
    return next((found for found in dates if found), None)


def read_date(written: str) -> date | None:
    """Return a date that can be read in one way only."""
    keyword = _KEYWORD.fullmatch(written.strip())
    text = (keyword[1] if keyword else written).strip()
    match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if match is None:
        return _slashes(text)
    known = match.groupdict()
    number = known.get("number")
    month = int(number) if number else _MONTHS.get((known.get("month") or "")[:3].lower(), 0)
    return _date(int(match["year"]), month, int(match["day"]))


def _slashes(text: str) -> date | None:
    """Return a date with slashes; where day and month could be either, there is none."""
    match = _SLASHES.fullmatch(text)
    if match is None:
        return None
    first, second, year = map(int, match.groups())
    if first == second or second > 12:
        return _date(year, first, second)
    return _date(year, second, first) if first > 12 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().lower()
