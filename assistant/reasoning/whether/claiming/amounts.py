"""Lengths of time in a question and in a sentence, and whether the one keeps to the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.language.parsing import Parse
from corpus.language.quantities import (
    LETTER_TIME_UNIT,
    LETTER_TIME_UNITS,
    NUMBERS,
    SHORT_TIME_UNITS,
)

_LONG = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0,
         "month": 30.4, "year": 365.0, "decade": 3650.0}  # fmt: skip
_DAYS = _LONG | {
    short: _LONG[unit] for short, unit in (SHORT_TIME_UNITS | LETTER_TIME_UNITS).items()
}
_JOINED = re.compile(rf"(\d+)({LETTER_TIME_UNIT})")
"""A number and its unit in one word: "7d"."""
_NEAR = 0.06
"""Share by which lengths differ that count as one: twelve months and a year."""


class Bound(StrEnum):
    """How a length of time bounds what is said."""

    EXACT = "exact"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    MORE = "more than"
    LESS = "less than"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time."""

    days: float
    bound: Bound
    at: int
    """Index of its unit."""
    start: int
    """Index of its first word."""


def lengths(parse: Parse) -> tuple[Length, ...]:
    """Return the lengths of time that a sentence says, in order."""
    return tuple(_lengths(parse))


def _lengths(parse: Parse) -> Iterator[Length]:
    for at, token in enumerate(parse.tokens):
        if joined := _JOINED.fullmatch(token.text):
            before = " ".join(t.text.lower() for t in parse.tokens[max(0, at - 4) : at])
            yield Length(float(joined[1]) * _DAYS[joined[2]], _bound(before), at, at)
            continue
        unit = _DAYS.get(token.lemma.rstrip("s") if len(token.lemma) > 1 else token.lemma)
        # "A second region" is one of an order.
        if unit is None or (token.text.lower() == "second" and token.dep in ("amod", "compound")):
            continue
        start, number = _number(parse, at)
        if number is None:
            continue
        before = " ".join(t.text.lower() for t in parse.tokens[max(0, start - 4) : start])
        yield Length(number * unit, _bound(before), at, start)
        yield from _alternatives(parse, start, unit)


def _number(parse: Parse, at: int) -> tuple[int, float | None]:
    """Return where the number before a unit starts, and the number: "30", "a full", "two"."""
    for start in range(at - 1, max(-1, at - 4), -1):
        token = parse.tokens[start]
        value = _value(token.text)
        if value is not None:
            return start, value
        if token.lemma in ("a", "an") and at - start <= 2:
            return start, 1.0
        if token.tag not in ("JJ", "HYPH") and token.text not in (
            "-",
            "calendar",
            "business",
            ")",
            "(",
        ):
            break
    return at, None


def _value(word: str) -> float | None:
    bare = word.replace(",", "").lower()
    if bare.isdigit():
        return float(bare)
    found = NUMBERS.get(bare)
    return float(found) if found is not None else None


def _bound(before: str) -> Bound:
    if any(one in before for one in ("up to", "at most", "maximum", "no longer than", "within",
                                     "no more than", "as long as")):  # fmt: skip
        return Bound.AT_MOST
    if any(one in before for one in ("at least", "minimum", "not less than")):
        return Bound.AT_LEAST
    if any(one in before for one in ("longer than", "more than", "over", "beyond", "exceed")):
        return Bound.MORE
    return Bound.LESS if any(one in before for one in ("less than", "under")) else Bound.EXACT


def _alternatives(parse: Parse, start: int, unit: float) -> Iterator[Length]:
    """Yield the numbers before one of a list: "30, 60, 90 or 730 days"."""
    at = start - 1
    while at >= 0 and (parse.tokens[at].text in (",", "or", "and") or
                       _value(parse.tokens[at].text) is not None):  # fmt: skip
        value = _value(parse.tokens[at].text)
        if value is not None:
            yield Length(value * unit, Bound.EXACT, start, at)
        at -= 1


def keeps_to(asked: Length, said: tuple[Length, ...], *, may: bool) -> bool | None:
    """Tell whether a claim of a length of time is so by the lengths that a sentence says.

    `may` is true where it is asked whether it can be so. None where it does not show.
    """
    if len(said) != 1:
        same = any(_same(asked.days, one.days) for one in said)
        return True if same and may and asked.bound is Bound.EXACT else None
    one = said[0]
    if asked.bound in (Bound.MORE, Bound.AT_LEAST):
        return _is_longer(asked, one)
    if asked.bound is Bound.AT_MOST and not may:
        return _same(asked.days, one.days) or one.days < asked.days or None
    return _is_as_long(asked, one, may=may)


def _is_as_long(asked: Length, said: Length, *, may: bool) -> bool | None:
    within = asked.days <= said.days * (1 + _NEAR)
    if said.bound is Bound.AT_MOST:
        return within if may or not within else None
    if said.bound in (Bound.AT_LEAST, Bound.MORE):
        return True if within else None
    return _same(asked.days, said.days) or (may and within)


def _is_longer(asked: Length, said: Length) -> bool | None:
    same = _same(asked.days, said.days)
    if said.bound in (Bound.AT_LEAST, Bound.MORE):
        return True if said.days >= asked.days or same else None
    if asked.bound is Bound.AT_LEAST and same:
        return said.bound is not Bound.AT_MOST or None
    return said.days > asked.days and not same


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * max(one, other)
