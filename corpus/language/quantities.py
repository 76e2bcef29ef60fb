"""Words for quantities, each list once: numbers, months and units of time."""

from __future__ import annotations

from collections.abc import Iterable

NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
"""Numbers that are one word."""
INDEFINITE = ("a", "an", "few", "several")
"""What stands where a number does."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TIME_UNITS = ("second", "minute", "hour", "day", "week", "month", "year", "decade")
SHORT_TIME_UNITS = {
    "hr": "hour", "hrs": "hour", "wk": "week", "wks": "week", "mo": "month", "mos": "month",
    "yr": "year", "yrs": "year", "min": "minute", "mins": "minute", "sec": "second",
    "secs": "second",
}  # fmt: skip
LETTER_TIME_UNITS = {"h": "hour", "d": "day", "w": "week", "y": "year"}
"""In small letters and right behind their number: "7d"."""


def any_of(words: Iterable[str]) -> str:
    """Return the words as the alternatives of a pattern, longer ones first."""
    return "|".join(sorted(words, key=len, reverse=True))


NUMBER = any_of(NUMBERS)
MONTH = any_of(MONTHS)
SHORT_MONTHS = (*dict.fromkeys(name[:3] for name in MONTHS if name != "May"), "Sept")
SHORT_MONTH = any_of(SHORT_MONTHS)
TIME_UNIT = any_of(TIME_UNITS)
SHORT_TIME_UNIT = any_of(SHORT_TIME_UNITS)
LETTER_TIME_UNIT = any_of(LETTER_TIME_UNITS)
