"""Lines that pages repeat, and the paragraphs that stand between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.parse.plain.plain_lines import ANY_WIDTH, Line, goes_on, split_lines

_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.I)
_PAGE_NUMBER = re.compile(
    r"(?:\S.{0,80}\s)?\[Page \d+\]|Page \d+(?: of \d+)?|[-–—]\s?\d{1,4}\s?[-–—]", re.I
)
_FEWEST_REPEATED = 2


def paragraphs_of(text: str) -> list[list[Line]]:
    """Return the runs of lines between blank ones, without what pages repeat.

    A sentence that goes on over a page stays in one run.
    """
    lines = list(split_lines(text))
    furniture = _furniture(lines)
    paragraphs: list[list[Line]] = [[]]
    gap = cut = False
    for number, line in enumerate(lines):
        if line is None or number in furniture:
            gap = True
            cut = cut or number in furniture
            continue
        before = paragraphs[-1][-1] if paragraphs[-1] else None
        if before is not None and _is_parted(before, line, gap, cut):
            paragraphs.append([])
        paragraphs[-1].append(line)
        gap = cut = False
    return paragraphs if paragraphs[-1] else paragraphs[:-1]


def _is_parted(before: Line, after: Line, gap: bool, cut: bool) -> bool:
    if before.quoted != after.quoted:
        return True
    over = cut or before.page != after.page
    if over:
        return not goes_on(before, after, ANY_WIDTH)
    return gap


def _furniture(lines: Sequence[Line | None]) -> frozenset[int]:
    """Return numbers of lines with a page's number alone, or repeated at the edges of pages."""
    filled = [number for number, line in enumerate(lines) if line is not None]
    numbers = {
        number
        for number in filled
        if (line := lines[number]) is not None
        and _PAGE_NUMBER.fullmatch(line.text)
        and _is_alone(lines, number)
    }
    feet, heads = _edges(lines, filled, numbers)
    repeated = {
        number
        for edges in (feet, heads)
        if (seen := Counter(_masked(lines[number]) for number in edges))
        for number in edges
        if seen[_masked(lines[number])] >= _FEWEST_REPEATED and number != filled[0]
    }
    return frozenset(numbers | repeated)


def _is_alone(lines: Sequence[Line | None], number: int) -> bool:
    """Tell whether a line ends or begins a page or stands between blank lines."""
    line = lines[number]
    before = lines[number - 1] if number else None
    after = lines[number + 1] if number + 1 < len(lines) else None
    return line is not None and all(
        other is None or other.page != line.page for other in (before, after)
    )


def _edges(
    lines: Sequence[Line | None], filled: Sequence[int], numbers: set[int]
) -> tuple[list[int], list[int]]:
    """Return the last line of each page and the first of each after the first."""
    feet, heads = [], []
    for before, after in pairwise(filled):
        left, right = lines[before], lines[after]
        over = left is not None and right is not None and left.page != right.page
        if over:
            feet.append(before)
        if over or before in numbers:
            heads.append(after)
    return feet, heads


def _masked(line: Line | None) -> str:
    return "" if line is None else " ".join(_NUMBER.sub("#", line.text).split())
