"""Pieces of printed lines put together: raised figures as marks, bullets before their items."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.formats.markdown_writer import escaped
from corpus.formats.pdf.printed_page import Line
from corpus.formats.pdf.ruled_tables import Box

RAISED, RAISED_END = "\x0e", "\x0f"
"""Around what is set as a superscript, until the text is written."""
STRUCK, STRUCK_END = "\x10", "\x11"
"""Around what a line goes through."""
_SIGNS = str.maketrans({RAISED: "^", RAISED_END: "^", STRUCK: "~~", STRUCK_END: "~~"})
UNSEEN = re.compile("[\x0e-\x11]")

SMALLER = 0.87
"""Times the size of the line; letters of a mark are smaller."""
PIECE_GAP = 0.75
"""Times the size of the letters; what is farther apart may stand in different columns."""
_MOST_PAIRS = 4_000_000
"""Of loose signs and lines on a page; a drawing has more."""
_LEVEL = 0.15
_LOWEST, _HIGHEST = 0.1, 0.8
_WORD_GAP = 0.13
_MARK = re.compile(r"(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]{1,3})$")
_ORDINAL = ("st", "nd", "rd", "th")
_BULLET = re.compile(r"[•·◦▪▫■●○‣⁃∙➢➤\uf0a7\uf0b7\uf0d8\uf076]$")


def written(text: str) -> str:
    """Return a text of the page in the reading form."""
    return escaped(text).translate(_SIGNS).replace("~~~~", "").replace("~~ ~~", " ")


def put_together(lines: Iterable[Line]) -> list[Line]:
    """Return lines with the pieces that stand close to each other as one."""
    joined: list[Line] = []
    for line in lines:
        both = _together(joined[-1], line) if joined else None
        if both is not None:
            joined[-1] = both
        else:
            joined.append(line)
    return joined


def with_dots(lines: list[Line], dots: list[Box]) -> list[Line]:
    """Return lines with a bullet before those that a drawn dot stands before."""
    if not dots or len(dots) * len(lines) > _MOST_PAIRS:
        return lines
    return [
        line._replace(text=f"• {line.text}", left=min(dot.left for dot in before))
        if (before := [dot for dot in dots if _leads(dot, line)]) and not _BULLET.match(line.text)
        else line
        for line in lines
    ]


def _leads(dot: Box, line: Line) -> bool:
    _, y = dot.centre()
    return (
        line.base < y < line.base + 0.7 * line.size
        and dot.right - dot.left < 0.6 * line.size
        and 0 < line.left - dot.right < 2 * line.size
    )


def attached(lines: list[Line]) -> list[Line | None]:
    """Return lines with bullets and marks that were drawn apart before theirs; None left behind."""
    found: list[Line | None] = [*lines]
    loose = [
        number
        for number, line in enumerate(lines)
        if _BULLET.match(line.text) or (len(line.text) < 6 and _signs(line.text, ""))
    ]
    if len(loose) * len(lines) > _MOST_PAIRS:
        return found
    for number in sorted(loose, key=lambda number: -lines[number].left):
        mark = lines[number]
        to = min(
            (n for n, line in enumerate(found) if line and n != number and _is_beside(mark, line)),
            key=lambda n: abs(lines[n].left - mark.right),
            default=None,
        )
        other = found[to] if to is not None else None
        if to is None or other is None:
            continue
        if _BULLET.match(mark.text):
            left = other.left if _BULLET.match(other.text[:1]) else mark.left
            both: Line | None = other._replace(text=f"{mark.text} {other.text}", left=left)
        else:
            both = _together(other, mark) if mark.left > other.left else _together(mark, other)
        if both is not None:
            found[to], found[number] = both, None
    return found


def _is_beside(mark: Line, line: Line) -> bool:
    size = max(mark.size, line.size)
    if _BULLET.match(mark.text):
        near = 0 <= line.left - mark.right < 2.5 * size
        return near and abs(mark.base - line.base) <= 0.4 * size and not _BULLET.match(line.text)
    return abs(line.left - mark.right) < size or abs(mark.left - line.right) < size


def _together(before: Line, line: Line) -> Line | None:
    """Return two pieces as one where they stand on one line, side by side."""
    size = max(before.size, line.size)
    gap = line.left - before.right
    if not -0.4 * size < gap < PIECE_GAP * size:
        return None
    rise = line.base - before.base
    blank = " " if gap > _WORD_GAP * size else ""
    if line.raised or _is_raised(line, rise, before):
        said = before.text + _signed(line.text, before.text, blank)
        return before._replace(text=said, right=line.right, lifted=True)
    if before.raised or _is_raised(before, -rise, line):
        mark = _signs(before.text, "")
        said = f"{mark} {line.text}"
        return line._replace(text=said, left=before.left, lifted=True) if mark else None
    lowered = line.size <= SMALLER * before.size and -0.4 * size < rise < 0 and len(line.text) < 5
    if not lowered and abs(rise) > _LEVEL * size:
        return None
    larger = before if lowered or len(before.text) >= len(line.text) else line
    return larger._replace(
        text=f"{before.text}{'' if lowered else blank}{line.text}",
        left=before.left,
        right=line.right,
        bold=before.bold and line.bold,
        lifted=before.lifted or line.lifted,
    )


def _is_raised(mark: Line, rise: float, line: Line) -> bool:
    return (
        mark.size <= SMALLER * line.size
        and _LOWEST * line.size <= rise <= _HIGHEST * line.size
        and len(mark.text) < 12
    )


def _signed(text: str, before: str, blank: str) -> str:
    """Return a raised text as marks; what ends a number, such as "st", is part of the line."""
    return _signs(text, before) or blank + text


def _signs(text: str, before: str) -> str:
    ordinal = before[-1:].isdigit() and text.lower() in _ORDINAL
    parts = [part.strip(" []()") for part in UNSEEN.sub("", text).split(",")]
    if ordinal or not all(_MARK.match(part) for part in parts):
        return ""
    return "".join(f"{RAISED}{part}{RAISED_END}" for part in parts)
