"""A date by itself, as front matter and the heads of pages state it."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")


def written_date(written: str) -> date | None:
    """Return a date in ISO form, or month/day/year; None for anything else.

    A month beyond the twelfth is the day of those who write it first.
    """
    month_first = _MONTH_FIRST.match(written)
    try:
        if month_first:
            month, day, year = map(int, month_first.groups())
            return date(year, day, month) if month > 12 else date(year, month, day)
        return datetime.fromisoformat(written).date()
    except ValueError:
        return None
