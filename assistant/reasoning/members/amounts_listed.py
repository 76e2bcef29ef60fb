"""Amounts in a question about a set and in what its entries say: "90 days", "the longest"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from assistant.reasoning.members.word_stems import number_of
from corpus.language.terms import WORD
from corpus.language.word_classes import word_table
from corpus.types import Span

_UNITS = {
    "second": ("time", 1 / 86400), "minute": ("time", 1 / 1440), "hour": ("time", 1 / 24),
    "day": ("time", 1.0), "week": ("time", 7.0), "month": ("time", 30.4), "year": ("time", 365.0),
    "kb": ("size", 1e-3), "mb": ("size", 1.0), "gb": ("size", 1e3), "tb": ("size", 1e6),
    "pb": ("size", 1e9), "percent": ("share", 1.0),
}  # fmt: skip
"""Units by what they measure, and how much of it one of them is."""
_NEAR = 0.06
"""Share by which amounts differ that count as one: twelve months and a year."""


class Bounding(StrEnum):
    """How an amount bounds what is asked for."""

    EXACT = "exact"
    MORE = "more"
    LESS = "less"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    MOST = "most"
    """The largest of all."""
    LEAST = "least"
    """The smallest of all."""


_BOUNDING = word_table({
    Bounding.MORE: "more longer larger over above beyond exceeding greater higher bigger",
    Bounding.LESS: "less shorter smaller under below fewer lower",
    Bounding.AT_MOST: "within most maximum",
    Bounding.AT_LEAST: "least minimum",
})  # fmt: skip
_UTMOST = word_table({
    Bounding.MOST: "longest largest biggest greatest highest",
    Bounding.LEAST: "shortest smallest fewest lowest briefest",
})  # fmt: skip
_BEFORE = 4
"""Words before an amount that may bound it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of some unit."""

    measure: str
    """What the unit measures: "time", "size", "share"."""
    size: float
    span: Span


@dataclass(frozen=True, slots=True)
class AmountAsked:
    """What the amount of each member is held against."""

    bounding: Bounding
    measure: str
    """Empty where only the largest or the smallest is asked for."""
    size: float
    spans: tuple[Span, ...]
    """What of the question says it."""

    def keeps(self, size: float) -> bool:
        """Tell whether an amount is as the question says; the utmost is told among several."""
        same = abs(size - self.size) <= _NEAR * max(size, self.size)
        match self.bounding:
            case Bounding.MORE:
                return size > self.size and not same
            case Bounding.LESS:
                return size < self.size and not same
            case Bounding.AT_LEAST:
                return size > self.size or same
            case Bounding.AT_MOST:
                return size < self.size or same
            case _:
                return same


@lru_cache(maxsize=8192)
def amounts_of(text: str) -> tuple[Amount, ...]:
    """Return the amounts that a text says, in order."""
    return tuple(_amounts(text))


def _amounts(text: str) -> Iterator[Amount]:
    words = [(match.group().lower(), match) for match in WORD.finditer(text)]
    for (one, first), (other, last) in pairwise(words):
        number = _number(one)
        unit = _UNITS.get(other) or _UNITS.get(other.removesuffix("s"))
        if number is None or unit is None or last.start() - first.end() > 1:
            continue
        yield Amount(unit[0], number * unit[1], Span(first.start(), last.end()))
    for word, match in words:
        joined = word.split("-")
        if len(joined) == 2 and (unit := _UNITS.get(joined[1].removesuffix("s"))):
            number = _number(joined[0])
            if number is not None:
                yield Amount(unit[0], number * unit[1], Span(match.start(), match.end()))


def _number(word: str) -> float | None:
    found = number_of(word.replace(",", ""))
    if found is None and word in ("a", "an"):
        return 1.0
    return float(found) if found is not None else None


def amount_asked(question: str) -> AmountAsked | None:
    """Return the amount that a question bounds members by; None where it names none, or several."""
    words = [(match.group().lower(), match) for match in WORD.finditer(question)]
    utmost = [(word, match) for word, match in words if word in _UTMOST]
    if len(utmost) == 1:
        word, match = utmost[0]
        return AmountAsked(_UTMOST[word], "", 0.0, (Span(match.start(), match.end()),))
    said = amounts_of(question)
    if len(said) != 1:
        return None
    one = said[0]
    before = [match for _, match in words if match.end() <= one.span.start][-_BEFORE:]
    bounding, start = _bounding(before, one.span.start)
    return AmountAsked(bounding, one.measure, one.size, (Span(start, one.span.end),))


def _bounding(before: Sequence[re.Match[str]], start: int) -> tuple[Bounding, int]:
    """Return how the words before an amount bound it, and where they begin."""
    found = Bounding.EXACT
    for match in reversed(before):
        word = match.group().lower()
        if word in _BOUNDING and found is Bounding.EXACT:
            found = _BOUNDING[word]
        elif word == "up" and found is Bounding.EXACT:
            found = Bounding.AT_MOST
        elif word in ("no", "not") and found is not Bounding.EXACT:
            return _TURNED.get(found, found), match.start()
        elif word not in _BETWEEN:
            break
        start = match.start() if found is not Bounding.EXACT else start
    return found, start


_BETWEEN = frozenset("than the a at to".split())
_TURNED = {Bounding.MORE: Bounding.AT_MOST, Bounding.LESS: Bounding.AT_LEAST}


def size_in(text: str, measure: str) -> float | None:
    """Return the amount of a measure that a cell says first, a bare number counted; None where it
    says none.
    """
    for one in amounts_of(text):
        if measure in ("", one.measure):
            return one.size
    bare = text.strip().replace(",", "")
    return float(bare) if not measure and bare.isdigit() else None
