"""Whether cited spans support a sentence: a deterministic check, no model.

A sentence is supported when everything checkable in it stands in the spans that it cites:
every number, date, command, place and other name, and its negation. A number may also be
recomputed: the count of what the spans list. The check reads words, not meaning; it finds
the invented and the turned round, not the subtly misleading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from corpus.language.quantities import MONTH, NUMBERS

_SENTENCE = re.compile(r"(?<=[.!?])[\s\"”)]+(?=[A-Z\d“\"(])|\n+")
_NUMBER = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)*(?![\w-])")
_DATE = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{4}\b|"
    rf"\b(?:\d{{1,2}} )?(?:{MONTH})(?: \d{{1,2}},)? \d{{4}}\b"
)
_DATE_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%d %B %Y", "%B %d, %Y", "%B %Y")
_COMMAND = re.compile(r"\b[A-Z][a-z]+-[A-Z]\w+|\$\w+|`[^`]+`|(?<!\w)-[A-Z][A-Za-z]+\b")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|without|unable)\b|n['’]t\b", re.IGNORECASE
)
_LEAST_COUNTED = 2


def supported(sentence: str, spans: Iterable[str], titles: Iterable[str] = ()) -> bool:
    """Tell whether the spans together hold everything checkable in the sentence.

    `titles` are those of the cited documents: the sentence may name them.
    """
    cited = tuple(spans)
    whole = "\n".join(cited)
    return (
        bool(cited)
        and _dates(sentence) <= _dates(whole)
        and _numbers(sentence) <= _numbers(whole) | _counts(cited)
        and _commands(sentence) <= _commands(whole)
        and _names(_DATE.sub(" ", sentence)) <= _words(whole).union(*map(_words, titles))
        and _same_polarity(sentence, whole)
    )


def sentences(text: str) -> tuple[str, ...]:
    """Split a text into sentences; lines end one too."""
    return tuple(part.strip() for part in _SENTENCE.split(text) if _WORD.search(part))


def _dates(text: str) -> set[date]:
    return {moment for found in _DATE.findall(text) for moment in _read_date(found)}


def _read_date(text: str) -> tuple[date, ...]:
    for form in _DATE_FORMS:
        try:
            return (datetime.strptime(text, form).date(),)
        except ValueError:
            continue
    return ()


def _numbers(text: str) -> set[str]:
    """Return the numbers outside of dates, without thousands separators; words as digits."""
    bare = _DATE.sub(" ", text)
    written = {str(NUMBERS[word]) for word in _lower(bare) if word in NUMBERS}
    spelled = written - {"1"}  # "one of them" counts nothing
    return {number.replace(",", "") for number in _NUMBER.findall(bare)} | spelled


def _counts(spans: tuple[str, ...]) -> set[str]:
    """Return how many things the spans list: spans, lines, members between commas."""
    lines = [line for span in spans for line in span.splitlines() if line.strip()]
    members = [len(re.split(r",\s*(?:and\s+|or\s+)?|\s+and\s+", line)) for line in lines]
    found = {len(spans), len(lines), *members}
    return {str(number) for number in found if number >= _LEAST_COUNTED}


def _commands(text: str) -> set[str]:
    return {found.strip("`").lower() for found in _COMMAND.findall(text)}


def _names(text: str) -> set[str]:
    """Return capitalised words that are not so because they begin a sentence or a clause."""
    found: set[str] = set()
    for sentence in sentences(text):
        for match in _WORD.finditer(sentence):
            before = sentence[: match.start()].rstrip(" \t([“\"'*_-•")
            if match.group()[0].isupper() and before and before[-1] not in ".!?:|":
                found.add(_stem(match.group().lower()))
    return found


def _words(text: str) -> set[str]:
    return {_stem(word) for word in _lower(text)}


def _lower(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(text)]


def _stem(word: str) -> str:
    return re.sub(r"(?:['’]s|s)$", "", word)


def _same_polarity(sentence: str, spans: str) -> bool:
    """Tell whether sentence and the spans' nearest sentence both negate, or neither does."""
    said = _words(sentence)
    parts = sentences(spans)
    if not parts:
        return False
    nearest = max(parts, key=lambda part: len(said & _words(part)))
    negated = _NEGATION.search(sentence) is not None
    if negated:
        return _NEGATION.search(spans) is not None
    return _NEGATION.search(nearest) is None
