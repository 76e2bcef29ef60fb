"""Values: numbers, durations and dates, each in one form however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from corpus.language.quantities import (
    LETTER_TIME_UNIT,
    LETTER_TIME_UNITS,
    MONTH,
    MONTHS,
    NUMBERS,
    SHORT_MONTH,
    SHORT_TIME_UNIT,
    SHORT_TIME_UNITS,
    TIME_UNIT,
    any_of,
)

_UNITS = {**NUMBERS, "once": 1, "twice": 2, "double": 2, "dozen": 12}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORDS = any_of((*_UNITS, *_SCALES))
_TIME = {
    "second": ("second", 1), "minute": ("second", 60), "hour": ("second", 3600),
    "day": ("second", 86_400), "week": ("second", 604_800), "month": ("month", 1),
    "quarter": ("month", 3), "year": ("month", 12), "decade": ("month", 120),
}  # fmt: skip
_MEASURE = re.compile(
    r"(?P<working>(?:working|business|calendar)[ -])?(?P<unit>"
    rf"(?:{TIME_UNIT})s?\b|(?:{SHORT_TIME_UNIT})\b|(?-i:(?<=\d)(?:{LETTER_TIME_UNIT})\b)|"
    r"%|per ?cent\b|percent\b|[KMGTP]i?B\b|kilobytes?\b|megabytes?\b|gigabytes?\b|terabytes?\b|"
    r"km\b|kilomet(?:er|re)s?\b|euros?\b|dollars?\b|EUR\b|USD\b)",
    re.I,
)
_NAMED_MEASURES = {
    "percent": "%", "per cent": "%", "kilobyte": "kb", "megabyte": "mb", "gigabyte": "gb",
    "terabyte": "tb", "kilometer": "km", "kilometre": "km", "eur": "euro", "usd": "dollar",
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?<![\w.,/:])(?<!\d-)(?P<digits>\d{{1,2}}:\d{{2}}|\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?![\w]*[A-Za-z]{{3}})(?=\b|%|[KMGT]B|(?:{SHORT_TIME_UNIT}|(?-i:{LETTER_TIME_UNIT}))\b)|"
    rf"\b(?P<words>(?:{_WORDS})(?:[- ](?:and )?(?:{_WORDS}))*)\b",
    re.I,
)
_ARTICLE = re.compile(
    rf"\b(?P<half>half )?(?:an?|each|every|per|a single) (?!second [a-z])"
    rf"(?P<unit>quarter of a year|{TIME_UNIT})\b"
    r"(?! (?:copy|hall|site|factor))",
    re.I,
)
_EVERY = {
    "daily": ("second", 86_400), "weekly": ("second", 604_800),
    "monthly": ("month", 1), "quarterly": ("month", 3), "annually": ("month", 12),
    "yearly": ("month", 12), "annual": ("month", 12),
}  # fmt: skip
_OFTEN = re.compile(rf"\b(?:once )?(?P<often>{'|'.join(_EVERY)})\b", re.I)
_MONTHS = [month[:3] for month in MONTHS]
_MONTH = rf"(?P<name>{MONTH}|{SHORT_MONTH})\.?"
_DATES = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})\b"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}"
        r"(?:,? (?P<y>\d{4}))?\b"
    ),
    re.compile(rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y>\d{{4}}))?"),
    re.compile(rf"\b{_MONTH},? (?:of )?(?P<y>\d{{4}})\b"),
)
_LONE_MONTH = re.compile(
    rf"(?:\bin|\bof|\beach|\bevery|\band|\buntil|\bor|\bsince) {_MONTH}\b(?! \d)"
)
_HIGH = re.compile(
    r"(?:at least|a minimum of|minimum(?: of)?|no (?:fewer|less) than|not (?:fewer|less) than|"
    r"more than|over|above|exceed(?:s|ing)?|greater than|larger than|longer than|older than|"
    r"upwards? of|beyond|below which|from|starting at)$",
    re.I,
)  # fmt: skip
_LOW = re.compile(
    r"(?:up to|at most|a maximum of|maximum(?: of)?|no (?:more|longer|later|larger) than|"
    r"not (?:more|longer|later) than|less than|under|below|fewer than|within|smaller than|"
    r"as much as|limited to|never (?:more|longer) than|as long as|capped at|in under)$",
    re.I,
)
_HIGH_AFTER = re.compile(
    r"^[\s-]*(?:[\w-]+ ){0,2}(?:or (?:more|longer|over|older|higher|above|larger)|"
    r"and (?:more|above|over)|"
    r"or more|at least|at a minimum|upwards?|minimum|as a minimum)\b",
    re.I,
)
_LOW_AFTER = re.compile(
    r"^[\s-]*(?:[\w-]+ ){0,2}(?:or (?:less|fewer|shorter|under)|at most|at the most|maximum|"
    r"or sooner|at the latest)\b",
    re.I,
)


class Date(NamedTuple):
    """A date as far as it is stated; 0 where it is not."""

    year: int
    month: int
    day: int

    def says(self, other: Date) -> bool:
        """Tell whether this date states the other one, or one that lies in it."""
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True) if theirs)


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its unit as a text states it."""

    amount: Decimal | str
    unit: str
    """Seconds or months for a duration, a measure, or empty."""
    bound: int
    """1 where the text says at least, -1 where it says at most, else 0."""
    start: int
    end: int
    written: str
    raw: str = ""
    """The number without its unit."""

    def same(self, other: Value) -> bool:
        """Tell whether both are one amount of one unit."""
        return self.amount == other.amount and self.unit == other.unit


@lru_cache(maxsize=2048)
def dates(text: str) -> tuple[tuple[Date, int, int], ...]:
    """Return the dates of a text with where they stand."""
    found: list[tuple[Date, int, int]] = []
    for pattern in (*_DATES, _LONE_MONTH):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for _, start, end in found):
                continue
            found.append((_date(match.groupdict()), match.start(), match.end()))
    return tuple(found)


def _date(parts: dict[str, str | None]) -> Date:
    name = parts.get("name")
    month = _MONTHS.index(name[:3]) + 1 if name else int(parts.get("m") or 0)
    return Date(int(parts.get("y") or 0), month, int(parts.get("d") or 0))


def without_dates(text: str) -> str:
    """Return a text with its dates blanked, every other character at its place."""
    for _, start, end in dates(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=2048)
def values(text: str) -> tuple[Value, ...]:
    """Return the numbers and durations of a text, dates aside."""
    text = without_dates(text)
    found = [value for match in _NUMBER.finditer(text) if (value := _value(text, match))]
    taken = [(value.start, value.end) for value in found]
    for match in _ARTICLE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            unit, size = _TIME[match["unit"].lower().removesuffix(" of a year")]
            bound = _bound(text, match.start(), match.end())
            span = (match.start(), match.end())
            amount = Decimal(size) / (2 if match["half"] else 1)
            found.append(Value(amount, unit, bound, *span, match.group()))
    for match in _OFTEN.finditer(text):
        unit, size = _EVERY[match["often"].lower()]
        bound = _bound(text, match.start(), match.end())
        found.append(Value(Decimal(size), unit, bound, match.start(), match.end(), match.group()))
    return tuple(found)


def _value(text: str, match: re.Match[str]) -> Value | None:
    amount = match["digits"] or _spelled(match["words"])
    if ":" in str(amount):
        return Value(str(amount), "time", 0, match.start(), match.end(), match.group())
    number = Decimal(str(amount).replace(",", ""))
    raw = str(number)
    measure = _measure_after(text, match.end())
    end = match.end()
    unit = ""
    if measure:
        unit, size = _unit(measure)
        number, end = number * size, measure.end()
    elif match.group().lower() in ("one", "once"):
        return None  # nearly always a pronoun or an adverb
    elif text[max(0, match.start() - 1) : match.start()] in ("$", "€"):
        unit = {"$": "dollar", "€": "euro"}[text[match.start() - 1]]
    bound = _bound(text, match.start(), end)
    return Value(number, unit, bound, match.start(), end, text[match.start() : end], raw)


def _measure_after(text: str, at: int) -> re.Match[str] | None:
    """Return the measure that follows a number, also behind the other end of a range."""
    gap = re.compile(
        rf"(?:[- ](?:to|or|and|–)[- ](?:\d+|{_WORDS}))?[\s-]*"
        r"(?:full |consecutive |further |more )?",
        re.I,
    ).match(text, at)
    return _MEASURE.match(text, gap.end() if gap else at)


def _unit(measure: re.Match[str]) -> tuple[str, int]:
    name = measure["unit"].lower()
    name = (SHORT_TIME_UNITS | LETTER_TIME_UNITS).get(name, name)
    name = name.rstrip("s") if len(name) > 2 else name
    if name in _TIME:
        unit, size = _TIME[name]
        working = (measure["working"] or "").strip(" -").lower()
        return ("workday", 1) if working in ("working", "business") else (unit, size)
    return _NAMED_MEASURES.get(name, name), 1


def _spelled(words: str) -> str:
    total = current = 0
    for word in re.split(r"[- ]", words.lower()):
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if word != "hundred":
                total, current = total + current, 0
        elif word != "and":
            current += _UNITS[word]
    return str(total + current)


def _bound(text: str, start: int, end: int) -> int:
    before = text[max(0, start - 24) : start].rstrip()
    after = text[end : end + 40]
    low, high = _LOW.search(before), _HIGH.search(before)
    if low and high:
        # "no less than" holds "less than": the longer one is meant.
        return -1 if low.start() < high.start() else 1
    if low or _LOW_AFTER.match(after):
        return -1
    return 1 if high or _HIGH_AFTER.match(after) else 0
