"""When something was, in a person's words; pure."""

from __future__ import annotations

from datetime import datetime

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400
_DAYS_TOLD = 7
"""Days after which a date says more than a count."""


def ago(then: datetime, now: datetime) -> str:
    """Return how long ago a time was, such as "2 minutes ago"; its date where that is longer than
    a week.
    """
    seconds = (now - then).total_seconds()
    if seconds < _MINUTE_S:
        return "just now"
    for unit, length, longest in (
        ("minute", _MINUTE_S, _HOUR_S),
        ("hour", _HOUR_S, _DAY_S),
        ("day", _DAY_S, _DAYS_TOLD * _DAY_S),
    ):
        if seconds < longest:
            count = int(seconds // length)
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return then.date().isoformat()
