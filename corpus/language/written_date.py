"""Dates as people write them: the one place that knows their forms.

Where day and month could be either, nothing is guessed: both readings are returned. A month
without a day is its first day: the earliest that it can mean, so that no page is taken for newer
than it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.language.quantities import MONTHS
from corpus.types import Span

_LANGUAGES = ("de", "de_AT", "fr", "es", "it", "nl")
"""Those in which months and days of the week are understood besides English."""
_FEWEST = 3
"""Letters by which a name is known."""
_NO_MONTHS = frozenset({"set"})
"""English words that names in other languages begin with."""
_MONTH = r"(?P<name>[^\W\d_]{3,10})\b\.?"
_DAY = r"(?<![\w.,/-])(?P<day>\d{1,2})(?:\s?(?:\^[snrte][tdhr]\^|[snrte][tdhr]\b)|[.º°])?"
_TH = r"(?:\s?(?:\^[snrte][tdhr]\^|[snrte][tdhr]\b))?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w/]|[.,-]\d)"
_APART = r"[ \t\u00a0\u202f]{0,3}[,/-]?[ \t\u00a0\u202f]{0,3}"
_OF = "(?:of |de )?"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        r"(?<![\w./-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)"
        r"(?P<day>\d{1,2})(?![\d/]|[.-]\d)",
        rf"{_DAY}{_APART}{_OF}{_MONTH}{_APART}{_OF}[’']?{_YEAR}",
        rf"(?<![\w-]){_MONTH}{_APART}(?:the )?(?P<day>\d{{1,2}}){_TH}"
        rf"{_APART}{_OF}{_YEAR}",
        rf"(?<![\w./-])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?<![\w./-])(?P<one>\d{{1,2}})(?P<mark>[/-])(?P<other>\d{{1,2}})(?P=mark){_YEAR}",
        r"(?<!\d)(?P<year>(?:19|20)\d\d) ?年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日",
        rf"(?<![\w-]){_MONTH}{_APART}{_OF}{_YEAR}",
        r"(?<![\w./-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\w/]|[.-]\d)",
        rf"(?<![\w./-])(?P<month>0?[1-9]|1[0-2])/{_YEAR}",
    )
)
"""Where two match at one place, the first of the longest is meant."""
_PACKED = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_BEFORE = re.compile(r"\W*(?:(?P<day>[^\W\d_]{3,10})\.?,?\s+)??(?:the )?", re.I)
_AFTER = re.compile(
    r"(?:[T,]?\s*(?:at )?\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s*(?:[ap]\.?m\.?)?\s*"
    r"(?:Z|[A-Z]{2,4}|[+-]\d\d:?\d\d)?)?\W*",
    re.I,
)
_LONGEST = 80
"""Code points of a date that stands alone, with its weekday and time."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text."""

    span: Span
    readings: tuple[date, ...]
    """One, or both where day and month could be either, the day first in the first one."""
    whole_month: bool = False
    """True where it names a month and no day."""

    @property
    def date(self) -> date | None:
        """The day, None where it is not clear which."""
        return self.readings[0] if len(self.readings) == 1 else None


def written_date(written: str, *, month_first: bool = False) -> date | None:
    """Return the date that a text is and nothing else; None where it is none, or may be two.

    `month_first` is for origins that always write the month first.
    """
    found = date_alone(written)
    if found is None:
        return None
    return found.readings[-1] if month_first else found.date


def date_alone(written: str) -> WrittenDate | None:
    """Return the date that a text is and nothing else, with a weekday or time of day at most."""
    whole = written.strip()
    if len(whole) > _LONGEST:
        return None
    packed = _PACKED.fullmatch(whole)
    if packed:
        readings = _readings(packed)
        return WrittenDate(Span(0, len(written)), readings) if readings else None
    found = next(dates_in(written), None)
    before = _BEFORE.fullmatch(written[: found.span.start]) if found else None
    if found is None or before is None or (before["day"] and not _is_weekday(before["day"])):
        return None
    return found if _AFTER.fullmatch(written[found.span.end :].rstrip()) else None


def dates_in(text: str) -> Iterator[WrittenDate]:
    """Yield the dates that a text names, in order; what is no day of a calendar is none."""
    matches = [match for form in _FORMS for match in form.finditer(text)]
    matches.sort(key=lambda match: (match.start(), -match.end()))
    end = 0
    for match in matches:
        readings = _readings(match) if match.start() >= end else ()
        if readings:
            end = match.end()
            yield WrittenDate(Span(*match.span()), readings, "day" not in match.re.groupindex
                              and "one" not in match.re.groupindex)  # fmt: skip


def _readings(match: re.Match[str]) -> tuple[date, ...]:
    part = match.groupdict()
    year = int(part["year"])
    if "one" in part:
        one, other = int(part["one"]), int(part["other"])
        both = (_day(year, other, one), _day(year, one, other))
        return tuple(dict.fromkeys(day for day in both if day is not None))
    month = _month(part["name"].casefold()) if "name" in part else int(part["month"])
    day = _day(year, month, int(part.get("day") or 1)) if month else None
    return (day,) if day is not None else ()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=512)
def _month(name: str) -> int | None:
    """Return the month that a name or the beginning of one means; None where it is no such."""
    if len(name) < _FEWEST or name in _NO_MONTHS:
        return None
    for names in (_english_months(), _names()[0]):
        if found := {at for known, at in names if known.startswith(name)}:
            return found.pop() if len(found) == 1 else None
    return None


def _is_weekday(name: str) -> bool:
    name = name.casefold()
    return any(known.startswith(name) for known in _names()[1])


def _english_months() -> tuple[tuple[str, int], ...]:
    return tuple((name.casefold(), at) for at, name in enumerate(MONTHS, 1))


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[tuple[str, int], ...], frozenset[str]]:
    """Return the months with their numbers and the days of the week, with and without accents."""
    from babel import Locale

    months, days = dict[str, int](), set[str]()
    for language in ("en", *_LANGUAGES):
        locale = Locale.parse(language)
        for at, name in locale.months["format"]["wide"].items():
            months.update({name.casefold(): at, _plain(name): at})
        for name in locale.days["format"]["wide"].values():
            days.update((name.casefold(), _plain(name)))
    return tuple(months.items()), frozenset(days)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
