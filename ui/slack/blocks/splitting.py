"""Long texts in parts that fit, each ended where a reader pauses; pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

import regex

# What must not come apart: an entity, an escaped character, a letter with its marks, an emoji.
_WHOLE = regex.compile(r"&(?:amp|lt|gt);|\\[!-/:-@\[-`{-~]|\X")
_PAUSES = (
    re.compile(r"\n{2,}"),
    re.compile(r"\n"),
    re.compile(r"[.!?][\"”’)]*\s"),
    re.compile(r"\s"),
)
"""After these a text is parted, the first kind that there is."""


def size(text: str) -> int:
    """Return how long a text is for Slack, counted as UTF-16, which is never less than in any
    other way of counting characters.
    """
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int) -> tuple[str, ...]:
    """Return the parts of a text, each of at most `limit` characters; joined they are the text.

    A part ends at a paragraph, a line, a sentence or a word where there is one in its second
    half, and nowhere within a character as it is seen, unless that alone is beyond the limit.
    """
    if size(text) <= limit:
        return (text,)
    wholes = list(_wholes(text, limit))
    ends = list(accumulate(len(whole) for whole in wholes))
    sizes = list(accumulate(size(whole) for whole in wholes))
    allowed = set(ends)
    parts: list[str] = []
    start = taken = 0
    while sizes[-1] - taken > limit:
        furthest = ends[bisect_right(sizes, taken + limit) - 1]
        end = _pause(text, start, furthest, allowed)
        parts.append(text[start:end])
        start, taken = end, taken + size(parts[-1])
    return (*parts, text[start:])


def _wholes(text: str, limit: int) -> Iterator[str]:
    for match in _WHOLE.finditer(text):
        whole = str(match.group())
        if size(whole) > limit:
            yield from whole
        else:
            yield whole


def _pause(text: str, start: int, furthest: int, allowed: set[int]) -> int:
    middle = (start + furthest) // 2
    for pause in _PAUSES:
        found = [match.end() for match in pause.finditer(text, middle, furthest)]
        for end in reversed(found):
            if end in allowed:
                return end
    return furthest
