"""Durations that follow from what is stated: in other units, rounded, or between two dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from assistant.verification.reading.values import Date, Value

_DAYS_OF = {"second": Decimal(1) / 86_400, "month": Decimal("30.44")}
_ABOUT = ("about", "roughly", "around", "approximately", "some", "circa", "nearly", "almost")
_ROUNDED = Decimal("0.15")
"""How far a duration that is said to be rounded lies from the one that is stated."""
_COMPARED = frozenset("more less over under longer shorter".split())
"""Words by which a duration is only compared with the one that is stated."""
_MOST = 2
"""How many times as long a duration may be of which a sentence says that it is longer."""
_REACH = 24


def comes_to(value: Value, claim: str, ground: str, stated: Sequence[Value]) -> bool:
    """Tell whether a duration of a sentence follows from one that its ground states."""
    mine = days_of(value)
    if mine is None:
        return False
    before = claim[max(0, value.start - _REACH) : value.start].lower().split()
    rounded = bool(set(before[-2:]) & {*_ABOUT})
    for other in stated:
        theirs = days_of(other)
        if not theirs:
            continue
        if other.same(value) and _lasts(value, other, ground):
            return True
        if rounded and other.bound in (0, value.bound) and abs(mine - theirs) <= _ROUNDED * theirs:
            return True
        compared = set(before[-3:]) & _COMPARED
        if compared and _unit_of(value) != _unit_of(other) and _fits(value, mine, theirs, other):
            return True
    return False


def lies_between(value: Value, stated: Iterable[Date]) -> bool:
    """Tell whether a duration is how long two dates lie apart."""
    mine = days_of(value)
    if mine is None:
        return False
    for days, months in _apart(stated):
        if value.unit == "month" and months is not None:
            apart, length = Decimal(months), Decimal(value.amount)
        else:
            apart, length = Decimal(days), mine
        if value.bound == 0 and length == apart:
            return True
        longer = value.bound > 0 and length < apart <= _MOST * length
        shorter = value.bound < 0 and apart < length <= _MOST * apart
        if longer or shorter:
            return True
    return False


def _apart(stated: Iterable[Date]) -> Iterator[tuple[int, int | None]]:
    """Yield how far dates lie apart, in days, and in months where these are whole."""
    whole = dict.fromkeys(one for one in stated if all(one))
    for one, other in combinations(whole, 2):
        days = abs((date(*one) - date(*other)).days)
        months = abs(12 * (one.year - other.year) + one.month - other.month)
        yield days, months if one.day == other.day else None


def _lasts(value: Value, other: Value, ground: str) -> bool:
    """Tell whether a ground that says "in 3 days" is said to say "within 3 days"."""
    words = ground[max(0, other.start - _REACH) : other.start].lower().split()
    return value.bound < 0 and not other.bound and words[-1:] == ["in"]


def _fits(value: Value, mine: Decimal, theirs: Decimal, other: Value) -> bool:
    if value.bound > 0 and other.bound >= 0:
        return mine < theirs <= _MOST * mine
    if value.bound < 0 and other.bound <= 0:
        return theirs < mine <= _MOST * theirs
    return False


def days_of(value: Value) -> Decimal | None:
    """Return how many days a duration lasts, None for what is none."""
    size = _DAYS_OF.get(value.unit)
    return size * value.amount if size and isinstance(value.amount, Decimal) else None


def _unit_of(value: Value) -> str:
    return value.written.lower().split()[-1].rstrip("s")
